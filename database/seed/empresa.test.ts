import { describe, expect, it } from 'vitest';
import { esGtin, gtinKey } from '#shared/domain/codigos.ts';
import { azar } from './azar.ts';
import { generaCatalogo } from './catalogo.ts';
import { CODIGOS_DESCONOCIDOS, FIJOS } from './demo-fijos.ts';
import { generaDemo } from './empresa.ts';
import { ubicacionId } from './identidad.ts';

const DIA = 86_400_000;
const AHORA = Date.parse('2026-03-02T18:00:00Z');
const { catalogo, surtidos } = generaDemo(AHORA);
const movimientos = surtidos.flatMap((s) => s.movimientos);
const local = (iso: string): Date => new Date(Date.parse(iso) - 6 * 3_600_000);

describe('the demo company', () => {
  it('is the same at every run, and its catalogue at any time', () => {
    const otra = generaDemo(AHORA);
    expect(JSON.stringify(otra) === JSON.stringify({ catalogo, surtidos })).toBe(true);
    expect(generaCatalogo(azar(1)).articulos.length).toBe(catalogo.articulos.length);
  });

  it('is as large as promised', () => {
    expect(catalogo.articulos.length).toBeGreaterThanOrEqual(5000);
    expect(new Set(catalogo.articulos.map((a) => a.fila.codigo)).size).toBe(catalogo.articulos.length);
    expect(movimientos.length).toBeGreaterThan(60_000);
    expect(movimientos.length).toBeLessThan(120_000);
    expect(new Set(movimientos.map((m) => m.id)).size).toBe(movimientos.length);
  });

  it('has valid codes under prefix 750, cartons for about 15 %, and some shared ones', () => {
    const malos = catalogo.codigos.filter((c) => {
      if (c.clave_gtin !== gtinKey(c.codigo)) return true;
      if (c.tipo === 'barras')
        return !(c.codigo.startsWith('750') && c.codigo.length === 13 && esGtin(c.codigo));
      if (c.tipo === 'caja')
        return !(esGtin(c.codigo) && /^1?750/.test(c.codigo) && [6, 12, 24].includes(c.factor));
      return false;
    });
    expect(malos).toEqual([]);
    const cajas = catalogo.codigos.filter((c) => c.tipo === 'caja').length / catalogo.articulos.length;
    expect(cajas).toBeGreaterThan(0.12);
    expect(cajas).toBeLessThan(0.2);
    const veces = new Map<string, number>();
    for (const c of catalogo.codigos) veces.set(c.codigo, (veces.get(c.codigo) ?? 0) + 1);
    expect([...veces.values()].filter((n) => n > 1).length).toBeGreaterThanOrEqual(3);
    for (const codigo of Object.values(CODIGOS_DESCONOCIDOS)) expect(veces.has(codigo)).toBe(false);
  });

  it('sells in opening hours over 18 months up to now', () => {
    const malas = movimientos.filter((m) => {
      const hora = local(m.ocurrida_en).getUTCHours();
      const cerrado = hora < 9 || hora > 19 || local(m.ocurrida_en).getUTCDay() === 0;
      return m.tipo === 'venta' && cerrado;
    });
    expect(malas).toEqual([]);
    const instantes = movimientos.map((m) => Date.parse(m.ocurrida_en)).sort((a, b) => a - b);
    expect(AHORA - instantes[0]!).toBeGreaterThan(540 * DIA);
    expect(AHORA - instantes.at(-1)!).toBeGreaterThan(0);
    expect(AHORA - instantes.at(-1)!).toBeLessThan(4 * DIA);
  });

  it('puts the fixed products and a few more in zone A of CDMX-01', () => {
    const enA = surtidos[0]!.lugares.filter((l) =>
      ['1', '2', '3', '4'].some((p) =>
        ['1', '2', '3'].some((n) => l.ubicacion_id === ubicacionId('CDMX-01', `A-0${p}-${n}`)),
      ),
    );
    expect(enA).toHaveLength(60);
    for (const f of Object.values(FIJOS)) {
      const { id } = catalogo.articulos.find((a) => a.fila.codigo === f.codigo)!.fila;
      expect(surtidos[0]!.lugares.filter((l) => l.producto_id === id)).toEqual([
        { producto_id: id, ubicacion_id: ubicacionId('CDMX-01', f.ubicacion) },
      ]);
    }
  });
});
