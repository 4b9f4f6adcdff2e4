import type * as z from 'zod/mini';
import type { Tx } from '#server/platform/db/db.ts';
import type { Fusiona } from '#shared/contracts/catalogo.ts';
import { fusionIds } from '#shared/domain/ajuste-id.ts';
import { mismoValor, type Valor } from '#shared/domain/catalogo/campo.ts';
import { CAMPO_PRODUCTO, CAMPOS_PRODUCTO } from '#shared/domain/catalogo/campos-producto.ts';
import { type PasoCodigo, partesUnidas } from '#shared/domain/catalogo/fusion.ts';
import { CANTIDAD_ESCALA, formatDecimal, toDecimal } from '#shared/domain/decimal.ts';
import { AppError } from '#shared/errores.ts';
import { type Fila, lockFila, updateFilas } from './campos.sql.ts';
import * as sql from './fusion.sql.ts';
import { ambosVigentes, type PlanAlmacen, planAlmacenes, planCodigos, renglonesDe } from './fusion-plan.ts';
import * as pasa from './fusion-recogido.sql.ts';
import { anota, diferencias } from './guarda.ts';
import { updateImagen, updatePartes } from './producto.sql.ts';
import type { Puerto, Quien } from './producto.ts';
import { TABLA_PRODUCTO } from './tabla.ts';

/** Its own code and its name are what tells them apart; the origin's code becomes one more of the destination. */
const NUNCA_PASAN: ReadonlySet<string> = new Set(['codigo', 'unidad', 'decimales', 'esJuego', 'esServicio']);

export interface VistaFusion {
  origen: Fila & { id: string };
  destino: Fila & { id: string };
  /** Fields in which they differ; each may be taken from the origin. */
  distintos: { campo: string; nombre: string; origen: Valor; destino: Valor; puedePasar: boolean }[];
  codigos: PasoCodigo[];
  almacenes: {
    almacen: string;
    origen: string;
    destino: string;
    suma: string;
    /** The sum holds something that was never counted. */
    sinBase: boolean;
    folios: string[];
    estorba: boolean;
  }[];
  kits: number;
}

const suma = (a: string, b: string) =>
  formatDecimal(toDecimal(a, CANTIDAD_ESCALA) + toDecimal(b, CANTIDAD_ESCALA), CANTIDAD_ESCALA);

function sinBase(a: PlanAlmacen): boolean {
  const de = (movimientos: number, base: boolean) => movimientos > 0 && !base;
  return de(a.origenMovimientos, a.origenBase) || de(a.destinoMovimientos, a.destinoBase);
}

/** What joining would do, side by side; changes nothing. Throws what `fusiona` throws of the products themselves. */
export async function vistaFusion(p: Puerto, origenId: string, destinoId: string): Promise<VistaFusion> {
  return p.db.asService(async (tx) => {
    await ambosVigentes(tx, origenId, destinoId);
    const [origen, destino] = [
      (await lockFila(tx, TABLA_PRODUCTO, origenId))!,
      (await lockFila(tx, TABLA_PRODUCTO, destinoId))!,
    ];
    const almacenes = await planAlmacenes(tx, origenId, destinoId, p.clock.now());
    return {
      origen: { ...origen, id: origenId },
      destino: { ...destino, id: destinoId },
      distintos: CAMPOS_PRODUCTO.filter(
        (c) => !mismoValor(c, origen[c.campo] ?? null, destino[c.campo] ?? null),
      ).map((c) => ({
        campo: c.campo,
        nombre: c.nombre,
        origen: origen[c.campo] ?? null,
        destino: destino[c.campo] ?? null,
        puedePasar: !NUNCA_PASAN.has(c.campo),
      })),
      codigos: planCodigos(await sql.selectCodigosDe(tx, [origenId, destinoId]), origenId, destinoId),
      almacenes: almacenes.map((a) => ({
        almacen: a.almacen,
        origen: a.origen,
        destino: a.destino,
        suma: suma(a.origen, a.destino),
        sinBase: sinBase(a),
        folios: a.folios,
        estorba: a.en === null,
      })),
      kits: (await pasa.selectRecogido(tx, origenId)).kits.length,
    };
  });
}

/**
 * Joins `origen` into `destino`, in one transaction: its codes, bins, suppliers, ERP rows, kits and places in open conteos
 * pass on; its history stays under it; its stock passes by pairs of movements (docs/decisions/0013). The same id twice is
 * one join. Throws FUSION_*, NO_ENCONTRADO.
 */
export async function fusiona(
  p: Puerto,
  quien: Quien,
  entrada: z.infer<typeof Fusiona>,
): Promise<{ id: string }> {
  return p.db.asService(async (tx) => {
    if ((await sql.lockFusion(tx, entrada.id)) !== undefined) return { id: entrada.id };
    const { origen, destino } = await ambosVigentes(tx, entrada.origenId, entrada.destinoId);
    const en = p.clock.now();
    const almacenes = await planAlmacenes(tx, origen.id, destino.id, en);
    const conInstante = almacenes.map((a) => {
      if (a.en === null) throw new AppError('FUSION_CONTEO', { folio: a.folios.join(', ') });
      return { ...a, en: a.en };
    });
    const codigos = await pasaCodigos(tx, p, entrada, origen, destino);
    const campos = await tomaCampos(tx, entrada);
    const recogido = await pasa.selectRecogido(tx, origen.id);
    const agregado = await pasa.passRecogido(tx, origen.id, destino.id, recogido);
    for (const kit of recogido.kits) {
      await updatePartes(tx, kit.id, partesUnidas(kit.partes, origen.id, destino.id, suma));
    }
    const imagenAntes = destino.imagenUrl === null && origen.imagenUrl !== null ? { url: null } : null;
    if (imagenAntes !== null) await updateImagen(tx, destino.id, origen.imagenUrl);
    const referencia = `Unión de ${origen.codigo} en ${destino.codigo}`;
    const lineas = await pasa.insertLigas(tx, {
      origen: origen.id,
      destino: destino.id,
      por: quien.id,
      en,
      motivo: referencia,
    });
    const movimientos: string[] = [];
    for (const a of conInstante) {
      const filas = await renglonesDe(
        tx,
        { id: entrada.id, por: quien.id, referencia, origenId: origen.id, destinoId: destino.id },
        a,
      );
      await sql.insertRenglones(tx, filas);
      movimientos.push(...filas.map((f) => f.id));
    }
    const fusionados = await sql.repointFusionados(tx, origen.id, destino.id);
    await sql.insertFusion(tx, {
      id: entrada.id,
      origenId: origen.id,
      destinoId: destino.id,
      por: quien.id,
      en,
      datos: {
        origenCodigo: origen.codigo,
        destinoCodigo: destino.codigo,
        origenActivo: origen.isActive,
        ...codigos,
        campos,
        imagenAntes,
        recogido,
        agregado,
        fusionados,
        lineas,
        movimientos,
      },
    });
    await sql.setFusion(tx, origen.id, destino.id, false);
    const e = { tx, clock: p.clock, por: quien.id };
    await anota(e, TABLA_PRODUCTO, origen.id, 'unido', {
      fusionadoEn: { antes: null, despues: destino.codigo },
    });
    await anota(e, TABLA_PRODUCTO, destino.id, 'recibio', campos, { de: origen.codigo, fusion: entrada.id });
    return { id: entrada.id };
  });
}

async function pasaCodigos(
  tx: Tx,
  p: Puerto,
  entrada: z.infer<typeof Fusiona>,
  origen: sql.ProductoDeFusion,
  destino: sql.ProductoDeFusion,
): Promise<Pick<sql.DatosFusion, 'pasaron' | 'sobraron' | 'alterna' | 'factores'>> {
  const todos = await sql.selectCodigosDe(tx, [origen.id, destino.id]);
  const pasos = planCodigos(todos, origen.id, destino.id);
  const chocan = pasos.filter((c) => c.paso === 'choca');
  const sinDecidir = chocan.filter((c) => entrada.factores[c.codigo] === undefined);
  if (sinDecidir.length > 0)
    throw new AppError('FUSION_CODIGOS', { codigos: sinDecidir.map((c) => c.codigo).join(', ') });
  const factores: { id: string; antes: string }[] = [];
  for (const { codigo } of chocan) {
    const del = todos.find((c) => c.productoId === destino.id && c.codigo === codigo)!;
    const factor = entrada.factores[codigo]!;
    if (!/[1-9]/.test(factor) || factor.startsWith('-'))
      throw new AppError('FUSION_CODIGOS', { codigos: codigo });
    factores.push({ id: del.id, antes: del.factor });
    await sql.setFactor(tx, del.id, factor);
  }
  const pasaron = pasos.filter((c) => c.paso === 'pasa').map((c) => c.id);
  const activos = new Set(todos.filter((c) => c.isActive).map((c) => c.id));
  const sobraron = pasos.filter((c) => c.paso !== 'pasa' && activos.has(c.id)).map((c) => c.id);
  await sql.moveCodigos(tx, pasaron, destino.id);
  await sql.setCodigosActivos(tx, sobraron, false);
  const alterna = p.clock.newId();
  const nueva = await sql.insertAlterna(tx, alterna, origen.codigo, destino.id);
  return { pasaron, sobraron, factores, alterna: nueva ? alterna : null };
}

async function tomaCampos(tx: Tx, { origenId, destinoId, toma }: z.infer<typeof Fusiona>) {
  const malo = toma.find((c) => !CAMPO_PRODUCTO.has(c) || NUNCA_PASAN.has(c));
  if (malo !== undefined) throw new AppError('ENTRADA_INVALIDA', { detalle: malo });
  const [origen, destino] = [
    (await lockFila(tx, TABLA_PRODUCTO, origenId))!,
    (await lockFila(tx, TABLA_PRODUCTO, destinoId))!,
  ];
  const valores = Object.fromEntries(toma.map((campo) => [campo, origen[campo] ?? null]));
  await updateFilas(tx, TABLA_PRODUCTO, [destinoId], valores);
  return diferencias(destino, valores);
}

/**
 * Undoes a join while nothing depends on it: what passed goes back, and the movements are taken back by others. Throws
 * FUSION_CON_HISTORIA with what happened since, FUSION_DESHECHA, NO_ENCONTRADO.
 */
export async function deshaceFusion(p: Puerto, quien: Quien, id: string): Promise<void> {
  await p.db.asService(async (tx) => {
    const f = await sql.lockFusion(tx, id);
    if (f === undefined) throw new AppError('NO_ENCONTRADO');
    if (f.deshechaEn !== null) throw new AppError('FUSION_DESHECHA');
    await sql.lockAmbos(tx, [f.origenId, f.destinoId]);
    const que = await sql.findDependencia(tx, f);
    if (que !== null) throw new AppError('FUSION_CON_HISTORIA', { que });
    const { datos } = f;
    await sql.setFusion(tx, f.origenId, null, datos.origenActivo);
    await sql.repointEstos(tx, datos.fusionados, f.origenId);
    await sql.moveCodigos(tx, datos.pasaron, f.origenId);
    await sql.setCodigosActivos(tx, datos.sobraron, true);
    if (datos.alterna !== null) await sql.setCodigosActivos(tx, [datos.alterna], false);
    for (const { id: codigo, antes } of datos.factores) await sql.setFactor(tx, codigo, antes);
    await updateFilas(
      tx,
      TABLA_PRODUCTO,
      [f.destinoId],
      Object.fromEntries(Object.entries(datos.campos).map(([c, d]) => [c, d.antes as Valor])),
    );
    if (datos.imagenAntes !== null) await updateImagen(tx, f.destinoId, datos.imagenAntes.url);
    for (const kit of datos.recogido.kits) await updatePartes(tx, kit.id, kit.partes);
    await pasa.returnRecogido(tx, f);
    const en = p.clock.now();
    await pasa.returnLigas(tx, f, quien.id, en);
    await devuelve(tx, f, quien, en);
    await sql.closeFusion(tx, f.id, quien.id, en);
    const e = { tx, clock: p.clock, por: quien.id };
    await anota(e, TABLA_PRODUCTO, f.origenId, 'separado', {
      fusionadoEn: { antes: datos.destinoCodigo, despues: null },
    });
    await anota(e, TABLA_PRODUCTO, f.destinoId, 'separado', {}, { de: datos.origenCodigo, fusion: f.id });
  });
}

/** Each movement is taken back by its reversal; a base, which has none, by what it brought. */
async function devuelve(tx: Tx, f: sql.FusionRow, quien: Quien, ahora: Date): Promise<void> {
  const hechos = await sql.selectRenglones(tx, f.datos.movimientos);
  await sql.insertRenglones(
    tx,
    hechos
      .filter((m) => m.tipo === 'transferencia' || toDecimal(m.cantidad, CANTIDAD_ESCALA) !== 0n)
      .map((m) => ({
        ...m,
        id: fusionIds(f.id, m.id, 'deshecha').entrada,
        tipo: 'transferencia' as const,
        subtipo: m.subtipo ?? ('entrada' as const),
        cantidad: formatDecimal(-toDecimal(m.cantidad, CANTIDAD_ESCALA), CANTIDAD_ESCALA),
        // A reversal stands where what it takes back stood; what takes back a base stands after it.
        ocurrida_en: (m.tipo === 'inventario' ? ahora : m.en).toISOString(),
        traspaso_id: fusionIds(f.id, m.almacen_id, 'deshecha').traspaso,
        reversa_de: m.tipo === 'inventario' ? null : m.id,
        referencia: `Se deshizo: ${m.referencia}`,
        origen: `fusion-deshecha:${f.id}`,
        origen_id: m.id,
        user_id: quien.id,
      })),
  );
}
