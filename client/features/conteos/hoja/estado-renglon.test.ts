import { expect, test } from 'vitest';
import type { LineaVista } from '#client/offline/index.ts';
import { renglonHojaId } from '#shared/domain/ajuste-id.ts';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { lineasVivas } from '#shared/domain/conteo.ts';
import { leeCaptura } from '#shared/domain/hoja-captura.ts';
import { estadoRenglon, llevoAparte, mismaCantidad, textoDeLinea } from './estado-renglon.ts';

const de = { conteoId: 'c', intento: 1, usuarioId: 'ana' };
const linea = (id: string, cantidad: string, extra: Partial<LineaVista> = {}) =>
  ({
    id,
    ...de,
    ubicacionId: 'u1',
    codigoCrudo: null,
    productoId: 'p1',
    cantidad: toCantidad(cantidad),
    factor: toCantidad('1'),
    tipo: 'suma',
    anula: null,
    condicion: 'vendible',
    instante: 1,
    recibidoEn: null,
    anulada: false,
    ...extra,
  }) as LineaVista;
const captura = (texto: string) => {
  const leida = leeCaptura(texto, 0);
  if (!leida.ok) throw new Error(leida.code);
  return leida.value;
};

test('a page captured twice is known by its own lines, also after a correction and a blank', () => {
  const [uno, dos, tres] = [0, 1, 2].map((vez) => renglonHojaId(de, 17, vez)) as [string, string, string];
  const mapa = new Map<string, LineaVista>();
  expect(estadoRenglon(mapa, de, 17)).toEqual({ previa: null, siguiente: uno });
  mapa.set(uno, linea(uno, '5'));
  expect(estadoRenglon(mapa, de, 17)).toMatchObject({ previa: { id: uno }, siguiente: dos });
  mapa.set(uno, linea(uno, '5', { anulada: true }));
  expect(estadoRenglon(mapa, de, 17)).toEqual({ previa: null, siguiente: dos });
  mapa.set(dos, linea(dos, '7'));
  expect(estadoRenglon(mapa, de, 17)).toMatchObject({ previa: { id: dos }, siguiente: tres });
  expect(estadoRenglon(mapa, { ...de, usuarioId: 'luis' }, 17).previa).toBeNull();
  expect(estadoRenglon(mapa, de, 18).previa).toBeNull();
});

test('the field shows what was captured, and the same again is no correction', () => {
  const caja = linea('a', '2', { factor: toCantidad('12') });
  expect([
    textoDeLinea(caja),
    textoDeLinea(linea('b', '29')),
    textoDeLinea(linea('c', '0', { tipo: 'cero' })),
  ]).toEqual(['2x12', '29', '0']);
  expect(mismaCantidad(caja, captura('24'))).toBe(true);
  expect(mismaCantidad(caja, captura('2x12+1'))).toBe(false);
  expect(mismaCantidad(linea('c', '0', { tipo: 'cero' }), captura('0'))).toBe(true);
  expect(mismaCantidad(caja, captura('0'))).toBe(false);
  expect(mismaCantidad(caja, captura(''))).toBe(false);
});

test('what the phone counted of it in that bin besides the sheet is told, the rest is not', () => {
  const vivas = lineasVivas([
    linea('a', '2'),
    linea('b', '3'),
    linea('c', '9', { ubicacionId: null }),
    linea('d', '9', { intento: 2 }),
    linea('e', '9', { condicion: 'danado' }),
  ]);
  const donde = { intento: 1, productoId: 'p1', ubicacionId: 'u1' };
  expect(llevoAparte(vivas, donde, new Set(['b']))).toBe(toCantidad('2'));
});
