import { describe, expect, test } from 'vitest';
import { AjusteProponer, TransaccionManual } from '#shared/contracts/mutadores.ts';
import { type Borrador, TIPOS, validaAjuste, validaMovimiento } from './movimiento.ts';

const ZONA = 'America/Mexico_City';
const AHORA = Date.parse('2026-03-02T16:05:20.000Z');
const PRODUCTO = '0194fdc2-fa2f-7cc0-81d3-ff12045b73c8';
const ALMACEN = '0194fdc2-fa2f-7cc0-81d3-ff12045b73c9';

function borrador(cambios: Partial<Borrador> = {}): Borrador {
  return {
    producto: { id: PRODUCTO, decimales: 0 },
    almacenId: ALMACEN,
    tipo: 'venta',
    cantidad: '3',
    costo: '',
    fechaHora: '2026-03-02T09:05',
    referencia: ' T-88 ',
    notas: '',
    sentido: '',
    motivo: '',
    ...cambios,
  };
}

function errores(cambios: Partial<Borrador>) {
  const salida = validaMovimiento(borrador(cambios), ZONA, AHORA);
  return salida.ok ? {} : salida.errores;
}

describe('what goes into the journal', () => {
  test('a sale an hour ago, with the shop’s hour as an instant', () => {
    expect(validaMovimiento(borrador(), ZONA, AHORA)).toEqual({
      ok: true,
      value: {
        productoId: PRODUCTO,
        almacenId: ALMACEN,
        tipo: 'venta',
        subtipo: null,
        cantidad: '3',
        precio: null,
        costoUnitario: null,
        ocurridaEn: '2026-03-02T15:05:00.000Z',
        referencia: 'T-88',
        notas: null,
      },
    });
  });

  test('untouched hour is the instant of the press', () => {
    const salida = validaMovimiento(borrador({ fechaHora: null }), ZONA, AHORA);
    expect(salida.ok && salida.value.ocurridaEn).toBe('2026-03-02T16:05:20.000Z');
  });

  test.each(Object.keys(TIPOS))('%s fits the contract, whoever gives or takes back', (tipo) => {
    const salida = validaMovimiento(borrador({ tipo, costo: '84.5' }), ZONA, AHORA);
    if (!salida.ok) throw new Error(JSON.stringify(salida.errores));
    const leido = TransaccionManual.parse({ ...salida.value, id: PRODUCTO });
    expect((leido.tipo === 'devolucion') === (leido.subtipo !== null)).toBe(true);
    expect(leido.costoUnitario).toBe(tipo === 'compra' ? '84.5' : null);
  });

  test('three decimals for what is measured', () => {
    const producto = { id: PRODUCTO, decimales: 3 };
    const salida = validaMovimiento(borrador({ producto, cantidad: '2.125' }), ZONA, AHORA);
    expect(salida.ok && salida.value.cantidad).toBe('2.125');
  });
});

describe('sentences at the field', () => {
  test('everything that is missing, at once', () => {
    expect(
      Object.keys(errores({ producto: null, almacenId: '', tipo: '', cantidad: '', fechaHora: '' })).sort(),
    ).toEqual(['almacen', 'cantidad', 'fechaHora', 'producto', 'tipo']);
  });

  test('zero only as an inventory', () => {
    expect(errores({ cantidad: '0' })).toHaveProperty('cantidad');
    expect(errores({ cantidad: '0', tipo: 'inventario' })).toEqual({});
  });

  test('the future is refused, this very minute is not', () => {
    expect(errores({ fechaHora: '2026-03-02T10:06' })).toHaveProperty('fechaHora');
    expect(errores({ fechaHora: '2026-03-02T10:05' })).toEqual({});
  });

  test('decimals of pieces, and a cost that is none', () => {
    expect(errores({ cantidad: '1.5' })).toHaveProperty('cantidad');
    expect(errores({ tipo: 'compra', costo: '1.2.3' })).toHaveProperty('costo');
  });
});

describe('an ajuste by hand', () => {
  const ajuste = (cambios: Partial<Borrador> = {}) =>
    validaAjuste(
      borrador({ tipo: 'ajuste', sentido: 'faltan', motivo: ' se rompió ', ...cambios }),
      ZONA,
      AHORA,
    );

  test('faltan takes away, sobran adds; it fits the contract', () => {
    for (const [sentido, cantidad] of [
      ['faltan', '-3'],
      ['sobran', '3'],
    ] as const) {
      const salida = ajuste({ sentido });
      if (!salida.ok) throw new Error(JSON.stringify(salida.errores));
      expect(AjusteProponer.parse({ ...salida.value, id: PRODUCTO })).toMatchObject({
        cantidad,
        motivo: 'se rompió',
        ocurridaEn: '2026-03-02T15:05:00.000Z',
      });
    }
  });

  test('without which way or why it is not proposed, and zero is nothing to adjust', () => {
    const salida = ajuste({ sentido: '', motivo: '  ', cantidad: '0' });
    expect(salida.ok ? [] : Object.keys(salida.errores).sort()).toEqual(['cantidad', 'motivo', 'sentido']);
  });
});
