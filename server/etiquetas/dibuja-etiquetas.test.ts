import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareZXingModule, type ReadInputBarcodeFormat, readBarcodes } from 'zxing-wasm/reader';
import { pintaPdf } from '#server/platform/pdf/pinta.ts';
import { checkDigit, lookupKeys } from '#shared/domain/codigos.ts';
import {
  type ClaveFormato,
  FORMATOS_ETIQUETA,
  lugarEtiqueta,
  paginasDe,
  porPagina,
  simboloDe,
} from '#shared/domain/etiqueta.ts';
import type { DatosEtiquetas } from './dibuja-etiquetas.ts';
import type { Etiqueta } from './etiquetas.ts';

const run = promisify(execFile);
const DIBUJO = new URL('./dibuja-etiquetas.ts', import.meta.url);
const DPI = 300;
const FORMATOS: ReadInputBarcodeFormat[] = ['EAN13', 'EAN8', 'UPCA', 'ITF', 'Code128', 'QRCode'];
/** What is not there to read pages back with; the test says so instead of passing. */
const sinPdftoppm = spawnSync('pdftoppm', ['-v']).error !== undefined;

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'etiquetas-'));
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const bytes = await readFile(wasm);
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(bytes).buffer } });
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const conDigito = (digitos: string) => `${digitos}${checkDigit(digitos)}`;

/** Each kind of code by turns, all different, with names and codes as car-part shops have them. */
function etiquetaDe(n: number): Etiqueta {
  const serie = String(n).padStart(6, '0');
  const barras = [
    conDigito(`750100${serie}`),
    `PH-${serie}`,
    conDigito(`03600${serie}`),
    conDigito(`1750100${serie}`),
    conDigito(`9${serie}`),
    `205/55R16 ${serie}`,
    `ÑANDÚ-${serie}`,
  ][n % 7]!;
  return {
    tipo: 'producto',
    barras,
    simbolo: simboloDe(barras)!,
    codigo: n % 7 === 1 ? barras : `BAL-${serie}-DEL`,
    texto: `Balata delantera cerámica para Nissan Versa 2012-2019, juego de cuatro piezas n.º ${n}`,
    detalle: '',
    precio: null,
  };
}

/** A page as grey pixels. */
async function pagina(pdf: string, numero: number): Promise<{ ancho: number; alto: number; gris: Buffer }> {
  const { stdout } = await run(
    'pdftoppm',
    ['-gray', '-r', String(DPI), '-f', String(numero), '-l', String(numero), pdf],
    { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 },
  );
  const cabeza = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(stdout.subarray(0, 40).toString('latin1'))!;
  return { ancho: Number(cabeza[1]), alto: Number(cabeza[2]), gris: stdout.subarray(cabeza[0].length) };
}

/** Codes that a reader finds in a piece of the page, given in points. */
async function lee(
  hoja: Awaited<ReturnType<typeof pagina>>,
  caja: { x: number; y: number; ancho: number; alto: number },
): Promise<string[]> {
  const px = (puntos: number) => Math.round((puntos * DPI) / 72);
  const [x, y] = [px(caja.x), px(caja.y)];
  const ancho = Math.min(px(caja.ancho), hoja.ancho - x);
  const alto = Math.min(px(caja.alto), hoja.alto - y);
  const data = new Uint8ClampedArray(ancho * alto * 4).fill(255);
  for (let fila = 0; fila < alto; fila += 1) {
    for (let columna = 0; columna < ancho; columna += 1) {
      const gris = hoja.gris[(y + fila) * hoja.ancho + x + columna]!;
      data.fill(gris, (fila * ancho + columna) * 4, (fila * ancho + columna) * 4 + 3);
    }
  }
  const imagen = { data, width: ancho, height: alto, colorSpace: 'srgb' } as ImageData;
  const leidos = await readBarcodes(imagen, { formats: FORMATOS, textMode: 'Plain', tryHarder: true });
  return leidos.filter(({ isValid }) => isValid).map(({ text }) => text);
}

/** Reads every label of the pages back; a code and its EAN-13 spelling are the same (`lookupKeys`). */
async function comprueba(datos: DatosEtiquetas, paginas: readonly number[]): Promise<number> {
  const formato = FORMATOS_ETIQUETA[datos.formato];
  const archivo = path.join(dir, `${datos.formato}-${datos.etiquetas.length}.pdf`);
  const bytes = await pintaPdf(DIBUJO, datos);
  await writeFile(archivo, bytes);
  let leidas = 0;
  for (const numero of paginas) {
    const hoja = await pagina(archivo, numero);
    for (const [i, etiqueta] of datos.etiquetas.entries()) {
      const lugar = lugarEtiqueta(formato, i, datos.desde);
      if (lugar.pagina !== numero - 1) continue;
      const textos = await lee(hoja, { ...lugar, ancho: formato.ancho, alto: formato.alto });
      expect([etiqueta.barras, textos.length]).toEqual([etiqueta.barras, 1]);
      expect(lookupKeys(textos[0]!)).toContain(lookupKeys(etiqueta.barras).at(-1));
      leidas += 1;
    }
  }
  return leidas;
}

describe.skipIf(sinPdftoppm)('labels read back (needs pdftoppm)', () => {
  test('a label sheet of 2,000: every bar of its first, middle and last page reads as its code', async () => {
    const etiquetas = Array.from({ length: 2_000 }, (_, n) => etiquetaDe(n));
    const formato = FORMATOS_ETIQUETA['carta-30'];
    const desde = 8;
    const ultima = paginasDe(formato, etiquetas.length, desde);
    expect(ultima).toBe(67);
    const leidas = await comprueba({ etiquetas, formato: 'carta-30', copias: 1, desde }, [1, 34, ultima]);
    expect(leidas).toBe(23 + 30 + (2_000 - 23 - 65 * 30));
  });

  test.each<ClaveFormato>(['carta-14', 'rollo-50x25', 'rollo-100x50'])(
    'products and bins in %s read as their codes, long ones as QR',
    async (clave) => {
      const ubicacion = (codigo: string): Etiqueta => ({
        tipo: 'ubicacion',
        barras: codigo,
        simbolo: simboloDe(codigo)!,
        codigo,
        texto: 'Anaquel del fondo',
        detalle: 'Zona A · Almacén Centro',
        precio: null,
      });
      const etiquetas: Etiqueta[] = [
        ...Array.from({ length: 7 }, (_, n) => ({ ...etiquetaDe(n), precio: '$1,234.00' })),
        ubicacion('A-03-2'),
        ubicacion('PASILLO-12-ANAQUEL-04-NIVEL-3-B'),
        ubicacion('Sótano ñ-1'),
      ];
      const paginas = porPagina(FORMATOS_ETIQUETA[clave]) === 1 ? etiquetas.map((_, n) => n + 1) : [1];
      expect(await comprueba({ etiquetas, formato: clave, copias: 1, desde: 1 }, paginas)).toBe(10);
    },
  );
});
