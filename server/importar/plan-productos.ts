import type { Clock } from '#server/platform/clock.ts';
import type { Tx } from '#server/platform/db/db.ts';
import { insertCategorias } from '#server/productos/productos.sql.ts';
import type { FilaProducto } from '#shared/contracts/importar.ts';
import { productoImportadoId } from '#shared/domain/ajuste-id.ts';
import { gtinKey, limpiaCodigo } from '#shared/domain/codigos.ts';
import { COSTO_ESCALA, DINERO_ESCALA, formatDecimal, toDecimal } from '#shared/domain/decimal.ts';
import * as q from './catalogo-cambios.sql.ts';
import type { Deshacer, PlanFila } from './lotes.sql.ts';

const ESCALA: Readonly<Record<string, number>> = { precio: DINERO_ESCALA, costo: COSTO_ESCALA };

function canon(campo: string, valor: string | null): string | null {
  const escala = ESCALA[campo];
  return escala === undefined || valor === null ? valor : formatDecimal(toDecimal(valor, escala), escala);
}

/** Fields of a row as text, the way they are compared and shown. */
function camposDe(fila: FilaProducto): [string, string][] {
  return Object.entries(fila.campos).flatMap(([campo, valor]): [string, string][] =>
    valor === undefined ? [] : [[campo, typeof valor === 'boolean' ? (valor ? 'sí' : 'no') : valor]],
  );
}

interface Cambio {
  readonly i: number;
  readonly fila: FilaProducto;
  readonly id: string;
  readonly nuevo: boolean;
  readonly campos: Record<string, string>;
  readonly codigos: (q.CodigoPuesto & { antes: q.CodigoRow | null })[];
  readonly bins: { almacenId: string; codigo: string }[];
}

/** What each row of the catalogue would change, against what is there now. */
export async function planeaProductos(
  tx: Tx,
  clock: Clock,
  filas: readonly FilaProducto[],
  almacenId: string | null,
  hechas?: ReadonlySet<string>,
): Promise<{ plan: PlanFila[]; cambios: Cambio[] }> {
  const porId = filas.flatMap((f) => (f.productoId === null ? [] : [f.productoId]));
  const porCodigo = filas.flatMap((f) => (f.productoId === null ? [f.codigo] : []));
  const actuales = await q.findProductosDe(tx, { ids: porId, codigos: porCodigo });
  const deId = new Map(actuales.map((p) => [p.id, p]));
  const deCodigo = new Map(actuales.map((p) => [p.codigo, p]));
  const ids = actuales.map((p) => p.id);
  const codigos = new Map((await q.findCodigosDe(tx, ids)).map((c) => [`${c.producto_id} ${c.codigo}`, c]));
  const bins = new Set(
    (await q.findBinsDe(tx, ids)).map((b) => `${b.producto_id} ${b.almacen_id} ${b.codigo}`),
  );
  const nuevos = new Set<string>(hechas);
  const cambios: Cambio[] = [];
  const plan = filas.map((fila, i): PlanFila => {
    const actual = fila.productoId === null ? deCodigo.get(fila.codigo) : deId.get(fila.productoId);
    const id = actual?.id ?? productoImportadoId(fila.codigo);
    const antes: Record<string, readonly [string | null, string | null]> = {};
    const campos: Record<string, string> = {};
    for (const [campo, valor] of camposDe(fila)) {
      const habia = actual === undefined ? null : canon(campo, actual[campo as keyof q.ProductoRow] ?? null);
      if (habia === canon(campo, valor)) continue;
      antes[campo] = [habia, canon(campo, valor)];
      campos[campo] = valor;
    }
    const puestos = fila.codigos.flatMap(({ codigo: crudo, factor }) => {
      const codigo = limpiaCodigo(crudo);
      const habia = codigos.get(`${id} ${codigo}`) ?? null;
      const igual = habia?.is_active === true && toDecimal(habia.factor, 5) === toDecimal(factor, 5);
      if (codigo === '' || igual) return [];
      antes[`código ${codigo}`] = [
        habia?.is_active ? `×${formatDecimal(toDecimal(habia.factor, 5), 5)}` : null,
        `×${factor}`,
      ];
      const puesto = {
        id: habia?.id ?? clock.newId(),
        codigo,
        clave_gtin: gtinKey(codigo),
        producto_id: id,
        factor,
      };
      return [{ ...puesto, antes: habia }];
    });
    const lugares = fila.ubicaciones.flatMap(({ almacenId: suyo, ubicacion }) => {
      const almacen = suyo ?? almacenId;
      const codigo = ubicacion.trim().slice(0, 50);
      if (almacen === null || codigo === '' || bins.has(`${id} ${almacen} ${codigo}`)) return [];
      antes[`ubicación ${codigo}`] = [null, 'se agrega'];
      return [{ almacenId: almacen, codigo }];
    });
    const nuevo = actual === undefined && !nuevos.has(fila.codigo);
    if (Object.keys(antes).length === 0 && !nuevo) return { e: 'igual' };
    if (nuevo) nuevos.add(fila.codigo);
    cambios.push({ i, fila, id, nuevo, campos, codigos: puestos, bins: lugares });
    return { e: nuevo ? 'nuevo' : 'cambiado', antes };
  });
  return { plan, cambios };
}

/** Does it, and returns the plan with what undoing needs. */
export async function aplicaProductos(
  tx: Tx,
  clock: Clock,
  uploadId: string,
  filas: readonly FilaProducto[],
  almacenId: string | null,
): Promise<PlanFila[]> {
  const { plan, cambios } = await planeaProductos(tx, clock, filas, almacenId);
  const categorias = new Set(cambios.flatMap(({ campos }) => campos.categoria ?? []));
  await insertCategorias(
    tx,
    [...categorias].map((nombre) => ({ id: clock.newId(), nombre })),
  );
  await q.insertCatalogo(
    tx,
    uploadId,
    cambios.flatMap(({ nuevo, id, fila }) =>
      nuevo ? [{ id, codigo: fila.codigo, nombre: fila.campos.nombre ?? fila.codigo }] : [],
    ),
  );
  await q.updateCampos(
    tx,
    cambios.filter(({ campos }) => Object.keys(campos).length > 0),
  );
  await q.upsertCodigosDe(
    tx,
    cambios.flatMap(({ codigos }) => codigos),
  );
  const puestos = await q.insertBins(
    tx,
    cambios.flatMap(({ id, bins }) =>
      bins.map(({ almacenId: almacen, codigo }) => ({
        id: clock.newId(),
        almacen_id: almacen,
        codigo,
        // Bins are named zone first: A-03-2 lies in zone A.
        zona: codigo.split('-')[0] ?? '',
        producto_id: id,
      })),
    ),
  );
  const ubicaciones = Map.groupBy(puestos, (p) => p.producto_id);
  for (const { i, id, nuevo, codigos } of cambios) {
    const deshacer: Deshacer = {
      productoId: id,
      creado: nuevo,
      codigos: codigos.map(({ id: codigoId, antes, factor }) => ({
        id: codigoId,
        factor: antes?.factor ?? null,
        activo: antes?.is_active ?? null,
        puesto: factor,
      })),
      ubicaciones: (ubicaciones.get(id) ?? []).map((u) => u.ubicacion_id),
    };
    ubicaciones.delete(id);
    plan[i] = { ...plan[i]!, deshacer };
  }
  return plan;
}

/** Puts the catalogue back as it was, field by field, where nobody changed it since. */
export async function deshaceProductos(tx: Tx, plan: readonly PlanFila[]): Promise<void> {
  const hechos = plan.flatMap((p) => (p.deshacer === undefined ? [] : [{ ...p, deshacer: p.deshacer }]));
  const ids = hechos.map(({ deshacer }) => deshacer.productoId);
  const ahora = new Map((await q.findProductosDe(tx, { ids, codigos: [] })).map((p) => [p.id, p]));
  const creados = hechos.filter(({ deshacer }) => deshacer.creado).map(({ deshacer }) => deshacer.productoId);
  const usados = await q.findUsados(tx, creados);
  await q.updateCampos(
    tx,
    hechos.flatMap(({ deshacer, antes = {} }): q.CamposDe[] => {
      const actual = ahora.get(deshacer.productoId);
      if (actual === undefined) return [];
      if (deshacer.creado) return usados.has(actual.id) ? [] : [{ id: actual.id, campos: { activo: 'no' } }];
      const campos = Object.fromEntries(
        Object.entries(antes).flatMap(([campo, [habia, quedo]]) =>
          Object.hasOwn(actual, campo) && canon(campo, actual[campo as keyof q.ProductoRow]) === quedo
            ? [[campo, habia]]
            : [],
        ),
      );
      return Object.keys(campos).length === 0 ? [] : [{ id: actual.id, campos }];
    }),
  );
  await q.restauraCodigos(
    tx,
    hechos.flatMap(({ deshacer }) => deshacer.codigos),
  );
  await q.deleteBins(
    tx,
    hechos.flatMap(({ deshacer }) =>
      deshacer.ubicaciones.map((ubicacion_id) => ({ producto_id: deshacer.productoId, ubicacion_id })),
    ),
  );
}
