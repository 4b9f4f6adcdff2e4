import { useEffect, useState, useSyncExternalStore } from 'react';
import type {
  FilaAlmacen,
  FilaCategoria,
  FilaExistencia,
  FilaProducto,
  FilaUbicacion,
} from '#shared/contracts/filas.ts';
import { type Almacenamiento, leeAlmacenamiento } from './almacenamiento.ts';
import { elCache, elJournal, elJournalReal } from './bases.ts';
import { catalogoMeta, ladoDe } from './cache-db.ts';
import { estadoEnvio } from './estado.ts';
import type { Journal } from './journal.ts';
import type { IdentidadRow } from './journal-db.ts';
import { useLive } from './live.ts';
import type {
  ConteoDetalle,
  ConteoVista,
  EstadoEnvio,
  Identidad,
  Rechazo,
  RenglonContado,
} from './modelo.ts';
import { leeRechazos } from './rechazos.ts';
import {
  comparaCodigo,
  leeContado,
  leeConteo,
  leeConteos,
  leeProductos,
  leeSinContar,
} from './vista-conteos.ts';

/** Every hook: `undefined` while its first read is under way; again whenever any tab changes what it read. */

export function useEstadoEnvio(): EstadoEnvio {
  return useSyncExternalStore(estadoEnvio.subscribe, estadoEnvio.get);
}

const enTurno = (journal: Journal) => journal.db.identidad.where('activa').equals(1).first();

function identidadDe(row: IdentidadRow): Identidad {
  const { usuarioId, nombre, correo, rol, tiendaIds, limiteAjuste, expiraEn } = row;
  return { usuarioId, nombre, correo, rol, tiendaIds, limiteAjuste, expiraEn };
}

/** The person in the shift, also while they practise; null when nobody is. */
export function useIdentidad(): Identidad | null | undefined {
  return useLive('identidad', async () => {
    const row = await enTurno(elJournalReal());
    return row ? identidadDe(row) : null;
  });
}

/** Everybody who has worked with this phone, the one in the shift first. */
export function usePersonas(): Identidad[] | undefined {
  return useLive('personas', async () => {
    const rows = await elJournalReal().db.identidad.toArray();
    return rows.sort((a, b) => b.activa - a.activa || (a.nombre < b.nombre ? -1 : 1)).map(identidadDe);
  });
}

/** Who counts: the person in the shift, or practice's own. */
async function conPersona<T>(empty: T, work: (usuarioId: string) => Promise<T>): Promise<T> {
  const persona = await enTurno(elJournal());
  return persona ? work(persona.usuarioId) : empty;
}

export function useConteos(): ConteoVista[] | undefined {
  return useLive('conteos', () => conPersona([], leeConteos));
}

/** null: this phone does not know that conteo. */
export function useConteo(conteoId: string): ConteoDetalle | null | undefined {
  return useLive(`conteo:${conteoId}`, () =>
    conPersona<ConteoDetalle | null>(null, (usuarioId) => leeConteo(conteoId, usuarioId)),
  );
}

export function useContado(conteoId: string): RenglonContado[] | undefined {
  return useLive(`contado:${conteoId}`, () => conPersona([], (usuarioId) => leeContado(conteoId, usuarioId)));
}

export function useSinContar(conteoId: string): FilaProducto[] | undefined {
  return useLive(`sincontar:${conteoId}`, () =>
    conPersona([], (usuarioId) => leeSinContar(conteoId, usuarioId)),
  );
}

export function useRechazos(): Rechazo[] | undefined {
  return useLive('rechazos', leeRechazos);
}

/** Active almacenes that the person may see, by shop and code. */
export function useAlmacenes(): (FilaAlmacen & { tiendaNombre: string })[] | undefined {
  return useLive('almacenes', async () => {
    const { db } = elCache();
    const tiendas = new Map((await db.tiendas.toArray()).map((row) => [row.id, row.nombre]));
    const rows = (await db.almacenes.toArray()).filter((row) => row.isActive);
    return rows
      .map((row) => ({ ...row, tiendaNombre: tiendas.get(row.tiendaId) ?? '' }))
      .sort((a, b) => comparaCodigo(a.tiendaNombre, b.tiendaNombre) || comparaCodigo(a.codigo, b.codigo));
  });
}

export function useUbicaciones(almacenId: string | null): FilaUbicacion[] | undefined {
  return useLive(`ubicaciones:${almacenId}`, async () => {
    if (almacenId === null) return [];
    const rows = await elCache().db.ubicaciones.where('almacenId').equals(almacenId).toArray();
    return rows.filter((row) => row.isActive).sort((a, b) => comparaCodigo(a.codigo, b.codigo));
  });
}

/** null: not in the catalogue of this phone. */
export function useProducto(id: string | null): FilaProducto | null | undefined {
  return useLive(`producto:${id}`, async () => {
    if (id === null) return null;
    return (await leeProductos([id])).get(id) ?? null;
  });
}

export function useProductos(ids: readonly string[]): Map<string, FilaProducto> | undefined {
  return useLive(`productos:${ids.join()}`, () => leeProductos(ids));
}

export function useCategorias(): FilaCategoria[] | undefined {
  return useLive('categorias', async () => {
    const { db } = elCache();
    const rows = await ladoDe(db, (await catalogoMeta(db)).activa).categorias.toArray();
    return rows.filter((row) => row.isActive).sort((a, b) => comparaCodigo(a.nombre, b.nombre));
  });
}

/** Expected stock of a product by almacén; [] for roles that never receive it. */
export function useExistencias(productoId: string | null): FilaExistencia[] | undefined {
  return useLive(`existencias:${productoId}`, async () =>
    productoId === null ? [] : elCache().db.existencias.where('productoId').equals(productoId).toArray(),
  );
}

/** Storage promise and room, read when the screen opens. */
export function useAlmacenamiento(): Almacenamiento | undefined {
  const [value, set] = useState<Almacenamiento>();
  useEffect(() => {
    let alive = true;
    void leeAlmacenamiento().then((read) => alive && set(read));
    return () => {
      alive = false;
    };
  }, []);
  return value;
}
