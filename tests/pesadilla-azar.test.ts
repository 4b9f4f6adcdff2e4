import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeEach, expect, test, vi } from 'vitest';
import '#shared/codes.ts';
import { isAppError, mensajeDe } from '#shared/errores.ts';
import { BUENO, deSheetJs } from './pesadilla/casos-negados.ts';
import { enCorto, lee } from './pesadilla/lee.ts';

// why: SheetJS speaks of damaged records on console.error, and damage is what these tests are about.
beforeEach(() => {
  const espia = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  return () => espia.mockRestore();
});

const CSV = Buffer.from(
  'Ticket;Fecha;Código;Cantidad;Importe\r\n1;05/03/2026;FIL-001;2;"1.234,50"\r\n2;25/03/2026;CABLE;1,25;10,00\r\n',
);
const fixture = (nombre: string): Buffer =>
  readFileSync(new URL(`./pesadilla/fixtures/${nombre}`, import.meta.url));
const ARCHIVOS: readonly [nombre: string, bytes: Buffer, veces: number][] = [
  ['a.xlsx', BUENO(), 150],
  ['a.csv', CSV, 150],
  ['a.ods', fixture('libreoffice-ventas.ods'), 25],
  [
    'a.xls',
    deSheetJs(
      [
        ['Clave', 'Existencia'],
        ['FIL-001', 4],
      ],
      'biff8',
    ),
    40,
  ],
  ['b.xls', fixture('libreoffice-ventas-html.xls'), 40],
];

test.each(ARCHIVOS)(
  '%s con bytes cambiados o cortado: se lee o se niega con una frase, nunca truena',
  async (nombre, bytes, veces) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
        fc.option(fc.nat(bytes.length - 1)),
        async (cambios, corte) => {
          const malo = Buffer.from(bytes.subarray(0, corte ?? bytes.length));
          for (const [lugar, byte] of cambios) if (lugar < malo.length) malo[lugar] = byte;
          try {
            const { problemas } = await lee(malo, nombre);
            for (const { user_message } of problemas)
              expect(user_message).not.toMatch(/undefined|\{[a-zA-Z]+\}|NaN/);
          } catch (error) {
            if (!isAppError(error)) throw error;
            expect(mensajeDe(error.code, error.data)).toMatch(/No se importó nada/);
          }
        },
      ),
      { numRuns: veces },
    );
  },
);

test('un zip al que se le cambia un byte de una hoja nunca da otras cantidades en silencio', async () => {
  const bueno = BUENO();
  const filas = enCorto((await lee(bueno, 'a.xlsx')).filas);
  await fc.assert(
    fc.asyncProperty(fc.nat(bueno.length - 1), fc.integer({ min: 1, max: 255 }), async (lugar, suma) => {
      const malo = Buffer.from(bueno);
      malo[lugar] = (malo[lugar]! + suma) & 255;
      const leidas = await lee(malo, 'a.xlsx').then(
        (leido) => enCorto(leido.filas),
        () => null,
      );
      // A name in the directory may change what is found, never what a cell holds.
      if (leidas !== null) expect(leidas).toEqual(filas);
    }),
    { numRuns: 200 },
  );
});
