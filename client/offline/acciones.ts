import * as z from 'zod/mini';
import { type ArgsDe, MUTADORES, type NombreMutador } from '#shared/contracts/mutadores.ts';
import { cantidadTexto, toCantidad } from '#shared/domain/cantidad.ts';
import { planCorregir, puedeCero } from '#shared/domain/conteo.ts';
import { AppError } from '#shared/errores.ts';
import { pidePersistencia } from './almacenamiento.ts';
import { elCache, elJournal, elJournalReal, practicando } from './bases.ts';
import { newId, now } from './clock.ts';
import { avisaGuardado } from './despertador.ts';
import type { NuevaMutacion } from './journal.ts';
import type { IdentidadRow, MutationRow } from './journal-db.ts';
import { type MisLineas, misLineas, sumables } from './lineas.ts';
import type { Contar, LineaGuardada, LineaVista, Lugar, ResultadoCero } from './modelo.ts';

/**
 * What a person can do without signal. Each action resolves when its line is on disk, so the caller may beep and say
 * "guardado" right after. Errors: `NoGuardado` with the payload (nothing was kept), `SIN_PERSONA`, `TELEFONO_BLOQUEADO`, or
 * `ENTRADA_INVALIDA` before anything is written.
 */

export type Contexto = { persona: IdentidadRow; desfaseMs: number | null };

export async function contexto(): Promise<Contexto> {
  const journal = elJournal();
  const [persona, desfase, bloqueado] = await Promise.all([
    journal.activeIdentity(),
    journal.measured('desfase'),
    elJournalReal().measured('bloqueado'),
  ]);
  if (!persona) throw new AppError('SIN_PERSONA');
  // Nobody has said who is there: a gun or a camera that goes on reading counts for nobody.
  if (bloqueado === '1') throw new AppError('TELEFONO_BLOQUEADO');
  return { persona, desfaseMs: desfase === null ? null : Math.round(Number(desfase)) };
}

/** Checks the arguments by their schema and turns them into JSON text. */
export function nueva<N extends NombreMutador>(
  ctx: Contexto,
  name: N,
  args: ArgsDe<N>,
  en: string,
  ids: { entidad: string | null; conteo: string | null },
): NuevaMutacion {
  const checked = z.safeParse(MUTADORES[name], args);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw new AppError('ENTRADA_INVALIDA', { detalle: issue ? issue.path.join('.') || issue.code : name });
  }
  return {
    name,
    args: JSON.stringify(checked.data),
    usuario: ctx.persona.usuarioId,
    createdAt: en,
    desfaseGuardarMs: ctx.desfaseMs,
    ...ids,
  };
}

export async function guarda(nuevas: readonly NuevaMutacion[]): Promise<MutationRow[]> {
  const rows = await elJournal().save(nuevas);
  if (!practicando()) avisaGuardado();
  return rows;
}

function guardada(id: string, row: MutationRow | undefined): LineaGuardada {
  return { id, mid: row?.mid ?? 0, contadoEn: row?.created_at ?? '' };
}

export function linea(
  ctx: Contexto,
  campos: Contar & { tipo: 'suma' | 'cero' | 'anula'; anula: string | null },
  /** Of a paper sheet: the id of its row, and its hour, which is the wall's and not this phone's. */
  papel?: { id: string; contadoEn: string },
): { id: string; mutacion: NuevaMutacion } {
  const id = papel?.id ?? newId();
  const en = now().toISOString();
  const mutacion = nueva(
    ctx,
    'conteo.linea/1',
    {
      id,
      conteoId: campos.conteoId,
      intento: campos.intento,
      ubicacionId: campos.ubicacionId,
      codigoCrudo: campos.codigoCrudo,
      simbologia: campos.simbologia,
      fuente: campos.fuente,
      productoId: campos.productoId,
      cantidad: campos.cantidad,
      factor: campos.factor,
      tipo: campos.tipo,
      anula: campos.anula,
      condicion: campos.condicion ?? 'vendible',
      lote: campos.lote ?? null,
      caduca: campos.caduca ?? null,
      dot: campos.dot ?? null,
      nota: campos.nota ?? null,
      contadoEn: papel?.contadoEn ?? en,
      desfaseGuardarMs: papel === undefined ? ctx.desfaseMs : 0,
    },
    en,
    { entidad: id, conteo: campos.conteoId },
  );
  return { id, mutacion };
}

/** One scan or entry. `cantidad` > 0; a zero is said with `cero`. */
export async function contar(entrada: Contar): Promise<LineaGuardada> {
  if (toCantidad(entrada.cantidad) <= 0n || toCantidad(entrada.factor) <= 0n) {
    throw new AppError('CANTIDAD_INVALIDA');
  }
  if (entrada.productoId === null && entrada.codigoCrudo === null) throw new AppError('CODIGO_VACIO');
  const ctx = await contexto();
  const { id, mutacion } = linea(ctx, { ...entrada, tipo: 'suma', anula: null });
  const [row] = await guarda([mutacion]);
  void pidePersistencia();
  return guardada(id, row);
}

export function anulacion(ctx: Contexto, de: LineaVista) {
  return linea(ctx, {
    conteoId: de.conteoId,
    intento: de.intento,
    ubicacionId: de.ubicacionId,
    codigoCrudo: de.codigoCrudo,
    simbologia: null,
    fuente: 'manual',
    productoId: de.productoId,
    cantidad: '0',
    factor: cantidadTexto(de.factor),
    condicion: de.condicion,
    tipo: 'anula',
    anula: de.id,
  });
}

export function mias(ctx: Contexto, conteoId: string): Promise<MisLineas> {
  return misLineas(elJournal(), elCache(), conteoId, ctx.persona.usuarioId);
}

/** Voids one of my lines, whichever. LINEA_AJENA when it is not mine, is a void, or is voided already. */
export async function anular(conteoId: string, lineaId: string): Promise<LineaGuardada> {
  const ctx = await contexto();
  const target = (await mias(ctx, conteoId)).lineas.find((candidate) => candidate.id === lineaId);
  if (!target || target.tipo === 'anula' || target.anulada) throw new AppError('LINEA_AJENA');
  const { id, mutacion } = anulacion(ctx, target);
  const [row] = await guarda([mutacion]);
  return guardada(id, row);
}

/** Voids my last living line of the intento; null when there is none. */
export async function deshacer(conteoId: string, intento: number): Promise<LineaGuardada | null> {
  const ctx = await contexto();
  const { lineas } = await mias(ctx, conteoId);
  const last = sumables(lineas).findLast(
    (candidate) => candidate.intento === intento && candidate.tipo !== 'anula' && !candidate.anulada,
  );
  if (!last) return null;
  const { id, mutacion } = anulacion(ctx, last);
  const [row] = await guarda([mutacion]);
  return guardada(id, row);
}

type Extra = Pick<Contar, 'lote' | 'caduca' | 'dot' | 'nota'>;

/** What was counted in another condition stands beside: correcting the damaged ones leaves the sellable ones alone. */
function deCondicion(lineas: readonly LineaVista[], lugar: Lugar): LineaVista[] {
  const condicion = lugar.condicion ?? 'vendible';
  return sumables(lineas).filter((candidate) => candidate.condicion === condicion);
}

/**
 * `Corregir a…`: voids my lines of this product in this bin, condition and intento and enters one with `cantidad` units (0 is a
 * real count), all in one transaction.
 */
export async function corregirA(lugar: Lugar, cantidad: string, extra: Extra = {}): Promise<LineaGuardada> {
  const ctx = await contexto();
  const { lineas, ligas } = await mias(ctx, lugar.conteoId);
  const plan = planCorregir(
    deCondicion(lineas, lugar),
    { ...lugar, usuarioId: ctx.persona.usuarioId },
    toCantidad(cantidad),
    ligas,
  );
  return reemplaza(ctx, lugar, lineas, plan.anular, plan.entrada, extra);
}

/** `Cero`: a count of 0 here. After pieces it asks first: call again with `anular`. */
export async function cero(lugar: Lugar, opciones: { anular?: boolean } = {}): Promise<ResultadoCero> {
  const ctx = await contexto();
  const { lineas, ligas } = await mias(ctx, lugar.conteoId);
  const check = puedeCero(deCondicion(lineas, lugar), { ...lugar, usuarioId: ctx.persona.usuarioId }, ligas);
  if (!check.directo && !opciones.anular) return { guardado: false, unidades: cantidadTexto(check.unidades) };
  const entrada = { tipo: 'cero' as const, cantidad: 0n };
  return { guardado: true, linea: await reemplaza(ctx, lugar, lineas, check.anular, entrada, {}) };
}

async function reemplaza(
  ctx: Contexto,
  lugar: Lugar,
  lineas: readonly LineaVista[],
  anuladas: readonly string[],
  entrada: { tipo: 'suma' | 'cero'; cantidad: bigint },
  extra: Extra,
): Promise<LineaGuardada> {
  const byId = new Map(lineas.map((candidate) => [candidate.id, candidate]));
  const voids = anuladas.flatMap((id) => {
    const target = byId.get(id);
    return target ? [anulacion(ctx, target).mutacion] : [];
  });
  const { id, mutacion } = linea(ctx, {
    ...extra,
    condicion: lugar.condicion ?? 'vendible',
    conteoId: lugar.conteoId,
    intento: lugar.intento,
    ubicacionId: lugar.ubicacionId,
    codigoCrudo: null,
    simbologia: null,
    fuente: 'manual',
    productoId: lugar.productoId,
    cantidad: cantidadTexto(entrada.cantidad),
    factor: '1',
    tipo: entrada.tipo,
    anula: null,
  });
  const rows = await guarda([...voids, mutacion]);
  return guardada(id, rows.at(-1));
}

/** "I finished my part": says how many lines of mine of this intento there are, so that the review sees what is missing. */
export async function terminarParte(conteoId: string, intento: number): Promise<void> {
  const ctx = await contexto();
  const { lineas } = await mias(ctx, conteoId);
  const en = now().toISOString();
  const total = lineas.filter((candidate) => candidate.intento === intento).length;
  await guarda([
    nueva(ctx, 'conteo.parte/1', { conteoId, intento, lineas: total, terminadaEn: en }, en, {
      entidad: null,
      conteo: conteoId,
    }),
  ]);
}

/** An ad-hoc conteo, also without signal; by an almacenista always blind. Returns its id. */
export async function crearConteoLibre(datos: { almacenId: string; nombre?: string }): Promise<string> {
  const ctx = await contexto();
  const id = newId();
  const en = now().toISOString();
  const args = {
    id,
    almacenId: datos.almacenId,
    nombre: datos.nombre?.trim() || 'Conteo libre',
    ciego: ctx.persona.rol === 'almacenista',
    abiertoEn: en,
  };
  await guarda([nueva(ctx, 'conteo.libre/1', args, en, { entidad: id, conteo: id })]);
  return id;
}

/** A counter's guess of what an unknown code is; a gerente confirms. `factor` in units, decimal text, or null. */
export async function proponerLiga(datos: {
  lineaId: string;
  conteoId: string;
  productoId: string;
  factor: string | null;
  motivo?: string | null;
}): Promise<void> {
  const ctx = await contexto();
  const id = newId();
  const en = now().toISOString();
  const args = { ...datos, id, estado: 'propuesta' as const, motivo: datos.motivo?.trim() || null, en };
  await guarda([nueva(ctx, 'conteo.liga/1', args, en, { entidad: id, conteo: datos.conteoId })]);
}

/** A note on a line that is counted already; it joins what the line says. `ENTRADA_INVALIDA` when empty or > 500. */
export async function agregarNota(lineaId: string, conteoId: string, nota: string): Promise<void> {
  const ctx = await contexto();
  const id = newId();
  const en = now().toISOString();
  const args = { id, lineaId, conteoId, nota: nota.trim(), en };
  await guarda([nueva(ctx, 'conteo.nota/1', args, en, { entidad: id, conteo: conteoId })]);
}

/** A movement by hand (gerente, admin), with its hour in the world. Returns its id. */
export async function registrarMovimiento(datos: Omit<ArgsDe<'transaccion.crear/1'>, 'id'>): Promise<string> {
  const ctx = await contexto();
  const id = newId();
  const en = now().toISOString();
  await guarda([nueva(ctx, 'transaccion.crear/1', { ...datos, id }, en, { entidad: id, conteo: null })]);
  return id;
}

/** An ajuste by hand (gerente, admin), signed: it posts nothing until another person signs it. Returns its id. */
export async function proponerAjuste(datos: Omit<ArgsDe<'ajuste.proponer/1'>, 'id'>): Promise<string> {
  const ctx = await contexto();
  const id = newId();
  const en = now().toISOString();
  await guarda([nueva(ctx, 'ajuste.proponer/1', { ...datos, id }, en, { entidad: id, conteo: null })]);
  return id;
}
