import type { Tx } from '#server/platform/db/db.ts';
import { type PaginaHoja, paginasHoja, textoQrHoja, type UbicacionHoja } from '#shared/domain/hoja-conteo.ts';
import { AppError } from '#shared/errores.ts';
import { planeaEn, type Rol } from '#shared/roles.ts';
import {
  findConteoHoja,
  findLugaresHoja,
  findProductosHoja,
  findUbicacionesHoja,
  type ProductoImpreso,
} from './hojas.sql.ts';

/** A page with what its QR says. */
export interface PaginaImpresa extends PaginaHoja {
  readonly qr: string;
}

export interface HojaImpresa {
  readonly titulo: string;
  readonly folio: string;
  readonly lugar: string;
  readonly intento: number;
  readonly paginas: readonly PaginaImpresa[];
  readonly productos: ReadonlyMap<string, Pick<ProductoImpreso, 'codigo' | 'nombre' | 'unidad' | 'factor'>>;
  readonly ubicaciones: ReadonlyMap<string, UbicacionHoja>;
}

/**
 * The sheet of a conteo for who counts it (their newest intento) or plans it (the newest one). The same for everybody: it is
 * blind also for who may see stock. Throws NO_ENCONTRADO for what the person may not see, PROHIBIDO for who only reviews.
 */
export async function makeHoja(
  tx: Tx,
  quien: { readonly id: string; readonly rol: Rol },
  conteoId: string,
  paginasLibres: number,
): Promise<HojaImpresa> {
  const conteo = await findConteoHoja(tx, conteoId, quien.id);
  if (conteo === undefined) throw new AppError('NO_ENCONTRADO');
  const planea = planeaEn(conteo.proposito).includes(quien.rol);
  // Who counts captures their own attempt; who only plans prints what is being counted now.
  const cuenta = conteo.asignado || conteo.intentoPropio > 1;
  const intento = cuenta ? conteo.intentoPropio : conteo.intento;
  if (!planea && !cuenta) throw new AppError('PROHIBIDO');
  const libre = conteo.alcance === 'libre' && intento === 1;
  const productos = libre ? [] : await findProductosHoja(tx, conteoId, intento);
  const ubicaciones = libre ? [] : await findUbicacionesHoja(tx, conteoId, conteo.almacenId);
  const ids = productos.map(({ id }) => id);
  const paginas = paginasHoja({
    conteoId,
    intento,
    productos: libre ? null : productos,
    ubicaciones,
    lugares: libre
      ? []
      : await findLugaresHoja(
          tx,
          ubicaciones.map(({ id }) => id),
          ids,
        ),
    paginasLibres,
  });
  return {
    titulo: conteo.nombre,
    folio: conteo.folio ?? '',
    lugar: [conteo.tienda, conteo.almacen].filter(Boolean).join(' · '),
    intento,
    paginas: paginas.map((pagina) => ({ ...pagina, qr: textoQrHoja(conteoId, intento, pagina) })),
    productos: new Map(
      productos.map(({ id, codigo, nombre, unidad, factor }) => [id, { codigo, nombre, unidad, factor }]),
    ),
    ubicaciones: new Map(ubicaciones.map((ubicacion) => [ubicacion.id, ubicacion])),
  };
}
