import type { Tx } from '#server/platform/db/db.ts';
import type { FilaMovimiento } from '#shared/contracts/importar.ts';
import { movimientoImportadoId, productoImportadoId } from '#shared/domain/ajuste-id.ts';
import {
  CANTIDAD_ESCALA,
  COSTO_ESCALA,
  DINERO_ESCALA,
  formatDecimal,
  toDecimal,
} from '#shared/domain/decimal.ts';
import { fechaLocal } from '#shared/domain/instante.ts';
import { claveBase, claveDe, conVersion, situa } from './claves.ts';
import { type AsientoNuevo, type Clave, findClaves, type VivaRow } from './libro.sql.ts';
import type { PlanFila } from './lotes.sql.ts';
import { miraTraslapes } from './mira-traslapes.ts';
import { type Asiento, asientoDe } from './movimiento.ts';
import type { Contexto, Puesta } from './puesta.ts';

export interface PlanLote {
  readonly plan: PlanFila[];
  readonly inserta: AsientoNuevo[];
  /** Movements that are taken back: changed, or replaced. */
  readonly revierte: string[];
  readonly productos: { id: string; codigo: string; nombre: string; decimales: number }[];
}

const omite = (m: string): PlanFila => ({ e: 'omitido', m });

/** Of the same movement, said twice? Money only where the file says it. */
function distintos(viva: VivaRow, nuevo: Asiento, zona: string): PlanFila['antes'] | null {
  const antes: Record<string, readonly [string | null, string | null]> = {};
  const mira = (campo: keyof Asiento & keyof VivaRow, escala: number) => {
    const [a, b] = [viva[campo] as string | null, nuevo[campo] as string | null];
    const canon = (t: string | null) => (t === null ? null : formatDecimal(toDecimal(t, escala), escala));
    if (canon(a) !== canon(b)) antes[campo] = [canon(a), canon(b)];
  };
  mira('cantidad', CANTIDAD_ESCALA);
  if (nuevo.precio !== null) mira('precio', DINERO_ESCALA);
  if (nuevo.costo_unitario !== null) mira('costo_unitario', COSTO_ESCALA);
  if (nuevo.total !== null) mira('total', DINERO_ESCALA);
  if (viva.tipo !== nuevo.tipo || viva.subtipo !== nuevo.subtipo) antes.tipo = [viva.tipo, nuevo.tipo];
  if (viva.producto_id !== nuevo.producto_id) antes.producto = [viva.producto_id, nuevo.producto_id];
  if (nuevo.precision === 'instante' && viva.precision === 'instante') {
    if (Date.parse(viva.ocurrida_en) !== Date.parse(nuevo.ocurrida_en))
      antes.hora = [viva.ocurrida_en, nuevo.ocurrida_en];
  } else if (
    fechaLocal(Date.parse(viva.ocurrida_en), zona) !== fechaLocal(Date.parse(nuevo.ocurrida_en), zona)
  ) {
    antes.fecha = [
      fechaLocal(Date.parse(viva.ocurrida_en), zona),
      fechaLocal(Date.parse(nuevo.ocurrida_en), zona),
    ];
  }
  return Object.keys(antes).length === 0 ? null : antes;
}

/** Puts each row in its place, or says why it has none. */
function situaFilas(
  c: Contexto,
  n: number,
  filas: readonly FilaMovimiento[],
  plan: (PlanFila | undefined)[],
): Puesta[] {
  return filas.flatMap((fila, i) => {
    const s = situa(fila, c.comun);
    if (s === null) {
      plan[i] = omite('Falta decir de qué almacén o de qué fecha es.');
      return [];
    }
    const almacen = c.almacenes.get(s.almacenId);
    if (almacen === undefined) {
      plan[i] = omite('Es de un almacén que no es de tus tiendas.');
      return [];
    }
    if (fila.productoId === null && !c.crea) {
      plan[i] = omite('El producto no está en el catálogo.');
      return [];
    }
    const lugar = c.grupos.lugar(`${n}:${i}`);
    if (c.comun.tipo === 'inventario' && lugar !== undefined && lugar.total === null) {
      plan[i] = omite('Se suma a la primera fila de este producto.');
      return [];
    }
    const cantidad = lugar?.total ?? fila.cantidad;
    if (c.comun.tipo !== 'inventario' && toDecimal(cantidad, CANTIDAD_ESCALA) === 0n) {
      plan[i] = omite('La cantidad es cero: no mueve nada.');
      return [];
    }
    const asiento = asientoDe(fila, c.comun, s, {
      productoId: fila.productoId ?? productoImportadoId(fila.codigo),
      zona: almacen.zona_horaria,
      ahora: c.ahora.getTime(),
      cantidad,
    });
    const cerrado = almacen.cerrado_hasta;
    if (cerrado !== null && Date.parse(asiento.ocurrida_en) < cerrado.getTime()) {
      plan[i] = omite('El periodo está cerrado.');
      c.traslapes.agrega({
        con: 'periodo_cerrado',
        caso: 'periodo_cerrado',
        id: null,
        nombre: fechaLocal(cerrado.getTime() - 1, almacen.zona_horaria)
          .split('-')
          .reverse()
          .join('/'),
        almacen: almacen.nombre,
        desde: s.desde,
        hasta: s.hasta,
        decisiones: ['omitir'],
      });
      return [];
    }
    return [
      { i, fila, s, almacen, clave: claveDe(claveBase(fila, c.comun, s), lugar?.ocurrencia ?? 0), asiento },
    ];
  });
}

/**
 * What applying a lot does, as the database stands now: the dry run shows it and the apply does it, so they cannot differ in
 * their rules. Writes nothing.
 */
export async function planeaMovimientos(
  tx: Tx,
  c: Contexto,
  n: number,
  filas: readonly FilaMovimiento[],
): Promise<PlanLote> {
  const plan: (PlanFila | undefined)[] = filas.map(() => undefined);
  const puestas = situaFilas(c, n, filas, plan);
  const claves = await findClaves(
    tx,
    puestas.map(({ clave }) => clave),
  );
  const porHacer: Puesta[] = [];
  for (const p of puestas) {
    const viva = claves.get(p.clave)?.viva ?? null;
    const t = p.asiento.cantidad === p.fila.cantidad ? undefined : p.asiento.cantidad;
    const antes = viva === null ? undefined : distintos(viva, p.asiento, p.almacen.zona_horaria);
    if (antes === null) plan[p.i] = { e: 'igual', t };
    else {
      plan[p.i] = antes === undefined ? { e: 'nuevo', t } : { e: 'cambiado', antes, t };
      porHacer.push(p);
    }
  }
  const revierte: string[] = [];
  const fuera = await miraTraslapes(tx, c, porHacer, plan as PlanFila[], revierte);
  const inserta: AsientoNuevo[] = [];
  const productos = new Map<string, PlanLote['productos'][number]>();
  for (const p of porHacer) {
    if (fuera.has(p.i)) continue;
    const { viva, siguiente } = claves.get(p.clave) ?? ({ viva: null, siguiente: 1 } satisfies Clave);
    if (viva !== null && viva.tipo !== 'inventario') revierte.push(viva.id);
    const origen_id = conVersion(p.clave, siguiente);
    inserta.push({
      ...p.asiento,
      id: movimientoImportadoId('archivo', origen_id),
      origen_id,
      metadata: { hoja: p.fila.hoja, fila: p.fila.fila },
    });
    if (p.fila.productoId === null) {
      const { codigo, nombre } = p.fila;
      productos.set(codigo, {
        id: productoImportadoId(codigo),
        codigo,
        nombre: nombre ?? codigo,
        // Only what is measured has fractions.
        decimales: Math.min(3, /\.(\d+)$/.exec(p.fila.cantidad)?.[1]?.length ?? 0),
      });
    }
  }
  return { plan: plan as PlanFila[], inserta, revierte, productos: [...productos.values()] };
}
