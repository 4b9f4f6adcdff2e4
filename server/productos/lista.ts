import type { Db, Tx } from '#server/platform/db/db.ts';
import { AppError } from '#shared/errores.ts';
import { type Rol, VE_COSTOS } from '#shared/roles.ts';
import {
  type Consulta,
  countProductos,
  type Filtro,
  findHallados,
  type RenglonProducto,
  selectIds,
  selectProductos,
} from './lista.sql.ts';

export interface PaginaProductos {
  productos: Omit<RenglonProducto, 'llave'>[];
  /** Counted on the first page only, up to 10,001; null for a text that means more than 2,000. */
  total: number | null;
  despues: string | null;
}

function leeDespues(texto: string): readonly [string, string] {
  try {
    const leido: unknown = JSON.parse(Buffer.from(texto, 'base64url').toString('utf8'));
    if (Array.isArray(leido) && leido.length === 2 && leido.every((v) => typeof v === 'string'))
      return leido as unknown as [string, string];
  } catch {
    // why: falls through to the refusal; a cut or invented cursor is the caller's
  }
  throw new AppError('ENTRADA_INVALIDA', { detalle: 'despues' });
}

async function filtroDe(tx: Tx, consulta: Consulta): Promise<Filtro> {
  const texto = consulta.q?.trim() ?? '';
  return texto === '' ? consulta : { ...consulta, hallados: await findHallados(tx, texto) };
}

/** Ids of everything that the filters let through; one more than `maximo` says too many. */
export async function idsDe(db: Db, consulta: Consulta, maximo: number): Promise<string[]> {
  return db.asService(async (tx) => selectIds(tx, await filtroDe(tx, consulta), maximo), { readOnly: true });
}

/** One page of the catalogue. Keyset: the hundredth page costs what the first does. Costs only for who may see them. */
export async function listaProductos(db: Db, rol: Rol, consulta: Consulta): Promise<PaginaProductos> {
  const limite = consulta.limite ?? 50;
  const desde = consulta.despues === undefined ? null : leeDespues(consulta.despues);
  return db.asService(
    async (tx) => {
      const filtro = await filtroDe(tx, consulta);
      const filas = await selectProductos(tx, filtro, desde);
      const pagina = filas.slice(0, limite);
      const ultima = filas.length > limite ? pagina.at(-1) : undefined;
      const veCostos = VE_COSTOS.includes(rol);
      return {
        productos: pagina.map(({ llave: _llave, ...fila }) => (veCostos ? fila : { ...fila, costo: null })),
        total: desde === null && filtro.hallados !== null ? await countProductos(tx, filtro) : null,
        despues:
          ultima === undefined
            ? null
            : Buffer.from(JSON.stringify([ultima.llave, ultima.id])).toString('base64url'),
      };
    },
    { readOnly: true },
  );
}
