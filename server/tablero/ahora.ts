import type { Quien } from '#server/conteos/acceso-conteo.ts';
import { findAlmacenesDe } from '#server/conteos/historial.sql.ts';
import { reviewConteo } from '#server/conteos/revision.ts';
import { listTardias } from '#server/conteos/tardias.ts';
import { listPorFirmar } from '#server/firmas/firmas.ts';
import { listPeriodos } from '#server/periodos/estado.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Claims, Db } from '#server/platform/db/db.ts';
import { countRechazos } from '#server/sync/rechazos.sql.ts';
import { alcanceDe, selectDispositivos } from '#server/usuarios/dispositivos.sql.ts';
import type { Ahora, BajoMinimo, Firmas, RevisionBreve } from '#shared/contracts/tablero.ts';
import {
  absoluto,
  CANTIDAD_ESCALA,
  DINERO_ESCALA,
  formatDecimal,
  toDecimal,
} from '#shared/domain/decimal.ts';
import { masDias } from '#shared/domain/instante.ts';
import { DIAS_FALLIDAS, DIAS_SIN_VERSE, DIAS_TARDIAS } from '#shared/domain/tablero/umbrales.ts';
import { isAppError } from '#shared/errores.ts';
import { PLANEA_CONTEOS, REVISA_CONTEOS } from '#shared/roles.ts';
import * as q from './ahora.sql.ts';

const DIA_MS = 86_400_000;
/** Rows of each kind that are sent by name. */
const POR_NOMBRE = 6;
/** Conteos whose late lines are looked at: each is read whole. */
const QUIZA_TARDIOS = 8;

type Mira = { db: Db; clock: Clock; quien: Quien; claims: Claims };

const pesosTexto = (centavos: bigint) => formatDecimal(centavos, DINERO_ESCALA, { minDecimales: 2 });

/**
 * What waits for this person, all shops of theirs. What a role may not see is null, and the rows are read under row-level
 * security. For the roles that see stock.
 */
export async function lookAhora({ db, clock, quien, claims }: Mira): Promise<Ahora> {
  const ahora = clock.now();
  const hace = (dias: number) => new Date(ahora.getTime() - dias * DIA_MS);
  const revisa = REVISA_CONTEOS.includes(quien.rol);
  const dirige = PLANEA_CONTEOS.includes(quien.rol);
  const vistas = await db.withUser(
    claims,
    async (tx) => ({
      enRevision: revisa ? await q.findEnRevision(tx, POR_NOMBRE) : [],
      atrasados: revisa ? await q.findAtrasados(tx, ahora, POR_NOMBRE) : [],
      quizaTardios: revisa ? await q.findQuizaTardios(tx, hace(DIAS_TARDIAS), QUIZA_TARDIOS) : [],
      existencias: await q.countExistencias(tx),
      minimos: await q.countMinimos(tx),
      importaciones: await q.findImportaciones(tx, hace(DIAS_FALLIDAS), POR_NOMBRE),
    }),
    { readOnly: true },
  );
  return {
    hechoEn: ahora.toISOString(),
    conteos: revisa ? await conteos(db, quien, vistas) : null,
    equipos: dirige ? await equipos(db, quien, hace(DIAS_SIN_VERSE)) : null,
    rechazos: dirige
      ? await db
          .asService((tx) => countRechazos(tx, quien), { readOnly: true })
          .then(({ masViejo, ...n }) => ({
            ...n,
            masViejo: masViejo?.toISOString() ?? null,
          }))
      : null,
    existencias: vistas.existencias,
    minimos: vistas.minimos,
    importaciones: {
      fallidas: vistas.importaciones.fallidas.map(({ en, ...fila }) => ({ ...fila, en: en.toISOString() })),
      porAplicar: vistas.importaciones.porAplicar,
    },
    periodos: quien.rol === 'admin' ? await periodos(db, clock, quien) : null,
  };
}

/** `Almacén Centro` says its shop by itself. */
function lugarDe(tienda: string | null, almacen: string): string {
  return tienda === null || almacen.includes(tienda) ? almacen : `${tienda} · ${almacen}`;
}

async function conteos(
  db: Db,
  quien: Quien,
  vistas: { enRevision: q.ConteoRow[]; atrasados: q.ConteoRow[]; quizaTardios: q.ConteoRow[] },
): Promise<Ahora['conteos']> {
  const ajenos = vistas.enRevision.flatMap((row) => (row.almacen === null ? [row.id] : []));
  const nombres =
    ajenos.length === 0
      ? new Map<string, string>()
      : await db.asService((tx) => findAlmacenesDe(tx, ajenos), { readOnly: true });
  const breve = (row: q.ConteoRow) => ({
    id: row.id,
    folio: row.folio,
    nombre: row.nombre,
    lugar: lugarDe(row.tienda, row.almacen ?? nombres.get(row.id) ?? ''),
  });
  const tardios = [];
  for (const row of vistas.quizaTardios) {
    const lineas = await tardias(db, quien, row.id);
    if (lineas > 0) tardios.push({ ...breve(row), lineas });
  }
  return {
    enRevision: vistas.enRevision.map((row) => ({
      ...breve(row),
      desde: row.desde.toISOString(),
      pedida: row.tienda === null,
      proposito: row.proposito,
    })),
    enRevisionTotal: vistas.enRevision[0]?.total ?? 0,
    atrasados: vistas.atrasados.map((row) => ({ ...breve(row), vence: row.vence!.toISOString() })),
    atrasadosTotal: vistas.atrasados[0]?.total ?? 0,
    tardios,
  };
}

/** What this person may not review is not theirs to mend either. */
async function siPuede<T>(pregunta: Promise<T>): Promise<T | null> {
  try {
    return await pregunta;
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

async function tardias(db: Db, quien: Quien, conteoId: string): Promise<number> {
  const llegaron = await siPuede(listTardias(db, quien, conteoId));
  if (llegaron === null) return 0;
  return llegaron.productos.reduce((n, { lineas }) => n + lineas, llegaron.sinLigar);
}

/** What waits for a signature, and how much of it this person may sign. */
export async function countFirmas(db: Db, quien: Quien): Promise<Firmas> {
  const filas = await listPorFirmar(db, quien);
  const valores = filas.flatMap(({ valor }) =>
    valor === null ? [] : [absoluto(toDecimal(valor, DINERO_ESCALA))],
  );
  return {
    total: filas.length,
    mias: filas.filter(({ impedimento }) => impedimento === null).length,
    pesos: pesosTexto(valores.reduce((suma, valor) => suma + valor, 0n)),
    sinCosto: filas.length - valores.length,
    manuales: filas.filter(({ tipo }) => tipo === 'manual').length,
  };
}

async function equipos(db: Db, quien: Quien, callado: Date): Promise<Ahora['equipos']> {
  const filas = (
    await db.asService((tx) => selectDispositivos(tx, alcanceDe(quien)), { readOnly: true })
  ).filter(({ revocadoEn }) => revocadoEn === null);
  const deben = filas.filter(({ sinEnviar }) => sinEnviar > 0);
  const viejos = deben.flatMap(({ masViejo }) => (masViejo === null ? [] : [masViejo.getTime()]));
  return {
    conPendientes: deben.length,
    pendientes: deben.reduce((n, { sinEnviar }) => n + sinEnviar, 0),
    masViejo: viejos.length === 0 ? null : new Date(Math.min(...viejos)).toISOString(),
    callados: filas.filter(({ visto }) => visto !== null && visto <= callado).length,
  };
}

/** Of shops that close their books: those whose last whole month is still open. Who never closed one is not reminded. */
async function periodos(db: Db, clock: Clock, quien: Quien): Promise<Ahora['periodos']> {
  return (await listPeriodos(db, clock, quien)).flatMap(({ tiendaId, nombre, hoy, cerradoHasta }) => {
    const finDeMes = masDias(`${hoy.slice(0, 8)}01`, -1);
    return cerradoHasta === null || cerradoHasta >= finDeMes
      ? []
      : [{ tiendaId, tienda: nombre, mes: finDeMes.slice(0, 7), cerradoHasta }];
  });
}

/** How conteos in review stand. Those that this person may not review are left out. */
export async function reviewBreves(db: Db, quien: Quien, ids: readonly string[]): Promise<RevisionBreve[]> {
  const breves: RevisionBreve[] = [];
  for (const id of ids) {
    const revision = await siPuede(reviewConteo(db, quien, id));
    if (revision === null) continue;
    const fuera = revision.productos.filter((p) => p.aprobado === null && p.dentroTolerancia === false);
    breves.push({
      id,
      porDecidir: revision.resumen.porDecidir,
      fuera: fuera.length,
      pesosFuera: pesosTexto(
        fuera.reduce(
          (suma, { valor }) => suma + (valor === null ? 0n : absoluto(toDecimal(valor, DINERO_ESCALA))),
          0n,
        ),
      ),
      sinLigar: revision.codigosSinLigar.length,
      tardias: revision.tardias,
    });
  }
  return breves;
}

/** What is under its minimum in the shops of this person. */
export async function listMinimos(
  db: Db,
  claims: Claims,
  pide: { tiendaId: string | null; limite: number },
): Promise<BajoMinimo[]> {
  const filas = await db.withUser(claims, (tx) => q.findMinimos(tx, pide.tiendaId, pide.limite), {
    readOnly: true,
  });
  const cantidad = (texto: string) => toDecimal(texto, CANTIDAD_ESCALA);
  return filas.map((fila) => ({
    productoId: fila.producto_id,
    codigo: fila.codigo,
    nombre: fila.nombre,
    unidad: fila.unidad,
    almacen: fila.almacen,
    existencia: fila.existencia,
    minimo: fila.minimo,
    falta: formatDecimal(cantidad(fila.maximo ?? fila.minimo) - cantidad(fila.existencia), CANTIDAD_ESCALA),
  }));
}
