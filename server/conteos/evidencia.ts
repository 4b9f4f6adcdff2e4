import type { Tx } from '#server/platform/db/db.ts';
import type { EvidenciaLineas } from '#shared/domain/causas-lineas.ts';
import { gtinKey } from '#shared/domain/codigos.ts';
import type { ContadoProducto, LineaViva } from '#shared/domain/conteo.ts';
import type { EntradaRevision } from '#shared/domain/revision.ts';
import * as consulta from './evidencia.sql.ts';
import { agrupa, cantidad } from './filas-revision.ts';
import { type ConteoRow, findUbicaciones, type ProductoRow } from './revision.sql.ts';

type Evidencia = Omit<EntradaRevision['evidencia'], 'gemelos'>;

/** What the causes of a variance are made of, beyond counts and movements: packs, codes, bins, goods on their way. */
export async function loadEvidencia(
  tx: Tx,
  conteo: Pick<ConteoRow, 'almacen_id' | 'movimientos_hasta'>,
  productos: ReadonlyMap<string, ProductoRow>,
  contados: readonly ContadoProducto[],
  /** Codes of the known bins of a product that nobody stated to be empty. */
  ubicacionesDe: (productoId: string) => string[],
): Promise<(contado: ContadoProducto) => Evidencia> {
  const ids = [...new Set(contados.map(({ productoId }) => productoId))];
  const lineas = contados.flatMap((contado) => contado.lineas);
  const factores = agrupa(await consulta.findFactores(tx, ids), (row) => row.producto_id);
  const enTransito = await consulta.findEnTransito(tx, conteo.almacen_id, ids);
  const ubicaciones = await findUbicaciones(tx, [
    ...new Set(lineas.flatMap(({ ubicacionId }) => ubicacionId ?? [])),
  ]);
  const crudos = [...new Set(lineas.flatMap(({ codigoCrudo }) => codigoCrudo ?? []))];
  const claves = new Map(crudos.map((crudo) => [crudo, gtinKey(crudo)]));
  const filas = await consulta.findCodigosLeidos(tx, crudos, [
    ...new Set([...claves.values()].filter((clave) => clave !== null)),
  ]);
  const porCodigo = agrupa(filas, (row) => row.codigo_barras);
  const porClave = agrupa(
    filas.filter((row) => row.clave_gtin !== null),
    (row) => row.clave_gtin!,
  );

  const codigosDe = (productoId: string, suyas: readonly LineaViva[]): EvidenciaLineas['codigos'] =>
    [...new Set(suyas.flatMap(({ codigoCrudo }) => codigoCrudo ?? []))].map((codigo) => {
      const clave = claves.get(codigo) ?? null;
      const duenos = (clave === null ? porCodigo.get(codigo) : porClave.get(clave)) ?? [];
      const propio = duenos.find((row) => row.producto_id === productoId);
      return {
        codigo,
        factor: propio === undefined ? null : cantidad(propio.factor),
        deOtros: duenos
          .filter((row) => row.producto_id !== productoId)
          .map((row) => ({ codigo: row.codigo, nombre: row.nombre })),
      };
    });

  return ({ productoId, lineas: suyas }) => ({
    unidad: productos.get(productoId)?.unidad ?? 'PZA',
    factores: (factores.get(productoId) ?? []).map((row) => ({
      factor: cantidad(row.factor),
      nombre: row.nombre ?? 'caja',
    })),
    enTransito: cantidad(enTransito.get(productoId) ?? '0'),
    lineas: suyas.map((linea) => ({
      codigoCrudo: linea.codigoCrudo,
      cantidad: linea.cantidad,
      factor: linea.factor,
      unidades: linea.unidades,
      ubicacion: linea.ubicacionId === null ? null : (ubicaciones.get(linea.ubicacionId)?.codigo ?? null),
      ligada: linea.liga?.estado === 'ligada',
    })),
    codigos: codigosDe(productoId, suyas),
    ubicaciones: ubicacionesDe(productoId),
    movimientosHasta: conteo.movimientos_hasta?.getTime() ?? null,
  });
}
