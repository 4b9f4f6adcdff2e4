import type { Claims, Db } from '#server/platform/db/db.ts';
import type { EventoNegocio, PaginaEventos } from '#shared/contracts/api-eventos.ts';
import { PatronEvento } from '#shared/contracts/api-eventos.ts';
import { AppError } from '#shared/errores.ts';
import { type Cabeza, type EventoRow, selectCabeza, selectEventos } from './eventos.sql.ts';

const CURSOR = /^([0-9a-f]{12})-(\d{1,15})$/;

/** Where a reader is: in which history, and up to which number they have read. */
export interface Lugar {
  readonly epoca: string;
  readonly pos: number;
}

export function cursorDe({ epoca, pos }: Lugar): string {
  return `${epoca}-${pos}`;
}

/** Throws ENTRADA_INVALIDA for what this server never gave. */
export function lugarDe(cursor: string): Lugar {
  const [, epoca, pos] = CURSOR.exec(cursor) ?? [];
  if (epoca === undefined || pos === undefined) {
    throw new AppError('ENTRADA_INVALIDA', { detalle: '«desde» no es un valor que hayamos dado' });
  }
  return { epoca, pos: Number(pos) };
}

/** `conteo.cerrado,ajuste.*` as its parts. Throws ENTRADA_INVALIDA. */
export function patronesDe(tipos: string | undefined): string[] {
  const partes = (tipos ?? '').split(',').flatMap((parte) => (parte.trim() === '' ? [] : [parte.trim()]));
  const mala = partes.find((parte) => !PatronEvento.safeParse(parte).success);
  if (mala !== undefined || partes.length > 50) {
    throw new AppError('ENTRADA_INVALIDA', {
      detalle: `«${(mala ?? tipos ?? '').slice(0, 60)}» no nombra eventos`,
    });
  }
  return partes;
}

export function aEvento(row: EventoRow): EventoNegocio {
  return {
    id: row.id,
    pos: row.pos,
    tipo: row.tipo,
    en: row.en.toISOString(),
    tiendaId: row.tiendaId,
    conteoId: row.conteoId,
    datos: row.datos,
  };
}

/** The head as it is now. */
export function cabezaDe(db: Db): Promise<Cabeza> {
  return db.asService(selectCabeza, { readOnly: true });
}

/** From where a reader with this cursor goes on; `perdido`: what lies between was forgotten or is of another history. */
export function retoma(cabeza: Cabeza, lugar: Lugar): { tras: number; perdido: boolean } {
  const ajeno = lugar.epoca !== cabeza.epoca || lugar.pos > cabeza.pos;
  if (ajeno || lugar.pos < cabeza.piso) return { tras: cabeza.piso, perdido: true };
  return { tras: lugar.pos, perdido: false };
}

/**
 * The next page of what a person may see, in the order of the commits. The head is read first, in a statement of its own: up to
 * it everything is committed and nothing will ever be added, so that the cursor may move past what the person does not see.
 */
export async function leeEventos(
  db: Db,
  claims: Claims,
  desde: 'inicio' | 'ahora' | Lugar,
  { patrones, limite }: { patrones: readonly string[]; limite: number },
): Promise<PaginaEventos & { readonly lugar: Lugar; readonly alDia: boolean }> {
  const cabeza = await cabezaDe(db);
  const { tras, perdido } =
    desde === 'ahora'
      ? { tras: cabeza.pos, perdido: false }
      : desde === 'inicio'
        ? { tras: cabeza.piso, perdido: false }
        : retoma(cabeza, desde);
  const filas =
    tras >= cabeza.pos
      ? []
      : await db.withUser(claims, (tx) => selectEventos(tx, { tras, hasta: cabeza.pos, patrones, limite }), {
          readOnly: true,
        });
  const llena = filas.length === limite;
  const lugar = { epoca: cabeza.epoca, pos: llena ? filas.at(-1)!.pos : cabeza.pos };
  return { eventos: filas.map(aEvento), despues: cursorDe(lugar), perdido, lugar, alDia: !llena };
}
