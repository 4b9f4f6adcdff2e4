import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FilaMovimiento } from '#shared/contracts/importar.ts';
import { type Comun, claveBase, claveDe, conVersion, Grupos, sinVersion, situa } from './claves.ts';

const ALMACEN = '0198b0c0-0000-7000-8000-000000000001';
const PRODUCTO = '0198b0c0-0000-7000-8000-000000000002';
const COMUN: Comun = { tipo: 'ventas', almacenId: ALMACEN, fecha: null, momento: undefined };

function fila(cambios: Partial<FilaMovimiento> = {}): FilaMovimiento {
  return {
    hoja: 'H',
    fila: 2,
    productoId: PRODUCTO,
    codigo: 'A-1',
    nombre: null,
    cantidad: '1',
    devolucion: false,
    almacenId: null,
    fecha: '2026-03-05',
    hora: null,
    fechaDesde: null,
    fechaHasta: null,
    folio: null,
    partida: null,
    precio: null,
    costo: null,
    importe: null,
    descuento: null,
    impuesto: null,
    ubicacion: null,
    ...cambios,
  };
}
const clave = (f: FilaMovimiento, comun = COMUN) => claveBase(f, comun, situa(f, comun)!);

/** Final key of each row, by what it says. */
function claves(filas: readonly FilaMovimiento[]): string[] {
  const grupos = new Grupos();
  for (const f of filas) grupos.ve(clave(f));
  for (const [i, f] of filas.entries()) grupos.agrega(clave(f), `1:${i}`, f);
  grupos.cierra('ventas');
  return filas
    .map((f, i) => `${claveDe(clave(f), grupos.lugar(`1:${i}`)?.ocurrencia ?? 0)} = ${f.cantidad}`)
    .sort();
}

test('the natural key is the same whatever the order of the rows, and no two rows of a file share one', () => {
  const una = fc.record({
    cantidad: fc.constantFrom('1', '2', '10'),
    folio: fc.constantFrom(null, 'F-1', 'F-2'),
    partida: fc.constantFrom(null, '1'),
    hora: fc.constantFrom(null, '10:00:00'),
  });
  fc.assert(
    fc.property(fc.array(una, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (cambios, azar) => {
      const filas = cambios.map(fila);
      const otras = filas
        .map((f) => ({ f, n: azar.next().value as number }))
        .sort((a, b) => a.n - b.n)
        .map(({ f }) => f);
      const hechas = claves(filas);
      expect(claves(otras)).toEqual(hechas);
      expect(new Set(hechas.map((k) => k.split(' = ')[0])).size).toBe(filas.length);
    }),
  );
});

test('a folio that a till numbers anew each day is another document; what a row doesn’t say comes from the options', () => {
  const f = fila({ folio: '17' });
  expect(clave(f)).not.toBe(clave({ ...f, fecha: '2026-03-06' }));
  expect(clave(f)).not.toBe(clave({ ...f, devolucion: true }));
  expect(situa(fila({ fecha: null }), COMUN)).toBeNull();
  expect(situa(fila({ fecha: null }), { ...COMUN, fecha: '2026-03-01' })).toEqual({
    almacenId: ALMACEN,
    desde: '2026-03-01',
    hasta: '2026-03-01',
  });
  expect(
    situa(fila({ fecha: null, fechaDesde: '2026-03-01', fechaHasta: '2026-03-31' }), COMUN),
  ).toMatchObject({
    desde: '2026-03-01',
    hasta: '2026-03-31',
  });
  const base = { ...COMUN, tipo: 'inventario' as const };
  expect(clave(f, { ...base, momento: 'al_cerrar' })).not.toBe(
    clave(f, { ...base, momento: 'antes_de_abrir' }),
  );
});

test('versions of a key are told apart from keys that end in a number', () => {
  for (const k of ['ventas|a|f|F#2|2026-03-05|a:x', 'ventas|a', 'a#1b'])
    for (const v of [1, 2, 13]) {
      if (v === 1 && /#\d+$/.test(k)) continue;
      expect(sinVersion(conVersion(k, v))).toEqual({ clave: k, version: v });
    }
});
