import type * as z from 'zod/mini';
import type { Clock } from '#server/platform/clock.ts';
import type { Claims, Db } from '#server/platform/db/db.ts';
import type { MedidaArchivo } from '#shared/contracts/estadisticas.ts';
import * as contrato from '#shared/contracts/estadisticas.ts';
import { AppError } from '#shared/errores.ts';
import { REVISA_CONTEOS, type Rol } from '#shared/roles.ts';
import { type Columna, columnasDe, type Formato, TITULO } from './columnas-archivo.ts';
import * as conteos from './conteos.ts';
import * as medidas from './medidas.ts';
import { findNombres } from './nombres.sql.ts';
import { measureGrupos, measureProductos } from './productos.ts';

/** A measure as a file holds it: what was asked, its sentence, and its rows as texts. */
export interface HojaMedida {
  readonly medida: MedidaArchivo;
  readonly titulo: string;
  readonly frase: string;
  /** What the file is of: every filter in words, the instant and who asked. */
  readonly filtros: readonly (readonly [string, string])[];
  readonly columnas: readonly { titulo: string; ancho: number; formato: Formato }[];
  readonly filas: readonly (readonly (string | null)[])[];
}

/** Rows of one question to the database (each adds everything up anew), and the most that a file holds; more is told in it. */
const POR_PAGINA = 10_000;
const FILAS_MAXIMAS = 50_000;

interface Partes {
  db: Db;
  clock: Clock;
  claims: Claims;
  rol: Rol;
}
type Pide = Record<string, unknown>;
interface Respuesta {
  frase: string;
  filas: readonly unknown[];
  siguiente?: string | null;
}

const PIDE: Record<MedidaArchivo, z.ZodMiniType> = {
  productos: contrato.PideProductos,
  grupos: contrato.PideGrupos,
  valor: contrato.PideValor,
  cobertura: contrato.PideCobertura,
  abc: contrato.PideAbc,
  sinVenta: contrato.PideSinVenta,
  sinConteo: contrato.PideSinConteo,
  merma: contrato.PideMerma,
  exactitud: contrato.PideExactitud,
  recuentos: contrato.PideRecuentos,
};

function mide({ db, clock, claims }: Partes, medida: MedidaArchivo, pide: Pide): Promise<Respuesta> {
  // why: PIDE has parsed `pide` by the schema of this very measure
  const p = pide as never;
  switch (medida) {
    case 'productos':
      return measureProductos(db, claims, p);
    case 'grupos':
      return measureGrupos(db, claims, p);
    case 'valor':
      return medidas.measureValor(db, clock, claims, p);
    case 'cobertura':
      return medidas.measureCobertura(db, clock, claims, p);
    case 'abc':
      return medidas.measureAbc(db, clock, claims, p);
    case 'sinVenta':
      return medidas.measureSinVenta(db, clock, claims, p);
    case 'sinConteo':
      return medidas.measureSinConteo(db, clock, claims, p);
    case 'merma':
      return conteos.measureMerma(db, claims, p);
    case 'exactitud':
      return conteos.measureExactitud(db, claims, p);
    case 'recuentos':
      return conteos.measureRecuentos(db, claims, p);
  }
}

function leeFiltro(medida: MedidaArchivo, texto: string): Pide {
  let crudo: unknown;
  try {
    crudo = JSON.parse(texto);
  } catch {
    throw new AppError('ENTRADA_INVALIDA', { detalle: 'filtro no es JSON' });
  }
  const paginada = { ...(crudo as object), cursor: null, limite: 1 };
  const leido = PIDE[medida].safeParse(paginada);
  if (!leido.success) throw new AppError('ENTRADA_INVALIDA', { detalle: 'el filtro no es el de esa medida' });
  return leido.data as Pide;
}

/**
 * Every row of a measure with its filters, for a file. The same procedure page by page, so it says what the screen says.
 * Throws ENTRADA_INVALIDA, PROHIBIDO.
 */
export async function exportMedida(
  partes: Partes,
  medida: MedidaArchivo,
  filtro: string,
): Promise<HojaMedida> {
  if ((medida === 'exactitud' || medida === 'recuentos') && !REVISA_CONTEOS.includes(partes.rol))
    throw new AppError('PROHIBIDO');
  const pide = leeFiltro(medida, filtro);
  const columnas = columnasDe(medida) as readonly Columna<unknown>[];
  const filas: (string | null)[][] = [];
  let frase = '';
  let cursor: string | null = null;
  do {
    const pagina: Respuesta = await mide(partes, medida, { ...pide, cursor, limite: POR_PAGINA });
    frase = pagina.frase;
    for (const fila of pagina.filas) filas.push(columnas.map(({ de }) => de(fila)));
    cursor = pagina.siguiente ?? null;
  } while (cursor !== null && filas.length < FILAS_MAXIMAS);
  const cortado =
    cursor === null ? [] : [['Aviso', `Solo los primeros ${filas.length} renglones: usa un filtro`] as const];
  return {
    medida,
    titulo: TITULO[medida],
    frase,
    filtros: [...(await enPalabras(partes, pide)), ...cortado, ['Hecho', partes.clock.now().toISOString()]],
    columnas: columnas.map(({ titulo, ancho, formato }) => ({ titulo, ancho, formato })),
    filas,
  };
}

const ETIQUETA: Record<string, string> = {
  tipo: 'Tipo de movimiento',
  desde: 'Desde',
  hasta: 'Hasta',
  por: 'Agrupado por',
  clase: 'Clase',
  xyz: 'Variación',
  dias: 'Días',
  orden: 'Orden',
};

/** The filters as a person reads them, ids as the names of what they are. */
async function enPalabras({ db, claims }: Partes, pide: Pide): Promise<[string, string][]> {
  const {
    tiendaIds = [],
    almacenId = null,
    categoriaId = null,
    productoId = null,
  } = pide as {
    tiendaIds?: string[];
    almacenId?: string | null;
    categoriaId?: string | null;
    productoId?: string | null;
  };
  const nombres = await db.withUser(
    claims,
    (tx) => findNombres(tx, { tiendaIds, almacenId, categoriaId, productoId }),
    { readOnly: true },
  );
  const dichos = Object.entries(ETIQUETA).flatMap(([clave, etiqueta]): [string, string][] => {
    const valor = pide[clave];
    return valor === null || valor === undefined ? [] : [[etiqueta, String(valor)]];
  });
  return [
    ['Tiendas', nombres.tiendas || 'todas las que ves'],
    ['Almacén', nombres.almacen ?? 'todos'],
    ['Categoría', nombres.categoria ?? 'todas'],
    ...(nombres.producto === null ? [] : ([['Producto', nombres.producto]] as [string, string][])),
    ...dichos,
  ];
}
