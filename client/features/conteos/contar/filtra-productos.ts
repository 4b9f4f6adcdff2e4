import type { FilaProducto } from '#client/offline/index.ts';
import { pliega, pliegaCodigo } from '#shared/domain/busqueda.ts';

type Buscable = Pick<FilaProducto, 'codigo' | 'nombre' | 'marca' | 'upc'>;

/**
 * Narrows a list that is at hand, as the catalogue's search does: every word somewhere in name or brand, without accents;
 * or a piece of the code, without its signs. Order stays. The folded texts are made once for a list.
 */
export function filtroDe<T extends Buscable>(productos: readonly T[]): (texto: string) => readonly T[] {
  let plegados: { palabras: string; codigos: string }[] | null = null;
  return (texto) => {
    const palabras = pliega(texto).split(/\s+/).filter(Boolean);
    if (palabras.length === 0) return productos;
    plegados ??= productos.map(({ codigo, nombre, marca, upc }) => ({
      palabras: pliega(`${nombre} ${marca ?? ''}`),
      codigos: `${pliegaCodigo(codigo)} ${upc ?? ''}`,
    }));
    const codigo = pliegaCodigo(texto);
    return productos.filter((_, i) => {
      const donde = plegados![i]!;
      return (
        (codigo !== '' && donde.codigos.includes(codigo)) ||
        palabras.every((palabra) => donde.palabras.includes(palabra))
      );
    });
  };
}
