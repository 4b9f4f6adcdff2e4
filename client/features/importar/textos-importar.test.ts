import { expect, test } from 'vitest';
import { avanceDicho, cosas, hechoDicho, tamanoDicho } from './textos-importar.ts';

test('Aplicar says what it will do, and the history what it did', () => {
  expect(cosas('inventario', 1204)).toBe('1,204 existencias');
  expect(cosas('ventas', 1)).toBe('1 venta');
  const u = {
    file_type: 'compras' as const,
    records_processed: 12,
    ensayo: { nuevos: 3, cambiados: 1 },
    error: null,
  };
  expect(hechoDicho({ ...u, status: 'completed' })).toBe('Se aplicaron 12 compras');
  expect(hechoDicho({ ...u, status: 'ready' })).toBe('Cambiaría 4 compras');
  expect(hechoDicho({ ...u, status: 'ready', ensayo: { nuevos: 0, cambiados: 0 } })).toBe('No cambia nada');
});

test('progress with rows done and time left', () => {
  expect(avanceDicho(3400, 12000, 8)).toBe('3,400 de 12,000 filas · faltan 8 s');
  expect(avanceDicho(500, null, null)).toBe('500 filas');
  expect(avanceDicho(1, 9, 200)).toBe('1 de 9 filas · faltan 4 min');
  expect([tamanoDicho(10), tamanoDicho(394 * 1024), tamanoDicho(5 * 1024 * 1024)]).toEqual([
    '1 kB',
    '394 kB',
    '5.0 MB',
  ]);
});
