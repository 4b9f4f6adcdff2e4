import { describe, expect, test } from 'vitest';
import type { FilaMovimiento, FilaProducto } from '#shared/contracts/importar.ts';
import '#shared/codes.ts';
import { isAppError, mensajeDe } from '#shared/errores.ts';
import type { Caso, Importa, Niega } from './pesadilla/caso.ts';
import { CASOS_NEGADOS } from './pesadilla/casos-negados.ts';
import { CASOS_TEXTO } from './pesadilla/casos-texto.ts';
import { CASOS_VIEJOS } from './pesadilla/casos-viejos.ts';
import { CASOS_XLSX } from './pesadilla/casos-xlsx.ts';
import { enCorto, type Leido, lee, tipos } from './pesadilla/lee.ts';

const COMO_PRODUCTO = ({ fila, codigo, campos }: FilaProducto): string =>
  [fila, codigo, campos.nombre, campos.precio].filter((una) => una !== undefined).join(' ');

function comprueba(leido: Leido, espera: Importa): void {
  const { analisis, filas, problemas, reparaciones } = leido;
  expect(analisis.tipo.tipo).toBe(espera.tipo);
  expect(espera.tipo === 'productos' ? (filas as FilaProducto[]).map(COMO_PRODUCTO) : enCorto(filas)).toEqual(
    espera.filas,
  );
  expect(tipos(problemas)).toEqual(espera.problemas ?? []);
  expect(analisis.filas.utiles - analisis.filas.conError).toBeGreaterThanOrEqual(filas.length);
  expect(analisis.filas.leidas).toBe(analisis.filas.utiles + analisis.filas.ignoradas);
  // Nothing is told without a way out.
  for (const { user_message, suggestions } of problemas) {
    expect(user_message).toMatch(/^.{10,}[.?]$/s);
    expect(user_message).not.toMatch(/undefined|\{|NaN/);
    expect(suggestions.length).toBeGreaterThan(0);
  }
  if (espera.reparaciones !== undefined) {
    expect(reparaciones.map(({ antes, despues }) => `${antes} → ${despues}`)).toEqual(espera.reparaciones);
  }
  for (const [campo, letra] of Object.entries(espera.columnas ?? {})) {
    expect(analisis.columnas.find((una) => una.campo === campo)?.letra).toBe(letra);
  }
  if (espera.almacen !== undefined) expect(analisis.almacen?.almacenId ?? null).toBe(espera.almacen);
  if (espera.fecha !== undefined) expect(analisis.fecha?.fecha ?? null).toBe(espera.fecha);
  if (espera.almacenes !== undefined) {
    expect((filas as FilaMovimiento[]).map(({ almacenId }) => almacenId)).toEqual(espera.almacenes);
  }
}

async function niega(leer: () => Promise<unknown>, espera: Niega): Promise<void> {
  const error = await leer().then(
    () => null,
    (fallo: unknown) => fallo,
  );
  if (!isAppError(error)) throw error ?? new Error('se leyó y no debía');
  expect(error.code).toBe(espera.codigo);
  const frase = mensajeDe(error.code, error.data);
  expect(frase).toMatch(espera.dice);
  expect(frase).toMatch(/No se importó nada/);
  expect(frase).not.toMatch(/\{|undefined/);
}

function prueba(casos: readonly Caso[]): void {
  test.each(casos)('$nombre', async ({ archivo, bytes, opciones, espera }) => {
    if ('codigo' in espera) await niega(() => lee(bytes(), archivo, opciones), espera);
    else comprueba(await lee(bytes(), archivo, opciones), espera);
  });
}

describe('libros .xlsx escritos a mano', () => prueba(CASOS_XLSX));

describe('CSV, HTML, XML y libros de LibreOffice', () => prueba(CASOS_TEXTO));

describe('libros de Excel de antes', () => prueba(CASOS_VIEJOS));

describe('archivos que se niegan con una frase que dice qué hacer', () => prueba(CASOS_NEGADOS));
