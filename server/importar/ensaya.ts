import type { EnsayoImportacion, FilaMovimiento, FilaProducto } from '#shared/contracts/importar.ts';
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

/** What still has to be said, each with what it is about, so that a screen can offer the answer. */
async function faltantes(
  deps: Taller,
  u: UploadRow,
  c: Contexto,
  sinSitio: { almacen: boolean; fecha: boolean },
) {
  const faltan: { clave: string; frase: string }[] = [];
  const { tipo } = comunDe(u);
  const preguntas = await deps.db.asService(
    (tx) => findProblemas(tx, u.id, { gravedad: 'pregunta', tras: 0, limite: PREGUNTAS }),
    { readOnly: true },
  );
  for (const p of preguntas) faltan.push({ clave: p.error_type, frase: p.user_message });
  const dijo = (patron: RegExp) => preguntas.some((p) => patron.test(p.error_type));
  if (sinSitio.almacen && !dijo(/almacen|tienda/i)) {
    faltan.push({ clave: 'almacen', frase: '¿De qué almacén es este archivo?' });
  }
  if (sinSitio.fecha && !dijo(/fecha/i))
    faltan.push({ clave: 'fecha', frase: '¿De qué fecha es este archivo?' });
  if (tipo === 'inventario' && u.opciones.momento === undefined && !dijo(/momento/i)) {
    faltan.push({ clave: 'momento', frase: '¿Se contó antes de abrir o al cerrar?' });
  }
  if (c.traslapes.pregunta && u.opciones.traslape === undefined) {
    faltan.push({
      clave: 'traslape',
      frase: 'Hay datos anteriores de los mismos días. ¿Qué se hace con esas filas?',
    });
  }
  return faltan;
}

/** The same bytes that were applied before: applying them again would change nothing. */
async function yaAplicado(deps: Taller, u: UploadRow): Promise<EnsayoImportacion['yaAplicado']> {
  const otros = await deps.db.asService((tx) => findGemelos(tx, u.sha256), { readOnly: true });
  const hecho = otros.find((otro) => otro.id !== u.id && otro.status === 'completed');
  return hecho === undefined
    ? null
    : { uploadId: hecho.id, en: (hecho.completed_at ?? hecho.created_at).toISOString(), por: hecho.por };
}

/** Compares every lot with what is there now and says what applying would do. Writes only the plans. */
export async function ensaya(deps: Taller, uploadId: string, marcha: Marcha): Promise<void> {
  const u = await deps.db.asService((tx) => findUpload(tx, uploadId), { readOnly: true });
  if (u?.analisis == null) throw new Error('the file was not read');
  const { contexto: c, lotes } = await cargaContexto(deps.db, deps.clock, u, () => marcha.exige());
  const { tipo, almacenId } = comunDe(u);
  const total = u.analisis.filas.utiles;
  marcha.etapa('comparando', total);
  const cuentas = { nuevos: 0, cambiados: 0, iguales: 0, omitidos: 0 };
  const sumas = new Sumas();
  const productosNuevos = new Set<string>();
  const sinSitio = { almacen: false, fecha: false };
  let hechas = 0;
  for (let n = 1; n <= lotes; n++) {
    marcha.exige();
    const filas = await deps.db.asService(
      async (tx) => {
        const lote = await findLote(tx, u.id, n);
        if (lote === undefined) return 0;
        let plan: PlanFila[];
        if (tipo === 'productos') {
          const hecho = await planeaProductos(
            tx,
            deps.clock,
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
    yaAplicado: await yaAplicado(deps, u),
    faltan: await faltantes(deps, u, c, sinSitio),
  };
  await deps.db.asService(async (tx) => {
    const sigue = await findUpload(tx, u.id, true);
    if (sigue === undefined || sigue.generacion !== u.generacion || sigue.status !== 'processing') return;
    await updateEnsayo(tx, u.id, ensayo);
    await deps.events.publish(tx, { tipo: 'importacion.ensayada', datos: { id: u.id } });
  });
}
