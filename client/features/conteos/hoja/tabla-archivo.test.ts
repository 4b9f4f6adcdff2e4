import { expect, test } from 'vitest';
import { leeArchivo, textoDe } from './tabla-archivo.ts';

const bytes = (...valores: number[]) => new Uint8Array(valores);

test('a CSV in UTF-8, in UTF-16 or as Excel in Mexico writes it reads the same, without signal', async () => {
  const utf8 = new TextEncoder().encode('Código,Cantidad\nÑU-1,5');
  expect(textoDe(utf8)).toBe('Código,Cantidad\nÑU-1,5');
  expect(textoDe(bytes(0x43, 0xf3, 0x64))).toBe('Cód');
  expect(textoDe(bytes(0xff, 0xfe, 0x43, 0, 0xf3, 0))).toBe('\ufeffCó'.replace('\ufeff', ''));
  expect(await leeArchivo(new File([utf8], 'conteo.csv'))).toEqual([
    { fila: 1, celdas: ['Código', 'Cantidad'] },
    { fila: 2, celdas: ['ÑU-1', '5'] },
  ]);
});

test('an old .xls or a picture is refused, not read as letters', async () => {
  await expect(
    leeArchivo(new File([bytes(0xd0, 0xcf, 0x11, 0xe0, 0, 0)], 'viejo.xls')),
  ).rejects.toMatchObject({
    code: 'TABLA_NO_LEIDA',
  });
});
