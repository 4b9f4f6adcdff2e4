/** What the tests of this file opened, closed in reverse by the setup file's `afterAll`. */
const open: (() => Promise<void>)[] = [];

/** Registers something to close when the test file ends. */
export function closeAtEnd(close: () => Promise<void>): void {
  open.push(close);
}

export async function closeTestResources(): Promise<void> {
  for (let close = open.pop(); close !== undefined; close = open.pop()) await close();
}
