import { cuenta, plural } from '#shared/formato.ts';

/** "118 de 120 productos coincidieron con el libro." */
export function exactitud({ exactos, productos }: { exactos: number; productos: number }): string {
  if (productos === 0) return 'No se contó ningún producto.';
  return `${cuenta(exactos)} de ${plural(productos, 'producto coincidió', 'productos coincidieron')} con el libro.`;
}
