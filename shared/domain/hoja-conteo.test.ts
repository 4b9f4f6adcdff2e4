import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AlcanceHoja,
  comparaNatural,
  LUGARES_POR_PAGINA,
  leeQrHoja,
  paginasHoja,
  renglonesDePagina,
  textoQrHoja,
} from './hoja-conteo.ts';

const CONTEO = '01900000-0000-7000-8000-000000000001';

const alcance = fc
  .record({
    productos: fc.uniqueArray(fc.nat({ max: 400 }), { maxLength: 150 }),
    bins: fc.uniqueArray(fc.nat({ max: 30 }), { maxLength: 12 }),
    lugares: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 200 }),
  })
  .map(({ productos, bins, lugares }): AlcanceHoja => {
    const ubicaciones = bins.map((n) => ({ id: `u${n}`, codigo: `A-${n}`, zona: n % 2 ? 'A' : 'B' }));
    const lista = productos.map((n) => ({ id: `p${n}`, codigo: `P-${n}` }));
    return {
      conteoId: CONTEO,
      intento: 1,
      productos: lista,
      ubicaciones,
      lugares:
        lista.length === 0 || bins.length === 0
          ? []
          : lugares.map(([p, u]) => ({
              productoId: lista[p % lista.length]!.id,
              ubicacionId: ubicaciones[u % ubicaciones.length]!.id,
            })),
    };
  });

describe('the blind paper sheet', () => {
  test('each product of the scope has a numbered row in each of its bins, once, and one at the end without bins', () => {
    fc.assert(
      fc.property(alcance, (a) => {
        const filas = paginasHoja(a).flatMap(renglonesDePagina);
        expect(filas.map(({ renglon }) => renglon)).toEqual(filas.map((_, i) => i + 1));
        const pares = filas
          .filter((f) => f.productoId !== null)
          .map((f) => `${f.productoId}@${f.ubicacionId}`);
        const conBin = new Set(a.lugares.map(({ productoId }) => productoId));
        const debidos = new Set([
          ...a.lugares.map(({ productoId, ubicacionId }) => `${productoId}@${ubicacionId}`),
          ...a.productos!.filter(({ id }) => !conBin.has(id)).map(({ id }) => `${id}@null`),
        ]);
        expect(pares.toSorted()).toEqual([...debidos].toSorted());
      }),
    );
  });

  test('pages are full or less, none ends with a heading, the last has room for unknown products', () => {
    fc.assert(
      fc.property(alcance, (a) => {
        const paginas = paginasHoja(a);
        for (const { piezas } of paginas) {
          expect(piezas.length).toBeLessThanOrEqual(LUGARES_POR_PAGINA);
          expect(piezas.at(-1)?.tipo).toBe('renglon');
          expect(piezas[0]?.tipo).not.toBe('renglon');
        }
        const vacios = renglonesDePagina(paginas.at(-1)!).filter(({ productoId }) => productoId === null);
        expect(vacios.length).toBeGreaterThanOrEqual(5);
      }),
    );
  });

  test('the same on paper and on the phone, whatever the order in which either knows things', () => {
    fc.assert(
      fc.property(alcance, fc.func(fc.nat()), (a, azar) => {
        const revuelve = <T>(lista: readonly T[]) =>
          [...lista].sort((x, y) => (azar(JSON.stringify(x)) % 3) - (azar(JSON.stringify(y)) % 3));
        const otro = {
          ...a,
          productos: revuelve(a.productos!),
          ubicaciones: revuelve(a.ubicaciones),
          lugares: revuelve([...a.lugares, ...a.lugares]),
        };
        expect(paginasHoja(otro)).toEqual(paginasHoja(a));
      }),
    );
  });

  test('a page that changed, another intento or another conteo has another clave', () => {
    const uno: AlcanceHoja = {
      conteoId: CONTEO,
      intento: 1,
      productos: [
        { id: 'p1', codigo: 'P-1' },
        { id: 'p2', codigo: 'P-2' },
      ],
      ubicaciones: [{ id: 'u1', codigo: 'A-1', zona: 'A' }],
      lugares: [{ productoId: 'p1', ubicacionId: 'u1' }],
    };
    const clave = (a: AlcanceHoja) => paginasHoja(a)[0]!.clave;
    const claves = [
      uno,
      { ...uno, intento: 2 },
      { ...uno, conteoId: CONTEO.replace(/1$/, '2') },
      { ...uno, productos: [...uno.productos!, { id: 'p3', codigo: 'P-3' }] },
      { ...uno, lugares: [...uno.lugares, { productoId: 'p2', ubicacionId: 'u1' }] },
    ].map(clave);
    expect(new Set(claves).size).toBe(5);
    for (const dicha of claves) expect(dicha).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  test('bins in walking order, a bin that goes on says so, a free conteo has empty rows', () => {
    const productos = Array.from({ length: 30 }, (_, n) => ({ id: `p${n}`, codigo: `P-${n}` }));
    const paginas = paginasHoja({
      conteoId: CONTEO,
      intento: 1,
      productos,
      ubicaciones: [
        { id: 'u10', codigo: 'A-10', zona: 'A' },
        { id: 'u2', codigo: 'A-2', zona: 'A' },
      ],
      lugares: productos.map(({ id }, n) => ({ productoId: id, ubicacionId: n < 2 ? 'u10' : 'u2' })),
    });
    const bandas = paginas.map(({ piezas }) =>
      piezas.flatMap((p) => (p.tipo === 'ubicacion' ? [`${p.ubicacionId}${p.sigue ? ' sigue' : ''}`] : [])),
    );
    expect(bandas).toEqual([['u2'], ['u2 sigue', 'u10']]);
    const libre = paginasHoja({
      conteoId: CONTEO,
      intento: 1,
      productos: null,
      ubicaciones: [],
      lugares: [],
      paginasLibres: 3,
    });
    expect(libre.map((p) => renglonesDePagina(p).length)).toEqual([22, 22, 22]);
    expect(renglonesDePagina(libre[2]!).at(-1)).toMatchObject({ renglon: 66, productoId: null });
  });

  test('the QR of a page says conteo, intento, page and clave, and no other code is taken for one', () => {
    const [pagina] = paginasHoja({
      conteoId: CONTEO,
      intento: 2,
      productos: [],
      ubicaciones: [],
      lugares: [],
    });
    const texto = textoQrHoja(CONTEO, 2, pagina!);
    expect(leeQrHoja(` ${texto} `)).toEqual({
      conteoId: CONTEO,
      intento: 2,
      pagina: 1,
      clave: pagina!.clave,
    });
    fc.assert(fc.property(fc.string(), (otro) => leeQrHoja(otro) === null));
  });
});

test('A-2 comes before A-10, whatever zeros, case or accents, and the order is total', () => {
  expect(['A-10', 'a-2', 'A-02', 'B-1', 'Á-3'].toSorted(comparaNatural)).toEqual([
    'A-02',
    'a-2',
    'Á-3',
    'A-10',
    'B-1',
  ]);
  const codigo = fc.string({ unit: fc.constantFrom(...'aA-0129ñ'), maxLength: 6 });
  fc.assert(
    fc.property(codigo, codigo, codigo, (a, b, c) => {
      expect(Math.sign(comparaNatural(a, b))).toBe(-Math.sign(comparaNatural(b, a)) + 0);
      if (comparaNatural(a, b) === 0) expect(a).toBe(b);
      if (comparaNatural(a, b) < 0 && comparaNatural(b, c) < 0) expect(comparaNatural(a, c)).toBeLessThan(0);
    }),
  );
});
