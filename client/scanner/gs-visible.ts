/** A code for the eye: the separator of GS1, which has no shape, as its picture. */
export function visibleGs(codigo: string): string {
  return codigo.replaceAll('\u001d', '␝');
}
