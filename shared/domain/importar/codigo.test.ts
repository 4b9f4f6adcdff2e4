import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDigit, gtinKey } from '../codigos.ts';
import { type CatalogoImportacion, IndiceCatalogo } from './catalogo.ts';
import { hallaCodigo } from './codigo.ts';

function catalogo(codigos: readonly string[]): CatalogoImportacion {
  return {
    productos: {
      id: codigos.map((_, i) => `p${i}`),
      codigo: codigos.map((_, i) => `INT-${i}`),
      nombre: codigos.map((_, i) => `Producto ${i}`),
      decimales: codigos.map(() => 0),
    },
    codigos: {
      codigo: codigos,
      claveGtin: codigos.map(gtinKey),
      producto: codigos.map((_, i) => i),
      factor: codigos.map(() => '1'),
    },
    almacenes: [],
    categorias: [],
  };
}

const digitos = fc.stringMatching(/^\d{4,11}$/);
const ean = fc.stringMatching(/^[1-9]\d{11}$/).map((doce) => doce + checkDigit(doce));
const lista = fc.uniqueArray(fc.oneof(digitos, ean), { minLength: 1, maxLength: 30 });
const sinCeros = (codigo: string): string => codigo.replace(/^0+(?=.)/, '');
const contexto = (codigos: readonly string[], cerosPerdidos = true) => ({
  indice: new IndiceCatalogo(catalogo(codigos)),
  cerosPerdidos,
  nombre: null,
});

describe('códigos dañados: solo se repara lo que el dígito verificador o el catálogo prueba', () => {
  test('un código que pasó por número encuentra su producto, o se pregunta; nunca otro', () => {
    fc.assert(
      fc.property(lista, fc.nat(), fc.boolean(), (codigos, cual, comoTexto) => {
        const codigo = codigos[cual % codigos.length]!;
        const n = Number(codigo);
        const hallado = hallaCodigo(comoTexto ? String(n) : n, contexto(codigos));
        const rivales = codigos.filter(
          (otro) =>
            sinCeros(otro) === sinCeros(codigo) || (gtinKey(otro) ?? otro) === (gtinKey(codigo) ?? codigo),
        );
        if (hallado.k === 'producto') expect(codigos[hallado.acierto.producto]).toBe(codigo);
        else {
          expect(hallado.k).toBe('pregunta');
          expect(rivales.length).toBeGreaterThan(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('«7.50123E+12» se repara solo si un único código del catálogo pudo dar ese texto', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(ean, { minLength: 1, maxLength: 30 }),
        fc.nat(),
        fc.integer({ min: 2, max: 9 }),
        (codigos, cual, cifras) => {
          const codigo = codigos[cual % codigos.length]!;
          const texto = Number(codigo).toExponential(cifras).replace('e', 'E');
          const posibles = codigos.filter(
            (otro) => Number(otro).toExponential(cifras) === texto.replace('E', 'e'),
          );
          const hallado = hallaCodigo(texto, contexto(codigos));
          if (hallado.k === 'producto') {
            expect(posibles).toEqual([codigo]);
            expect(hallado.codigo).toBe(codigo);
            expect(hallado.prueba).toMatch(/dígito verificador correcto/);
          } else expect(['pregunta', 'danado']).toContain(hallado.k);
          if (posibles.length > 1) expect(hallado.k).not.toBe('producto');
        },
      ),
      { numRuns: 300 },
    );
  });

  test('un texto que está igual en el catálogo se toma tal cual, sin reparación', () => {
    fc.assert(
      fc.property(lista, fc.nat(), (codigos, cual) => {
        const codigo = codigos[cual % codigos.length]!;
        const hallado = hallaCodigo(` ${codigo}\u00a0`, contexto(codigos, false));
        if (hallado.k === 'producto') expect(hallado).toMatchObject({ codigo, prueba: null });
        // The same GTIN may be written in two lengths.
        else expect(hallado.k).toBe('pregunta');
      }),
    );
  });
});

test('lo que no está en el catálogo: entero con dígito verificador vale, cortado no', () => {
  const nada = contexto(['1111']);
  const bueno = `750123456789${checkDigit('750123456789')}`;
  expect(hallaCodigo(Number(bueno), nada)).toEqual({ k: 'nuevo', codigo: bueno, prueba: null });
  expect(hallaCodigo(`${bueno}.0`, nada)).toMatchObject({ k: 'nuevo', codigo: bueno });
  expect(hallaCodigo(`${bueno[0]}.${bueno.slice(1)}E+12`, nada)).toMatchObject({
    k: 'nuevo',
    codigo: bueno,
    prueba: 'dígito verificador correcto',
  });
  expect(hallaCodigo('7.50123E+12', nada)).toMatchObject({ k: 'danado', dano: 'cientifico' });
  expect(hallaCodigo(Number('12345678901234567890'), nada)).toMatchObject({ k: 'danado', dano: 'digitos' });
  expect(hallaCodigo('02-ene', nada)).toMatchObject({ k: 'danado', dano: 'fecha' });
  expect(hallaCodigo({ k: 'fecha', serie: 46_000 }, nada)).toMatchObject({ k: 'danado', dano: 'fecha' });
  expect(hallaCodigo(12.5, nada)).toMatchObject({ k: 'danado', dano: 'decimal' });
  expect(hallaCodigo('#N/A', nada)).toMatchObject({ k: 'danado', dano: 'formula' });
  expect(hallaCodigo('x'.repeat(300), nada)).toMatchObject({ k: 'danado', dano: 'largo' });
  expect(hallaCodigo(' \u00a0', nada)).toEqual({ k: 'vacio' });
});
