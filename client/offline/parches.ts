import { type ArgsDe, ProductoParche } from '#shared/contracts/mutadores.ts';
import { contexto, guarda, nueva } from './acciones.ts';
import { elJournal } from './bases.ts';
import { newId, now } from './clock.ts';
import type { EstadoMutacion } from './journal-db.ts';
import { useLive } from './live.ts';

/** Changes to products made on this phone. Loaded with the screens that show them, not on the way to counting. */

export type Parche = ArgsDe<'producto.parche/1'>;
export type CambioProducto = Pick<Parche, 'productoId' | 'campos' | 'codigos' | 'ubicaciones'>;

/** Keeps a change of a product on this phone, with what was seen; it is sent by itself. SIN_PERSONA, NO_GUARDADO. */
export async function proponerParche(cambio: CambioProducto): Promise<string> {
  const ctx = await contexto();
  const id = newId();
  const en = now().toISOString();
  await guarda([nueva(ctx, 'producto.parche/1', { ...cambio, id, en }, en, { entidad: id, conteo: null })]);
  return id;
}

export type ParchePendiente = { parche: Parche; state: EstadoMutacion; usuario: string };

/** Not on the server yet: what this phone says of a product beside what came down. */
const SIN_LLEGAR: readonly EstadoMutacion[] = ['pendiente', 'en_espera', 'cuarentena', 'apartada'];

/** The phone's own changes of a product that the server has not taken, the oldest first. */
export async function leeParches(productoId: string): Promise<ParchePendiente[]> {
  const rows = await elJournal().db.mutations.where('name').equals('producto.parche/1').toArray();
  return rows
    .filter((row) => SIN_LLEGAR.includes(row.state))
    .flatMap((row) => {
      const leido = ProductoParche.safeParse(JSON.parse(row.args));
      return leido.success && leido.data.productoId === productoId
        ? [{ parche: leido.data, state: row.state, usuario: row.usuario }]
        : [];
    });
}

export function useParchesPendientes(productoId: string): ParchePendiente[] | undefined {
  return useLive(`parches:${productoId}`, () => leeParches(productoId));
}

/** A product as its own pending changes would leave it; only fields that a phone may change. */
export function conParches<
  T extends { nombre: string; precio: string; unidad: string; categoriaId: string | null },
>(producto: T, parches: readonly ParchePendiente[]): T {
  let visto = producto;
  for (const { parche } of parches) {
    const { nombre, precio, unidad, categoriaId } = parche.campos;
    visto = {
      ...visto,
      ...(nombre?.valor ? { nombre: nombre.valor } : {}),
      ...(precio?.valor ? { precio: precio.valor } : {}),
      ...(unidad?.valor ? { unidad: unidad.valor } : {}),
      ...(categoriaId === undefined ? {} : { categoriaId: categoriaId.valor }),
    };
  }
  return visto;
}
