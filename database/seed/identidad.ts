import { v5 } from 'uuid';

const ESPACIO = '3c2b7a44-7a1d-5d0e-8f0b-5f6a2c9e1d73';

/** The same id at every seeding, from what a row is naturally called. */
export function idDemo(clase: string, ...clave: string[]): string {
  return v5([clase, ...clave].join('\u001f'), ESPACIO);
}
export const tiendaId = (codigo: string): string => idDemo('tienda', codigo);
export const almacenId = (codigo: string): string => idDemo('almacen', codigo);
export const ubicacionId = (almacen: string, codigo: string): string => idDemo('ubicacion', almacen, codigo);
export const productoId = (codigo: string): string => idDemo('producto', codigo);
export const usuarioId = (correo: string): string => idDemo('usuario', correo);
export const categoriaId = (path: readonly string[]): string => idDemo('categoria', ...path);
