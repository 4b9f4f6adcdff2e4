import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as espera } from 'node:timers/promises';
import { expect, test } from 'vitest';
import '#shared/codes.ts';
import { type Analiza, analiza, analizaConLimites } from '#server/importar/analiza.ts';
import { mensajeDe } from '#shared/errores.ts';
import { BUENO } from './pesadilla/casos-negados.ts';
import { CATALOGO } from './pesadilla/catalogo.ts';
import { enCorto, HOY, lee } from './pesadilla/lee.ts';
import { celdaXml, escapa, libro, partesDe } from './pesadilla/libro.ts';
import { zip } from './pesadilla/zip.ts';

const DIA = 'Inventario CDMX-01 2026-03-05.xlsx';
const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

/** A book whose sheet is that XML. */
function conHoja(xml: string, textos?: string[]): Buffer {
  return libro({ hojas: [{ nombre: 'Hoja1', filas: [], xml }], ...(textos === undefined ? {} : { textos }) });
}

/** Few rows with data among 1,048,576 that only have a colour: what «Ctrl+A» leaves behind. */
function pintada(): Buffer {
  const trozos = [
    '<row r="1"><c r="A1" t="str"><v>Clave</v></c><c r="B1" t="str"><v>Existencia</v></c></row>',
  ];
  for (let fila = 2; fila <= 1_048_576; fila += 1) {
    trozos.push(
      fila % 524_288 === 0
        ? `<row r="${fila}">${celdaXml('FIL-001', `A${fila}`)}${celdaXml(fila / 524_288, `B${fila}`)}</row>`
        : `<row r="${fila}" s="1"><c r="A${fila}" s="1"/></row>`,
    );
  }
  const xml = `<worksheet ${NS}><sheetData>${trozos.join('')}</sheetData></worksheet>`;
  const partes = partesDe({ hojas: [{ nombre: 'Hoja1', filas: [] }] });
  return zip(
    partes.map((parte) => (parte.nombre === 'xl/worksheets/sheet1.xml' ? { ...parte, datos: xml } : parte)),
  );
}

const lento = { timeout: 60_000 };

test('una hoja de 1,048,576 filas se lee en un proceso propio y sin pasar de 30 s', lento, async () => {
  const bytes = pintada();
  const desde = performance.now();
  const { filas, analisis } = await lee(bytes, DIA, { respuestas: { producto_dos_veces: 'sumar' } }, analiza);
  expect(enCorto(filas)).toEqual(['524288 FIL-001 1', '1048576 FIL-001 2']);
  expect(analisis.hojas[0]?.filas).toBe(1_048_576);
  expect(performance.now() - desde).toBeLessThan(30_000);
});

test('textos comunes enormes que no caben en la memoria se niegan con una frase', lento, async () => {
  // 90 MB of one repeated text deflate to a few kB; what remains in memory is what is limited.
  const si = `<si><t>${escapa('repuesto '.repeat(100))}</t></si>`;
  const cabeza = `<sst ${NS}>`;
  const cuerpo = si.repeat(180_000);
  const partes = partesDe({
    hojas: [{ nombre: 'H', filas: [[{ xml: '<c t="s"><v>0</v></c>' }, 1]] }],
    textos: ['x'],
  });
  const datos = `${cabeza}${cuerpo}</sst>`;
  // Noise keeps the ratio of a real book.
  const ruido = {
    nombre: 'xl/media/foto.png',
    datos: Buffer.from(Array.from({ length: 1_500_000 }, (_, i) => (i * i * 31 + (i >> 3)) & 255)),
    sinComprimir: true,
  };
  const bytes = zip([
    ...partes.map((parte) => (parte.nombre === 'xl/sharedStrings.xml' ? { ...parte, datos } : parte)),
    ruido,
  ]);
  await expect(lee(bytes, DIA, {}, analiza)).rejects.toMatchObject({ code: 'IMPORTACION_MEMORIA' });
  expect(mensajeDe('IMPORTACION_MEMORIA')).toMatch(/guárdalo como CSV/);
});

test('un .ods que dice repetir una celda por toda la hoja se niega', lento, async () => {
  const ns =
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"';
  const celda =
    '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>';
  const fila = `<table:table-row table:number-rows-repeated="1048576">${celda}</table:table-row>`;
  const bytes = zip([
    { nombre: 'mimetype', datos: 'application/vnd.oasis.opendocument.spreadsheet', sinComprimir: true },
    {
      nombre: 'content.xml',
      datos: `<office:document-content ${ns}><office:body><office:spreadsheet><table:table table:name="A">${fila}</table:table></office:spreadsheet></office:body></office:document-content>`,
    },
  ]);
  await expect(lee(bytes, 'a.ods', {}, analiza)).rejects.toMatchObject({
    code: expect.stringMatching(/^IMPORTACION_/),
  });
});

test('un archivo que no acaba de leerse se detiene a tiempo y su proceso termina', lento, async () => {
  const filas = Array.from(
    { length: 40_000 },
    (_, i) => `<row><c t="str"><v>FIL-${i}</v></c><c><v>1</v></c></row>`,
  );
  const bytes = conHoja(
    `<worksheet ${NS}><sheetData><row><c t="str"><v>Clave</v></c><c t="str"><v>Existencia</v></c></row>${filas.join('')}</sheetData></worksheet>`,
  );
  const apurado: Analiza = (entrada, oyente, signal) =>
    analizaConLimites(entrada, oyente, signal, { silencioMs: 20 });
  await expect(lee(bytes, DIA, {}, apurado)).rejects.toMatchObject({ code: 'IMPORTACION_TARDADA' });
});

test('un archivo que pide más memoria de la suya se niega sin tocar al servidor', lento, async () => {
  const estrecho: Analiza = (entrada, oyente, signal) =>
    analizaConLimites(entrada, oyente, signal, { memoriaMb: 24 });
  const textos = Array.from({ length: 120_000 }, (_, i) => `texto ${i} ${'largo '.repeat(20)}`);
  await expect(
    lee(
      conHoja(
        `<worksheet ${NS}><sheetData><row><c t="s"><v>0</v></c><c><v>1</v></c></row></sheetData></worksheet>`,
        textos,
      ),
      DIA,
      {},
      estrecho,
    ),
  ).rejects.toMatchObject({ code: 'IMPORTACION_MEMORIA' });
});

test('una importación se cancela: rechaza con el motivo y nada más llega', lento, async () => {
  const aborta = new AbortController();
  const motivo = new Error('ya no');
  const entrada = { bytes: BUENO(), filename: DIA, opciones: {}, catalogo: CATALOGO, mapas: {}, hoy: HOY };
  let despues = 0;
  const oyente = {
    filas: async () => {
      despues += 1;
    },
    problemas: async () => {},
    reparaciones: async () => {},
    avance: () => {},
  };
  const corrida = analiza(entrada, oyente, aborta.signal);
  aborta.abort(motivo);
  await expect(corrida).rejects.toBe(motivo);
  await espera(50);
  expect(despues).toBe(0);
  await expect(analiza(entrada, oyente, AbortSignal.abort(motivo))).rejects.toBe(motivo);
});

test(
  'lo que falla en quien escucha llega a quien pidió, y los lotes llegan en orden y de a mil cuando más',
  lento,
  async () => {
    const filas = Array.from(
      { length: 2_500 },
      () => '<row><c t="str"><v>FIL-001</v></c><c><v>1</v></c><c t="str"><v>A1</v></c></row>',
    );
    const bytes = conHoja(
      `<worksheet ${NS}><sheetData><row><c t="str"><v>Clave</v></c><c t="str"><v>Existencia</v></c><c t="str"><v>Ubicación</v></c></row>${filas.join('')}</sheetData></worksheet>`,
    );
    const entrada = {
      bytes,
      filename: DIA,
      opciones: { respuestas: { producto_dos_veces: 'sumar' } },
      catalogo: CATALOGO,
      mapas: {},
      hoy: HOY,
    };
    const recibidas: number[] = [];
    let dentro = 0;
    const oyente = {
      filas: async (lote: readonly { fila: number }[]) => {
        dentro += 1;
        expect(dentro).toBe(1);
        expect(lote.length).toBeLessThanOrEqual(1_000);
        await espera(5);
        recibidas.push(...lote.map(({ fila }) => fila));
        dentro -= 1;
      },
      problemas: async () => {},
      reparaciones: async () => {},
      avance: () => {},
    };
    await analiza(entrada, oyente);
    expect(recibidas).toEqual(Array.from({ length: 2_500 }, (_, i) => i + 2));
    const roto = new Error('la base no respondió');
    await expect(analiza(entrada, { ...oyente, filas: () => Promise.reject(roto) })).rejects.toBe(roto);
  },
);

test('el proceso no recibe secretos del servidor y muere con él', lento, async () => {
  const guion = `
    import { launch } from './server/platform/job-process.ts';
    const hijo = launch(new URL('file://${process.cwd()}/server/importar/analiza-process.ts'), 64);
    hijo.once('spawn', () => console.log(hijo.pid));
    setInterval(() => {}, 1000);
  `;
  const padre = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', guion], {
    env: { ...process.env, SECRETO_DE_PRUEBA: 'no-debe-pasar' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = await new Promise<number>((resolve) => {
    padre.stdout.once('data', (texto: Buffer) => resolve(Number(String(texto).trim())));
  });
  const vive = (): boolean => {
    try {
      process.kill(pid, 0);
      return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  };
  expect(vive()).toBe(true);
  if (process.platform === 'linux')
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('SECRETO_DE_PRUEBA');
  await espera(300);
  padre.kill('SIGKILL');
  for (let i = 0; i < 100 && vive(); i += 1) await espera(50);
  expect(vive()).toBe(false);
});
