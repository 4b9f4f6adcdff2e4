import type {
  EnsayoImportacion,
  FilaMovimiento,
  FilaProducto,
  ProblemaImportacion,
} from '#shared/contracts/importar.ts';
import {
  CANTIDAD_ESCALA,
  COSTO_ESCALA,
  DINERO_ESCALA,
  formatDecimal,
  importe,
  toDecimal,
} from '#shared/domain/decimal.ts';
import { situa } from './claves.ts';
import { cargaContexto, comunDe } from './contexto.ts';
import { findLote, findProblemas, type PlanFila, updatePlan } from './lotes.sql.ts';
import type { Marcha } from './marcha.ts';
import { planeaMovimientos } from './plan-movimientos.ts';
import { planeaProductos } from './plan-productos.ts';
import type { Contexto } from './puesta.ts';
import type { Taller } from './taller.ts';
import { findGemelos, findUpload, type UploadRow, updateEnsayo } from './uploads.sql.ts';

/** Questions that are shown one by one; a file with more has its problems to read. */
const PREGUNTAS = 20;

interface Suma {
  filas: number;
  unidades: bigint;
  pesos: bigint | null;
}

/** Sums by almacén of what would be written. */
class Sumas {
  readonly porAlmacen = new Map<string, Suma>();

  agrega(c: Contexto, filas: readonly FilaMovimiento[], plan: readonly PlanFila[]): void {
    for (const [i, fila] of filas.entries()) {
      const p = plan[i]!;
      const s = p.e === 'nuevo' || p.e === 'cambiado' ? situa(fila, c.comun) : null;
      if (s === null) continue;
      const suma = this.porAlmacen.get(s.almacenId) ?? { filas: 0, unidades: 0n, pesos: null };
      const unidades = toDecimal(p.t ?? fila.cantidad, CANTIDAD_ESCALA);
      const signo = fila.devolucion ? -1n : 1n;
      const uno =
        c.comun.tipo === 'ventas'
          ? fila.precio
          : (fila.costo ?? (c.comun.tipo === 'compras' ? fila.precio : null));
      const pesos =
        fila.importe !== null && c.comun.tipo !== 'inventario'
          ? toDecimal(fila.importe, DINERO_ESCALA)
          : uno === null
            ? null
            : importe(unidades, toDecimal(uno, COSTO_ESCALA));
      this.porAlmacen.set(s.almacenId, {
        filas: suma.filas + 1,
        unidades: suma.unidades + signo * unidades,
        pesos: pesos === null ? suma.pesos : (suma.pesos ?? 0n) + signo * pesos,
      });
    }
  }
}

type Falta = EnsayoImportacion['faltan'][number];

/** Questions about the file as a whole that an option of their own answers. */
const CON: Readonly<Record<string, Falta['con']>> = {
  falta_columna: 'columnas',
  titulo_repetido: 'columnas',
  falta_almacen: 'almacenId',
  falta_fecha: 'fecha',
  tipo_dudoso: 'tipo',
  decimal_dudoso: 'decimal',
  fecha_dudosa: 'formatoFecha',
  hoja_dudosa: 'hoja',
};

function aFalta(p: ProblemaImportacion): Falta {
  const con = p.clave === undefined ? CON[p.error_type] : 'respuestas';
  const donde = p.fila === null ? '' : `Fila ${p.fila}: `;
  return {
    clave: p.clave ?? p.error_type,
    frase: `${donde}${p.user_message}`,
    ...(con === undefined ? {} : { con }),
    ...(p.opciones === undefined ? {} : { opciones: p.opciones }),
  };
}

/** What still has to be said, each with what answers it, so that a screen can offer the answer. */
async function faltantes(
  t: Taller,
  u: UploadRow,
  c: Contexto,
  sinSitio: { almacen: boolean; fecha: boolean },
): Promise<Falta[]> {
  const { tipo } = comunDe(u);
  const preguntas = await t.db.asService(
    (tx) => findProblemas(tx, u.id, { gravedad: 'pregunta', tras: 0, limite: PREGUNTAS }),
    { readOnly: true },
  );
  const faltan = preguntas.map(aFalta);
  const pide = (con: Falta['con'], frase: string, si: boolean) => {
    if (si && !faltan.some((f) => f.con === con)) faltan.push({ clave: con!, con, frase });
  };
  pide('almacenId', '¿De qué almacén es este archivo?', sinSitio.almacen);
  pide('fecha', '¿De qué fecha es este archivo?', sinSitio.fecha);
  pide(
    'momento',
    '¿Es la existencia de antes de abrir o de al cerrar?',
    tipo === 'inventario' && u.opciones.momento === undefined,
  );
  pide(
    'traslape',
    'Hay datos anteriores de los mismos días. ¿Qué se hace con esas filas?',
    c.traslapes.pregunta && u.opciones.traslape === undefined,
  );
  return faltan;
}

/** The same bytes that were applied before: applying them again would change nothing. */
async function yaAplicado(t: Taller, u: UploadRow): Promise<EnsayoImportacion['yaAplicado']> {
  const otros = await t.db.asService((tx) => findGemelos(tx, u.sha256), { readOnly: true });
  const hecho = otros.find((otro) => otro.id !== u.id && otro.status === 'completed');
  return hecho === undefined
    ? null
    : { uploadId: hecho.id, en: (hecho.completed_at ?? hecho.created_at).toISOString(), por: hecho.por };
}

/** Compares every lot with what is there now and says what applying would do. Writes only the plans. */
export async function ensaya(t: Taller, uploadId: string, marcha: Marcha): Promise<void> {
  const u = await t.db.asService((tx) => findUpload(tx, uploadId), { readOnly: true });
  if (u?.analisis == null) throw new Error('the file was not read');
  const { contexto: c, lotes } = await cargaContexto(t.db, t.clock, u, () => marcha.exige());
  const { tipo, almacenId } = comunDe(u);
  const total = u.analisis.filas.utiles;
  marcha.etapa('comparando', total);
  const cuentas = { nuevos: 0, cambiados: 0, iguales: 0, omitidos: 0 };
  const sumas = new Sumas();
  const productosNuevos = new Set<string>();
  const sinSitio = { almacen: false, fecha: false };
  const tiendas = new Set<string>();
  let hechas = 0;
  for (let n = 1; n <= lotes; n++) {
    marcha.exige();
    const filas = await t.db.asService(
      async (tx) => {
        const lote = await findLote(tx, u.id, n);
        if (lote === undefined) return 0;
        let plan: PlanFila[];
        if (tipo === 'productos') {
          const hecho = await planeaProductos(
            tx,
            t.clock,
            lote.filas as FilaProducto[],
            almacenId,
            productosNuevos,
          );
          plan = hecho.plan;
          for (const { nuevo, fila } of hecho.cambios) if (nuevo) productosNuevos.add(fila.codigo);
        } else {
          const movimientos = lote.filas as FilaMovimiento[];
          const hecho = await planeaMovimientos(tx, c, n, movimientos);
          plan = hecho.plan;
          for (const p of hecho.productos) productosNuevos.add(p.codigo);
          sumas.agrega(c, movimientos, plan);
          for (const f of movimientos) {
            const suyo = c.almacenes.get(f.almacenId ?? c.comun.almacenId ?? '');
            if (suyo !== undefined) tiendas.add(suyo.tienda_id);
            if (f.almacenId === null && c.comun.almacenId === null) sinSitio.almacen = true;
            if (f.fecha === null && f.fechaHasta === null && f.fechaDesde === null && c.comun.fecha === null)
              sinSitio.fecha = true;
          }
        }
        await updatePlan(tx, u.id, n, plan, null);
        for (const p of plan) {
          if (p.e === 'nuevo') cuentas.nuevos += 1;
          else if (p.e === 'cambiado') cuentas.cambiados += 1;
          else if (p.e === 'igual') cuentas.iguales += 1;
          else cuentas.omitidos += 1;
        }
        return lote.filas.length;
      },
      { attempts: 1 },
    );
    hechas += filas;
    marcha.avanza(Math.min(hechas, total), total);
  }
  marcha.exige();
  const porAlmacen = [...sumas.porAlmacen].map(([id, s]) => ({
    almacenId: id,
    almacen: c.almacenes.get(id)?.nombre ?? '',
    filas: s.filas,
    unidades: formatDecimal(s.unidades, CANTIDAD_ESCALA),
    pesos: s.pesos === null ? null : formatDecimal(s.pesos, DINERO_ESCALA),
  }));
  const ensayo: EnsayoImportacion = {
    ...cuentas,
    conError: u.analisis.filas.conError,
    productosNuevos: productosNuevos.size,
    porAlmacen,
    traslapes: c.traslapes.lista(),
    yaAplicado: await yaAplicado(t, u),
    faltan: await faltantes(t, u, c, sinSitio),
  };
  await t.db.asService(async (tx) => {
    const sigue = await findUpload(tx, u.id, true);
    if (sigue === undefined || sigue.generacion !== u.generacion || sigue.status !== 'processing') return;
    // A file of one shop is seen by its people, also where each row names the almacén.
    await updateEnsayo(tx, u.id, ensayo, tiendas.size === 1 ? [...tiendas][0]! : null);
    await t.events.publish(tx, { tipo: 'importacion.ensayada', datos: { id: u.id } });
  });
}
