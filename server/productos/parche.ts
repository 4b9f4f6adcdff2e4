import type { Clock } from '#server/platform/clock.ts';
import type { Tx } from '#server/platform/db/db.ts';
import type { ArgsDe } from '#shared/contracts/mutadores.ts';
import { decimalCorto, type Valor } from '#shared/domain/catalogo/campo.ts';
import { CAMPOS_SIN_SENAL } from '#shared/domain/catalogo/campos-producto.ts';
import { type Cambios, funde } from '#shared/domain/catalogo/parche.ts';
import { gtinKey, limpiaCodigo } from '#shared/domain/codigos.ts';
import { AppError } from '#shared/errores.ts';
import { EDITA_PRODUCTOS, type Rol } from '#shared/roles.ts';
import { findUltimoCambio, lockFila, updateFilas } from './campos.sql.ts';
import { anota, diferencias, type Edita, revisaCampos } from './guarda.ts';
import { insertConflicto, insertParche, sameParche } from './parche.sql.ts';
import * as sql from './producto.sql.ts';
import { TABLA_PRODUCTO } from './tabla.ts';

export type Parche = ArgsDe<'producto.parche/1'>;
export interface AutorParche {
  readonly id: string;
  readonly rol: Rol;
  readonly tiendaIds: readonly string[];
}

/** JSON of a patch whose keys always come in one order, to know it again. */
function textoDe(parche: Parche): string {
  return JSON.stringify(parche);
}

/**
 * Applies a patch made on a phone, field by field: what is still as its author saw it changes; what another person changed
 * meanwhile is kept as a conflict for a manager, never lost and never overwritten. Codes and bins are added and removed. A
 * patch of a product that was joined goes to the one that stayed. Twice is once. Returns how many fields wait. Throws
 * PROHIBIDO, PRODUCTO_DESCONOCIDO, CAMPOS_MALOS, UBICACION_DE_OTRO, ID_REPETIDO.
 */
export async function aplicaParche(
  tx: Tx,
  clock: Clock,
  autor: AutorParche,
  parche: Parche,
  recibidoEn: Date,
): Promise<{ conflictos: number }> {
  const igual = await sameParche(tx, parche.id, textoDe(parche));
  if (igual === true) return { conflictos: 0 };
  if (igual === false) throw new AppError('ID_REPETIDO');
  if (!EDITA_PRODUCTOS.includes(autor.rol)) throw new AppError('PROHIBIDO');
  const estado = await sql.lockEstado(tx, parche.productoId);
  if (estado === undefined) throw new AppError('PRODUCTO_DESCONOCIDO');
  const productoId = estado.fusionadoEn ?? parche.productoId;
  const fila = (await lockFila(tx, TABLA_PRODUCTO, productoId))!;
  const cambios = camposDe(parche);
  await insertParche(tx, {
    id: parche.id,
    productoId,
    args: textoDe(parche),
    por: autor.id,
    en: parche.en,
    recibidoEn,
  });
  const { aplica, choques } = funde(TABLA_PRODUCTO.campos, fila, cambios);
  const edita: Edita = { tx, clock, por: autor.id };
  await updateFilas(tx, TABLA_PRODUCTO, [productoId], aplica);
  if (Object.keys(aplica).length > 0) {
    await anota(edita, TABLA_PRODUCTO, productoId, 'editado', diferencias(fila, aplica), {
      parche: parche.id,
    });
  }
  for (const { campo, base, valor, encontrado } of choques) {
    const ultimo = await findUltimoCambio(tx, 'producto', productoId, campo);
    const texto = (v: Valor) => (v === null ? null : String(v));
    await insertConflicto(tx, {
      parcheId: parche.id,
      productoId,
      campo,
      base: texto(base),
      valor: texto(valor),
      encontrado: texto(encontrado),
      encontradoPor: ultimo?.usuarioId ?? null,
    });
  }
  let conflictos = choques.length;
  for (const c of parche.codigos) conflictos += await codigo(edita, productoId, parche.id, c);
  for (const u of parche.ubicaciones) await ubicacion(edita, autor, productoId, u);
  return { conflictos };
}

function camposDe(parche: Parche): Cambios {
  const pedidos = CAMPOS_SIN_SENAL.flatMap((campo) => {
    const cambio = parche.campos[campo];
    return cambio === undefined ? [] : [[campo, cambio] as const];
  });
  const valores = revisaCampos(
    TABLA_PRODUCTO.campos,
    Object.fromEntries(pedidos.map(([campo, c]) => [campo, c.valor])),
  );
  return Object.fromEntries(
    pedidos.map(([campo, c]) => [campo, { base: c.base, valor: valores[campo] ?? null }]),
  );
}

/** 1 when the product has that code with another factor: which one is right is for a person to say. */
async function codigo(
  edita: Edita,
  productoId: string,
  parcheId: string,
  c: Parche['codigos'][number],
): Promise<number> {
  const { tx } = edita;
  const limpio = limpiaCodigo(c.codigo);
  const campo = `código ${limpio}`;
  if (c.op === 'quita') {
    const quitado = await sql.deactivateCodigo(tx, productoId, limpio);
    if (quitado !== undefined) {
      await anota(edita, TABLA_PRODUCTO, productoId, 'codigo', {
        [campo]: { antes: `×${quitado.factor}`, despues: null },
      });
    }
    return 0;
  }
  if (limpio === '' || !/[1-9]/.test(c.factor) || c.factor.startsWith('-'))
    throw new AppError('CAMPOS_MALOS', { detalle: 'el código está vacío o su factor no es mayor que 0' });
  const habido = await sql.findCodigo(tx, productoId, limpio);
  if (habido?.isActive) {
    if (decimalCorto(habido.factor) === decimalCorto(c.factor)) return 0;
    await insertConflicto(tx, {
      parcheId,
      productoId,
      campo,
      base: null,
      valor: c.factor,
      encontrado: habido.factor,
      encontradoPor: (await findUltimoCambio(tx, 'producto', productoId, campo))?.usuarioId ?? null,
    });
    return 1;
  }
  await sql.upsertCodigo(tx, {
    id: c.id,
    productoId,
    codigo: limpio,
    claveGtin: gtinKey(limpio),
    factor: c.factor,
    tipo: decimalCorto(c.factor) === '1' ? 'barras' : 'caja',
    nombre: c.nombre,
  });
  await anota(edita, TABLA_PRODUCTO, productoId, 'codigo', {
    [campo]: { antes: null, despues: `×${c.factor}` },
  });
  return 0;
}

async function ubicacion(
  edita: Edita,
  autor: AutorParche,
  productoId: string,
  u: Parche['ubicaciones'][number],
): Promise<void> {
  const lugar = await sql.findTiendaDeUbicacion(edita.tx, u.ubicacionId);
  const suya = lugar !== undefined && (autor.rol === 'admin' || autor.tiendaIds.includes(lugar.tiendaId));
  // As row-level security says it: who manages a shop says where things lie in it.
  if (!suya || autor.rol === 'comprador') throw new AppError('UBICACION_DE_OTRO');
  const esta = u.op === 'agrega';
  if (!(await sql.setUbicacion(edita.tx, productoId, u.ubicacionId, esta))) return;
  await anota({ ...edita, tiendaId: lugar.tiendaId }, TABLA_PRODUCTO, productoId, 'ubicacion', {
    [`ubicación ${lugar.codigo}`]: { antes: !esta, despues: esta },
  });
}
