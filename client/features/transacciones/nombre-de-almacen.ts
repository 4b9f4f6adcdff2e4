/** "Centro · General"; the shop is left out where the almacén's own name says it already. */
export function nombreDeAlmacen({ nombre, tiendaNombre }: { nombre: string; tiendaNombre: string }): string {
  return tiendaNombre === '' || nombre.includes(tiendaNombre) ? nombre : `${tiendaNombre} · ${nombre}`;
}
