import type * as z from 'zod/mini';
import type { Clock } from '#server/platform/clock.ts';
import type { Db, Tx } from '#server/platform/db/db.ts';
import type {
  CodigoNuevo,
  FotoDeProducto,
  GuardaProducto,
  ProveedorDeProducto,
} from '#shared/contracts/catalogo.ts';
import type { Valor } from '#shared/domain/catalogo/campo.ts';
import { gtinKey, limpiaCodigo } from '#shared/domain/codigos.ts';
import { AppError } from '#shared/errores.ts';
import type { Rol } from '#shared/roles.ts';
import { updateActivo } from './campos.sql.ts';
import { selectConteosAbiertos } from './ficha.sql.ts';
import { anota, conCodigoUnico, type Edita, type Guardado, guardaFila } from './guarda.ts';
import * as sql from './producto.sql.ts';
import { TABLA_PRODUCTO } from './tabla.ts';

export interface Quien {
  readonly id: string;
  readonly rol: Rol;
  readonly tiendaIds: readonly string[];
}
export interface Puerto {
  readonly db: Db;
  readonly clock: Clock;
}

/** A product that may be changed: there, and not joined with another. Throws NO_ENCONTRADO, PRODUCTO_FUSIONADO. */
export async function exigeVigente(tx: Tx, id: string): Promise<sql.EstadoProducto> {
  const estado = await sql.lockEstado(tx, id);
  if (estado === undefined) throw new AppError('NO_ENCONTRADO');
  if (estado.fusionadoEn !== null)
    throw new AppError('PRODUCTO_FUSIONADO', { codigo: estado.fusionadoCodigo });
  return estado;
}

function edita(p: Puerto, tx: Tx, quien: Quien): Edita {
  return { tx, clock: p.clock, por: quien.id };
}

/** Adds or changes a product. Throws as guardaFila does, and PRODUCTO_FUSIONADO. */
export async function guardaProducto(
  p: Puerto,
  quien: Quien,
  entrada: z.infer<typeof GuardaProducto>,
): Promise<Guardado> {
  return conCodigoUnico(entrada.cambios.codigo?.valor, () =>
    p.db.asService(async (tx) => {
      const e = edita(p, tx, quien);
      const antes = await sql.lockEstado(tx, entrada.id);
      if (antes !== undefined) await exigeVigente(tx, entrada.id);
      const hecho = await guardaFila(e, TABLA_PRODUCTO, entrada);
      if (hecho.estado === 'guardado' && entrada.partes !== undefined) {
        const { partes } = entrada;
        const malas = await sql.findPartesMalas(
          tx,
          entrada.id,
          partes.map((x) => x.productoId),
        );
        if (malas.length > 0 || partes.some((x) => !/[1-9]/.test(x.cantidad) || x.cantidad.startsWith('-')))
          throw new AppError('CAMPOS_MALOS', {
            detalle: 'cada parte del juego es un producto vigente, con una cantidad mayor que 0',
          });
        await sql.updatePartes(tx, entrada.id, partes.length === 0 ? null : partes);
        await anota(e, TABLA_PRODUCTO, entrada.id, 'partes', {}, { partes });
      }
      return hecho;
    }),
  );
}

/**
 * Takes a product out of use, or back. Its history and its place in open conteos stay: they are decided as any other, and
 * no new conteo takes it. Without `confirmado` a product in open conteos is only told of. Throws PRODUCTO_EN_CONTEO.
 */
export async function cambiaActivo(
  p: Puerto,
  quien: Quien,
  { id, activo, confirmado }: { id: string; activo: boolean; confirmado: boolean },
): Promise<{ cambio: boolean }> {
  return p.db.asService(async (tx) => {
    await exigeVigente(tx, id);
    if (!activo && !confirmado) {
      const conteos = await selectConteosAbiertos(tx, [id]);
      if (conteos.length > 0)
        throw new AppError('PRODUCTO_EN_CONTEO', { folios: conteos.map((c) => c.folio).join(', ') });
    }
    const cambio = await updateActivo(tx, TABLA_PRODUCTO, id, activo);
    if (cambio) {
      await anota(edita(p, tx, quien), TABLA_PRODUCTO, id, activo ? 'reactivado' : 'baja', {
        isActive: { antes: !activo, despues: activo },
      });
    }
    return { cambio };
  });
}

/** Adds a code; tells which other products have it too. Throws CODIGO_DE_PRODUCTO_REPETIDO, CAMPOS_MALOS. */
export async function agregaCodigo(
  p: Puerto,
  quien: Quien,
  entrada: z.infer<typeof CodigoNuevo>,
): Promise<{ tambien: { codigo: string; nombre: string }[] }> {
  const codigo = limpiaCodigo(entrada.codigo);
  if (codigo === '') throw new AppError('CAMPOS_MALOS', { detalle: 'el código está vacío' });
  if (!/[1-9]/.test(entrada.factor) || entrada.factor.startsWith('-'))
    throw new AppError('CAMPOS_MALOS', { detalle: 'el factor debe ser mayor que 0' });
  return p.db.asService(async (tx) => {
    await exigeVigente(tx, entrada.productoId);
    const habido = await sql.findCodigo(tx, entrada.productoId, codigo);
    if (habido?.isActive && habido.id !== entrada.id)
      throw new AppError('CODIGO_DE_PRODUCTO_REPETIDO', { codigo });
    const claveGtin = gtinKey(codigo);
    await sql.upsertCodigo(tx, { ...entrada, codigo, claveGtin });
    const despues: Valor = `×${entrada.factor}`;
    await anota(edita(p, tx, quien), TABLA_PRODUCTO, entrada.productoId, 'codigo', {
      [`código ${codigo}`]: { antes: habido?.isActive ? `×${habido.factor}` : null, despues },
    });
    return { tambien: await sql.findMismoCodigo(tx, entrada.productoId, codigo, claveGtin) };
  });
}

/** Changes factor, kind and name of a code in use. */
export async function cambiaCodigo(
  p: Puerto,
  quien: Quien,
  entrada: z.infer<typeof CodigoNuevo>,
): Promise<void> {
  if (!/[1-9]/.test(entrada.factor) || entrada.factor.startsWith('-'))
    throw new AppError('CAMPOS_MALOS', { detalle: 'el factor debe ser mayor que 0' });
  await p.db.asService(async (tx) => {
    await exigeVigente(tx, entrada.productoId);
    const codigo = limpiaCodigo(entrada.codigo);
    const habido = await sql.findCodigo(tx, entrada.productoId, codigo);
    if (habido === undefined) throw new AppError('NO_ENCONTRADO');
    await sql.upsertCodigo(tx, { ...entrada, id: habido.id, codigo, claveGtin: gtinKey(codigo) });
    await anota(edita(p, tx, quien), TABLA_PRODUCTO, entrada.productoId, 'codigo', {
      [`código ${codigo}`]: { antes: `×${habido.factor}`, despues: `×${entrada.factor}` },
    });
  });
}

export async function quitaCodigo(
  p: Puerto,
  quien: Quien,
  { productoId, codigo }: { productoId: string; codigo: string },
): Promise<void> {
  await p.db.asService(async (tx) => {
    await exigeVigente(tx, productoId);
    const quitado = await sql.deactivateCodigo(tx, productoId, codigo);
    if (quitado === undefined) return;
    await anota(edita(p, tx, quien), TABLA_PRODUCTO, productoId, 'codigo', {
      [`código ${codigo}`]: { antes: `×${quitado.factor}`, despues: null },
    });
  });
}

/** A bin of the person's own shops, or of any for an admin. Throws UBICACION_DE_OTRO. */
export async function ponUbicacion(
  p: Puerto,
  quien: Quien,
  { productoId, ubicacionId, esta }: { productoId: string; ubicacionId: string; esta: boolean },
): Promise<void> {
  await p.db.asService(async (tx) => {
    await exigeVigente(tx, productoId);
    const lugar = await sql.findTiendaDeUbicacion(tx, ubicacionId);
    if (lugar === undefined || !(quien.rol === 'admin' || quien.tiendaIds.includes(lugar.tiendaId)))
      throw new AppError('UBICACION_DE_OTRO');
    if (!(await sql.setUbicacion(tx, productoId, ubicacionId, esta))) return;
    await anota(
      { ...edita(p, tx, quien), tiendaId: lugar.tiendaId },
      TABLA_PRODUCTO,
      productoId,
      'ubicacion',
      {
        [`ubicación ${lugar.codigo}`]: { antes: !esta, despues: esta },
      },
    );
  });
}

export async function ponProveedor(
  p: Puerto,
  quien: Quien,
  entrada: z.infer<typeof ProveedorDeProducto>,
): Promise<void> {
  for (const [nombre, valor] of [
    ['la compra mínima', entrada.minimoCompra],
    ['el empaque', entrada.empaque],
  ] as const) {
    if (valor !== null && (!/[1-9]/.test(valor) || valor.startsWith('-')))
      throw new AppError('CAMPOS_MALOS', { detalle: `${nombre} debe ser mayor que 0` });
  }
  if (entrada.costo?.startsWith('-'))
    throw new AppError('CAMPOS_MALOS', { detalle: 'el costo no puede ser negativo' });
  await p.db.asService(async (tx) => {
    await exigeVigente(tx, entrada.productoId);
    await sql.upsertProveedor(tx, entrada);
    await anota(
      edita(p, tx, quien),
      TABLA_PRODUCTO,
      entrada.productoId,
      'proveedor',
      {},
      { proveedor: entrada },
    );
  });
}

export async function quitaProveedor(
  p: Puerto,
  quien: Quien,
  { productoId, proveedorId }: { productoId: string; proveedorId: string },
): Promise<void> {
  await p.db.asService(async (tx) => {
    if (!(await sql.deleteProveedor(tx, productoId, proveedorId))) return;
    await anota(edita(p, tx, quien), TABLA_PRODUCTO, productoId, 'proveedor', {}, { quitado: proveedorId });
  });
}

/** The photo was sent before by `PUT /api/archivos/:sha256`; null takes it away. */
export async function ponFoto(
  p: Puerto,
  quien: Quien,
  { id, sha256 }: z.infer<typeof FotoDeProducto>,
): Promise<{ imagenUrl: string | null }> {
  return p.db.asService(async (tx) => {
    const antes = await exigeVigente(tx, id);
    if (sha256 !== null && !(await sql.existsArchivo(tx, sha256))) throw new AppError('NO_ENCONTRADO');
    const imagenUrl = sha256 === null ? null : `/api/archivos/${sha256}`;
    if (antes.imagenUrl !== imagenUrl) {
      await sql.updateImagen(tx, id, imagenUrl);
      await anota(edita(p, tx, quien), TABLA_PRODUCTO, id, 'foto', {
        foto: { antes: antes.imagenUrl, despues: imagenUrl },
      });
    }
    return { imagenUrl };
  });
}
