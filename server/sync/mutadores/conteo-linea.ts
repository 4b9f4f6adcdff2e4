import type { Tx } from '#server/platform/db/db.ts';
import { type ArgsDe, ConteoLinea } from '#shared/contracts/mutadores.ts';
import { CANTIDAD_ESCALA, parseDecimal } from '#shared/domain/decimal.ts';
import { corrigeInstante } from '#shared/domain/instante.ts';
import { AppError } from '#shared/errores.ts';
import { APLICADA, type Autor, type Efecto, type Meta } from '../contexto.ts';
import { sujetaConteos } from './conteo.sql.ts';
import { type HechosLinea, insertLineas, type LineaNueva, selectHechos } from './conteo-linea.sql.ts';
import { escribeEnConteo, type Mutador, noPuedeContar, recibidoEn } from './mutador.ts';

type Args = ArgsDe<'conteo.linea/1'>;

const TARDIA: Readonly<Record<string, Efecto>> = {
  cancelado: { status: 'late', code: 'TARDIA_CANCELADO' },
  cerrado: { status: 'late', code: 'TARDIA_CERRADO' },
};

/** What a line must hold by itself, as the table's own checks say; the detail is for the person. */
export function defectoDeLinea(args: Args): string | null {
  const cantidad = parseDecimal(args.cantidad, CANTIDAD_ESCALA);
  const factor = parseDecimal(args.factor, CANTIDAD_ESCALA);
  if (!cantidad.ok || !factor.ok) return 'la cantidad no es un número con hasta 5 decimales';
  if (cantidad.value < 0n) return 'la cantidad es negativa';
  if (factor.value <= 0n) return 'el factor no es mayor que cero';
  if (args.tipo === 'suma' && cantidad.value === 0n) return 'una suma de cero no cuenta nada';
  if (args.tipo === 'cero' && cantidad.value !== 0n) return 'un cero con cantidad';
  if ((args.tipo === 'anula') !== (args.anula !== null)) return 'no dice qué línea anula';
  if (args.tipo !== 'anula' && args.productoId === null && args.codigoCrudo === null) {
    return 'no trae producto ni código';
  }
  return null;
}

function nueva(n: number, args: Args, meta: Meta, recibido: Date): LineaNueva {
  const corregido = corrigeInstante({
    contadoEn: Date.parse(args.contadoEn),
    desfaseGuardar: args.desfaseGuardarMs,
    desfaseEnviar: meta.desfaseEnviarMs,
    recibidoEn: recibido.getTime(),
  });
  return {
    n,
    id: args.id,
    conteo_id: args.conteoId,
    intento: args.intento,
    ubicacion_id: args.ubicacionId,
    codigo_crudo: args.codigoCrudo,
    simbologia: args.simbologia,
    fuente: args.fuente,
    producto_id: args.productoId,
    cantidad: args.cantidad,
    factor: args.factor,
    tipo: args.tipo,
    anula: args.anula,
    condicion: args.condicion,
    lote: args.lote,
    caduca: args.caduca,
    dot: args.dot,
    nota: args.nota,
    device_id: meta.deviceId,
    contado_en: args.contadoEn,
    desfase_guardar_ms: args.desfaseGuardarMs,
    desfase_enviar_ms: meta.desfaseEnviarMs,
    instante: new Date(corregido.instante).toISOString(),
    reloj_dudoso: corregido.marcado,
  };
}

/** Why a line is refused, or how it counts once stored. A conteo that ended and a product decided only make it late. */
function juzga(
  hechos: HechosLinea,
  linea: LineaNueva,
  autor: Autor,
  enTanda?: LineaNueva,
): Efecto | AppError {
  if (hechos.igual === true) return APLICADA;
  if (hechos.igual === false) return new AppError('ID_REPETIDO');
  if (hechos.estado === null) return new AppError('CONTEO_DESCONOCIDO');
  const fuera = noPuedeContar(autor, hechos);
  if (fuera !== null) return fuera;
  if (!hechos.intentoExiste) return new AppError('INTENTO_DESCONOCIDO');
  if (!hechos.productoExiste) return new AppError('PRODUCTO_DESCONOCIDO');
  if (!hechos.ubicacionExiste) return new AppError('UBICACION_DESCONOCIDA');
  if (hechos.anulaAutor !== null && hechos.anulaAutor !== autor.id) return new AppError('ANULA_AJENA');
  const anulada = hechos.anulaAutor === null ? enTanda : undefined;
  const anulaTipo = anulada?.tipo ?? hechos.anulaTipo;
  const anulaConteo = anulada?.conteo_id ?? hechos.anulaConteo;
  if (anulaTipo === 'anula' || (anulaConteo !== null && anulaConteo !== linea.conteo_id)) {
    return new AppError('ANULA_INVALIDA');
  }
  return TARDIA[hechos.estado] ?? (hechos.aprobado ? { status: 'late', code: 'TARDIA_APROBADO' } : APLICADA);
}

/**
 * Stores a run of lines of one author with one INSERT; the n-th answer is of the n-th line. Lines are facts: a closed
 * conteo, an approved product, an inactive or merged product never keep one out. Throws only what the database throws.
 */
export async function aplicaLineas(
  tx: Tx,
  autor: Autor,
  tanda: readonly Args[],
  meta: Meta,
): Promise<(Efecto | AppError)[]> {
  const efectos: (Efecto | AppError)[] = tanda.map((args) => {
    const detalle = defectoDeLinea(args);
    return detalle === null ? APLICADA : new AppError('LINEA_INVALIDA', { detalle });
  });
  const sanas = [...tanda.entries()].filter(([n]) => efectos[n] === APLICADA);
  if (sanas.length === 0) return efectos;

  await sujetaConteos(tx, [...new Set(sanas.map(([, args]) => args.conteoId))]);
  const recibido = recibidoEn(meta);
  const lineas = sanas.map(([n, args]) => nueva(n, args, meta, recibido));
  const hechos = await selectHechos(tx, autor.id, lineas);
  const porId = new Map<string, LineaNueva>();
  const repetidas: LineaNueva[] = [];
  const porInsertar: LineaNueva[] = [];
  for (const [i, linea] of lineas.entries()) {
    const hecho = hechos[i]!;
    const efecto = juzga(hecho, linea, autor, linea.anula === null ? undefined : porId.get(linea.anula));
    efectos[linea.n] = efecto;
    if (hecho.igual !== null || efecto instanceof AppError) continue;
    if (porId.has(linea.id)) {
      repetidas.push(linea);
      continue;
    }
    porId.set(linea.id, linea);
    porInsertar.push(linea);
  }
  if (porInsertar.length === 0) return efectos;

  const estados = new Map(hechos.map((hecho) => [hecho.n, hecho.estado]));
  const escritas = new Set<string>();
  for (const estado of new Set(porInsertar.map((linea) => estados.get(linea.n) ?? null))) {
    const suyas = porInsertar.filter((linea) => estados.get(linea.n) === estado);
    const ids = await escribeEnConteo(tx, autor, meta, estado, () =>
      insertLineas(tx, autor.id, suyas, recibido),
    );
    for (const id of ids) escritas.add(id);
  }
  // The same id twice in this run, or written by another device between the two statements.
  repetidas.push(...porInsertar.filter((linea) => !escritas.has(linea.id)));
  if (repetidas.length > 0) {
    for (const hecho of await selectHechos(tx, autor.id, repetidas)) {
      if (hecho.igual !== true) efectos[hecho.n] = new AppError('ID_REPETIDO');
    }
  }
  return efectos;
}

/** One scan or entry. Runs of them go through `aplicaLineas` at once. */
export const conteoLinea: Mutador<Args> = {
  name: 'conteo.linea/1',
  parse: (value) => ConteoLinea.parse(value),
  async apply(tx, autor, args, meta) {
    const [efecto] = await aplicaLineas(tx, autor, [args], meta);
    if (efecto instanceof AppError) throw efecto;
    return efecto ?? APLICADA;
  },
};
