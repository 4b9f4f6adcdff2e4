/** "Centro · General"; the shop is left out where the almacén's own name says it already. */
export function nombreDeAlmacen({ nombre, tiendaNombre }: { nombre: string; tiendaNombre: string }): string {
  return tiendaNombre === '' || nombre.includes(tiendaNombre) ? nombre : `${tiendaNombre} · ${nombre}`;
}

/** The one where a shop sells, when there is only one; '' asks. A merma or the goods of others are never meant by default. */
export function unicoAlmacen(almacenes: readonly { id: string; tipo: string }[]): string {
  const propios = almacenes.filter(({ tipo }) => tipo === 'general' || tipo === 'mostrador');
  return propios.length === 1 ? propios[0]!.id : '';
}
