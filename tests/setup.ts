import { afterAll, afterEach, beforeEach } from 'vitest';
import '#shared/codes.ts';
import { closeTestResources } from './db/resources.ts';

const original = console.error;
let said: unknown[][] = [];

beforeEach(() => {
  said = [];
  console.error = (...args: unknown[]) => {
    said.push(args);
  };
});

afterEach(() => {
  console.error = original;
  if (said.length > 0) {
    throw new Error(`console.error was called: ${said.map((args) => args.map(String).join(' ')).join('\n')}`);
  }
});

afterAll(closeTestResources);
