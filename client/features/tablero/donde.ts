/** Of which shop: '' is all of this person's. */
export interface Donde {
  tienda: string;
}

export const filtroDonde = ({ tienda }: Donde) => ({
  tiendaIds: tienda === '' ? [] : [tienda],
  almacenId: null,
  categoriaId: null,
});
