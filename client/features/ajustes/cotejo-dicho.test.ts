import { expect, test } from 'vitest';
import { cotejoDicho } from './cotejo-dicho.ts';

const catalogo = { productos: 10, completo: true, recibidos: null };
const cuando = (instante: string) => instante.slice(0, 10);

test("the card tells whether the catalogue is the server's, and that a mended one left the counts alone", () => {
  expect(cotejoDicho({ ...catalogo, cotejo: null }, cuando)).toBeNull();
  const igual = { en: '2026-03-02T10:00:00Z', igual: true, reparadoEn: null };
  expect(cotejoDicho({ ...catalogo, cotejo: igual }, cuando)).toBe(
    'El catálogo es igual al del servidor: se comparó 2026-03-02.',
  );
  const reparado = { ...igual, reparadoEn: '2026-02-20T10:00:00Z' };
  expect(cotejoDicho({ ...catalogo, cotejo: reparado }, cuando)).toContain('bajó de nuevo fue 2026-02-20');
  const distinto = { en: '2026-03-02T10:00:00Z', igual: false, reparadoEn: '2026-03-02T10:00:00Z' };
  expect(cotejoDicho({ ...catalogo, cotejo: distinto }, cuando)).toMatch(
    /se bajó de nuevo. Lo que contaste no/,
  );
  expect(cotejoDicho({ ...catalogo, recibidos: 5, cotejo: distinto }, cuando)).toContain('se está bajando');
  const otroDistinto = '2026-03-01T10:00:00Z';
  expect(cotejoDicho({ ...catalogo, cotejo: null, otroDistinto }, cuando)).toMatch(
    /^Otros datos .* 2026-03-01\.$/,
  );
});
