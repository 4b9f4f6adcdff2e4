import { describe, expect, test } from 'vitest';
import {
  firmada,
  fraseContra,
  fraseImpedimento,
  fraseLibros,
  frasePeriodo,
  valorVisto,
} from './textos-firma.ts';
import type { PorFirmar } from './use-por-firmar.ts';

const CONTRA: PorFirmar = {
  id: 'm',
  tipo: 'contra_ajuste',
  productoId: 'p',
  codigo: 'AC-1',
  nombre: 'Aceite',
  unidad: 'PZA',
  almacen: 'CDMX-01',
  almacenNombre: 'General',
  tienda: 'Centro',
  zonaHoraria: 'America/Mexico_City',
  cantidad: '2.00000',
  valor: '20.00',
  costoFuente: 'promedio',
  motivo: null,
  folio: 'CDMX-01-2026-0034',
  conteoId: 'c',
  contado: '8.00000',
  instante: '2026-03-02T16:00:00.000Z',
  asiento: '2026-03-02T16:00:00.000Z',
  movimientoEn: '2026-03-02T15:05:00.000Z',
  movimiento: { tipo: 'venta', subtipo: null, cantidad: '2.00000', referencia: 'T-88' },
  registradoEn: '2026-03-02T17:40:00.000Z',
  propuso: 'Carlos',
  existencia: '6.00000',
  existenciaDespues: '8.00000',
  mio: false,
  impedimento: null,
  impedimentoRechazo: null,
};

describe('a counter-ajuste says the movement with both instants, the folio, and what the books become', () => {
  test('registered by a person, the same day', () => {
    expect(fraseContra(CONTRA)).toBe(
      'Una venta de 2 piezas (T-88) del 2 mar 2026, 09:05 la registró Carlos a las 11:40, después de aprobar el conteo CDMX-01-2026-0034, que encontró 8 piezas.',
    );
  });

  test('by no person, another day, of a kind that is masculine', () => {
    const traspaso = {
      ...CONTRA,
      propuso: null,
      registradoEn: '2026-03-04T17:40:00.000Z',
      movimiento: { tipo: 'transferencia', subtipo: 'salida', cantidad: '-2', referencia: null },
    };
    expect(fraseContra(traspaso)).toBe(
      'Un traspaso de 2 piezas del 2 mar 2026, 09:05 se registró el 4 mar 2026, 11:40, después de aprobar el conteo CDMX-01-2026-0034, que encontró 8 piezas.',
    );
    expect(fraseContra({ ...traspaso, propuso: 'Eva' })).toContain('09:05 lo registró Eva el 4 mar');
  });

  test('what the books become, or that a later inventory already says it', () => {
    expect(fraseLibros(CONTRA)).toBe(
      'Al firmar, la existencia pasa de 6 a 8 piezas y vuelve a cuadrar con lo contado.',
    );
    expect(fraseLibros({ ...CONTRA, tipo: 'manual', existencia: null, existenciaDespues: '-3' })).toBe(
      'Al firmar, la existencia pasa de sin dato a −3 piezas.',
    );
    expect(fraseLibros({ ...CONTRA, existencia: '8' })).toContain('no cambia');
  });
});

test('signed figures, and no cost is said', () => {
  expect([firmada('-3.00000'), firmada('2.5')]).toEqual(['−3', '+2.5']);
  expect([valorVisto('-300.00'), valorVisto(null)]).toEqual(['−$300', 'sin costo']);
});

test('in a closed period it says where it enters and that it names the true date', () => {
  expect(frasePeriodo(CONTRA)).toBeNull();
  expect(frasePeriodo({ ...CONTRA, asiento: '2026-04-01T06:00:00.000Z' })).toBe(
    'Ese periodo está cerrado: entra el 1 abr 2026, 00:00, el primer instante abierto, y nombra la fecha verdadera.',
  );
});

test('the proposer cannot sign their own, and above my limit an admin does: said, not just disabled', () => {
  const dice = (code: 'FIRMA_PROPIA' | 'FIRMA_LIMITE' | 'NO_ENCONTRADO', data = {}) =>
    fraseImpedimento({ code, mensaje: 'La del servidor.', data });
  expect(dice('FIRMA_PROPIA')).toBe('Tú lo propusiste: lo firma otra persona.');
  expect(dice('FIRMA_LIMITE', { valor: '$300', limite: '$200' })).toBe(
    'Vale $300 y tu límite es $200: lo firma un administrador.',
  );
  expect(dice('NO_ENCONTRADO')).toBe('La del servidor.');
});
