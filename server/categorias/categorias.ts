import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Db, Tx } from '#server/platform/db/db.ts';
import { descendencia, estorbo, type Rama } from '#shared/domain/catalogo/arbol.ts';
import { type Campo, validaCampo } from '#shared/domain/catalogo/campo.ts';
import { AppError } from '#shared/errores.ts';
import { plural } from '#shared/formato.ts';
import * as sql from './categorias.sql.ts';

interface Puerto {
  readonly db: Db;
  readonly clock: Clock;
}
interface Quien {
  readonly id: string;
}

const NOMBRE: Campo = {
  campo: 'nombre',
  columna: 'nombre',
  nombre: 'Nombre',
  tipo: 'texto',
  maximo: 80,
  requerido: true,
};

function nombreBueno(texto: string): string {
  const validado = validaCampo(NOMBRE, texto);
  if (!validado.ok) throw new AppError('CAMPOS_MALOS', { detalle: validado.frase });
  return String(validado.valor);
}

async function anota(
  tx: Tx,
  p: Puerto,
  quien: Quien,
  id: string,
  verbo: string,
  campos: Record<string, { antes: unknown; despues: unknown }>,
): Promise<void> {
  await audita(tx, {
    id: p.clock.newId(),
    en: p.clock.now(),
    usuarioId: quien.id,
    accion: `categoria.${verbo}`,
    entidad: 'categoria',
    entidadId: id,
    tiendaId: null,
    datos: { campos },
  });
}

function exige(ramas: readonly (Rama & { isActive: boolean })[], id: string) {
  const rama = ramas.find((r) => r.id === id);
  if (rama === undefined) throw new AppError('NO_ENCONTRADO');
  return rama;
}

/** Refuses what would close a circle or go too deep. */
function exigeLugar(ramas: readonly Rama[], id: string, a: string | null): void {
  const que = estorbo(ramas, id, a);
  if (que !== null) throw new AppError(que === 'circulo' ? 'CATEGORIA_CIRCULO' : 'CATEGORIA_HONDA');
}

/** Adds a category, or changes its name. Throws CATEGORIA_REPETIDA, CAMPOS_MALOS, CATEGORIA_HONDA, NO_ENCONTRADO. */
export async function guardaCategoria(
  p: Puerto,
  quien: Quien,
  c: { id: string; nuevo: boolean; nombre: string; descripcion: string | null; parentId: string | null },
): Promise<void> {
  const nombre = nombreBueno(c.nombre);
  const descripcion = c.descripcion?.trim() || null;
  await p.db.asService(async (tx) => {
    const ramas = await sql.lockArbol(tx);
    const otra = await sql.findPorNombre(tx, nombre, c.id);
    if (otra !== undefined) throw new AppError('CATEGORIA_REPETIDA', { nombre: otra.nombre });
    const antes = await sql.findCategoria(tx, c.id);
    if (antes === undefined && !c.nuevo) throw new AppError('NO_ENCONTRADO');
    if (antes === undefined) {
      if (c.parentId !== null) exige(ramas, c.parentId);
      exigeLugar([...ramas, { id: c.id, nombre, parentId: null }], c.id, c.parentId);
      await sql.insertCategoria(tx, { ...c, nombre, descripcion });
      await anota(tx, p, quien, c.id, 'creada', { nombre: { antes: null, despues: nombre } });
      return;
    }
    if (antes.nombre === nombre && antes.descripcion === descripcion) return;
    await sql.updateCategoria(tx, { id: c.id, nombre, descripcion });
    await anota(tx, p, quien, c.id, 'editada', { nombre: { antes: antes.nombre, despues: nombre } });
  });
}

/** Puts a category, with all below it, under another or at the top. Throws CATEGORIA_CIRCULO, CATEGORIA_HONDA, NO_ENCONTRADO. */
export async function mueveCategoria(
  p: Puerto,
  quien: Quien,
  { id, a }: { id: string; a: string | null },
): Promise<void> {
  await p.db.asService(async (tx) => {
    const ramas = await sql.lockArbol(tx);
    const rama = exige(ramas, id);
    if (a !== null) exige(ramas, a);
    if (rama.parentId === a) return;
    exigeLugar(ramas, id, a);
    await sql.setPadre(tx, id, a);
    await anota(tx, p, quien, id, 'movida', { parentId: { antes: rama.parentId, despues: a } });
  });
}

/**
 * Joins one category into another: its products and daughters pass on, and it goes out of use. Throws CATEGORIA_CIRCULO
 * when the other lies inside it, CATEGORIA_HONDA, NO_ENCONTRADO.
 */
export async function uneCategorias(
  p: Puerto,
  quien: Quien,
  { de, a }: { de: string; a: string },
): Promise<{ productos: number }> {
  return p.db.asService(async (tx) => {
    const ramas = await sql.lockArbol(tx);
    const [origen, destino] = [exige(ramas, de), exige(ramas, a)];
    if (descendencia(ramas, de).has(a)) throw new AppError('CATEGORIA_CIRCULO');
    const hijas = ramas.filter((r) => r.parentId === de);
    for (const hija of hijas) exigeLugar(ramas, hija.id, a);
    const productos = await sql.vaciaEn(tx, de, a);
    await sql.setActiva(tx, de, false);
    await anota(tx, p, quien, de, 'unida', { en: { antes: origen.nombre, despues: destino.nombre } });
    await anota(tx, p, quien, a, 'recibio', {
      productos: { antes: null, despues: productos },
      hijas: { antes: null, despues: hijas.map((h) => h.id) },
    });
    return { productos };
  });
}

/**
 * Takes an empty category out of use, or back. One with products in use is refused by name; its daughters keep their place
 * and are shown under it. Throws CATEGORIA_CON_PRODUCTOS, NO_ENCONTRADO.
 */
export async function cambiaCategoriaActiva(
  p: Puerto,
  quien: Quien,
  { id, activa }: { id: string; activa: boolean },
): Promise<void> {
  await p.db.asService(async (tx) => {
    const ramas = await sql.lockArbol(tx);
    const rama = exige(ramas, id);
    if (rama.isActive === activa) return;
    if (!activa) {
      const dentro = descendencia(ramas, id);
      let cuantos = 0;
      for (const cual of dentro) cuantos += await sql.countProductosDe(tx, cual);
      if (cuantos > 0) {
        throw new AppError('CATEGORIA_CON_PRODUCTOS', {
          nombre: rama.nombre,
          cuantos: plural(cuantos, 'producto', 'productos'),
        });
      }
      for (const cual of dentro) await sql.setActiva(tx, cual, false);
    } else await sql.setActiva(tx, id, true);
    await anota(tx, p, quien, id, activa ? 'reactivada' : 'baja', {
      isActive: { antes: !activa, despues: activa },
    });
  });
}
