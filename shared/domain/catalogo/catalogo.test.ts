import { describe, expect, test } from 'vitest';
import { aplana, arbolDe, estorbo, rutaDe } from './arbol.ts';
import { validaCampo } from './campo.ts';
import { CAMPO_PRODUCTO, CAMPOS_PRODUCTO } from './campos-producto.ts';
import { CAMPOS_PROVEEDOR } from './campos-proveedor.ts';
import { motivosDe, type Parecible } from './duplicados.ts';
import { instanteDeFusion, paresDe, partesUnidas, pasosDeCodigos } from './fusion.ts';
import { funde } from './parche.ts';
import { digitoRfc, fraseRfc, validaRfc } from './rfc.ts';
import { serieUbicaciones, zonaDe } from './serie-ubicaciones.ts';

describe('fields', () => {
  const valida = (campo: string, valor: string) => validaCampo(CAMPO_PRODUCTO.get(campo)!, valor);

  test.each([
    ['precio', ' $1,234.50 ', '1234.5'],
    ['precio', '007', '7'],
    ['costo', '80.123456', '80.123456'],
    ['claveProdServ', '25171700', '25171700'],
    ['dimensiones', '30 x 20.5 x 10', '30 x 20.5 x 10'],
    ['nombre', '  Balata  ', 'Balata'],
    ['descripcion', '', null],
  ])('%s takes «%s»', (campo, valor, queda) => {
    expect(valida(campo, valor)).toEqual({ ok: true, valor: queda });
  });

  test.each([
    ['precio', '-1', 'Precio no puede ser negativo'],
    ['precio', '1.234', 'Precio «1.234» no es un número; escríbelo como 1234.50'],
    ['precio', '1e3', 'Precio «1e3» no es un número; escríbelo como 1234.50'],
    ['nombre', ' ', 'Nombre no puede quedar vacío'],
    ['nombre', 'x'.repeat(501), 'Nombre pasa de 500 letras'],
    ['nombre', 'a\u0000b', 'Nombre tiene un carácter que no se puede guardar'],
    ['ivaTasa', '15', 'IVA no puede ser «15»'],
    ['claveUnidad', 'kilo', 'Clave SAT de la unidad son 2 o 3 letras o dígitos en mayúsculas, como H87'],
  ])('%s refuses «%s» with a sentence', (campo, valor, frase) => {
    expect(valida(campo, valor)).toEqual({ ok: false, frase });
  });

  test('days of delivery are a number up to 365', () => {
    const dias = CAMPOS_PROVEEDOR.find((c) => c.campo === 'diasEntrega')!;
    expect(validaCampo(dias, '07')).toEqual({ ok: true, valor: '7' });
    expect(validaCampo(dias, '366').ok).toBe(false);
  });
});

describe('a patch with the values its author saw', () => {
  test('a field as it was seen changes, one that is so already is done, one changed meanwhile is a conflict', () => {
    expect(
      funde(
        CAMPOS_PRODUCTO,
        { precio: '115.00', nombre: 'Filtro', marca: null, unidad: 'PZA' },
        {
          precio: { base: '100', valor: '120' },
          nombre: { base: 'Filtro', valor: 'Filtro de aire' },
          marca: { base: '', valor: null },
          unidad: { base: 'JGO', valor: 'PZA' },
        },
      ),
    ).toEqual({
      aplica: { nombre: 'Filtro de aire' },
      choques: [{ campo: 'precio', base: '100', valor: '120', encontrado: '115.00' }],
    });
  });

  test('decimals are compared as numbers', () => {
    expect(
      funde(CAMPOS_PRODUCTO, { precio: '100.00' }, { precio: { base: '100', valor: '110' } }).aplica,
    ).toEqual({ precio: '110' });
  });
});

describe('the tree', () => {
  const ramas = [
    { id: 'a', nombre: 'A', parentId: null },
    { id: 'b', nombre: 'B', parentId: 'a' },
    { id: 'c', nombre: 'C', parentId: 'b' },
    { id: 'x', nombre: 'X', parentId: 'perdida' },
  ];
  test('parents before children; a row without its parent stays within reach', () => {
    expect(aplana(arbolDe(ramas)).map((n) => `${n.nivel}${n.rama.id}`)).toEqual(['0a', '1b', '2c', '0x']);
    expect(rutaDe(ramas, 'c')).toBe('A › B › C');
  });
  test('nothing goes under itself, nor deeper than eight levels', () => {
    expect([estorbo(ramas, 'a', 'c'), estorbo(ramas, 'c', 'a'), estorbo(ramas, 'a', null)]).toEqual([
      'circulo',
      null,
      null,
    ]);
    const larga = Array.from({ length: 8 }, (_, i) => ({
      id: `n${i}`,
      nombre: `n${i}`,
      parentId: i === 0 ? null : `n${i - 1}`,
    }));
    expect(estorbo([...larga, ...ramas], 'a', 'n5')).toBe('honda');
    expect(estorbo([...larga, ...ramas], 'c', 'n6')).toBeNull();
  });
});

describe('bins in bulk', () => {
  test('A-01-1..A-12-4 are 48, each part as wide as the first writes it', () => {
    const serie = serieUbicaciones('a-01-1 .. A-12-4');
    expect(serie.ok && [serie.codigos.length, serie.codigos[0], serie.codigos.at(-1)]).toEqual([
      48,
      'A-01-1',
      'A-12-4',
    ]);
    expect(serieUbicaciones('A-9..C-10')).toEqual({
      ok: true,
      codigos: ['A-9', 'A-10', 'B-9', 'B-10', 'C-9', 'C-10'],
    });
    expect(zonaDe('A-03-2')).toBe('A');
  });
  test.each(['A-12..A-01', 'A-1..B', 'A-1..A-1-2', 'A-0001..Z-9999', '..', 'A..B..C'])(
    '«%s» says what is wrong',
    (texto) => {
      const serie = serieUbicaciones(texto);
      expect(serie.ok ? '' : serie.frase).toMatch(/\.$/);
      expect(serie.ok).toBe(false);
    },
  );
});

describe('RFC', () => {
  test.each([
    ['GODE561231GR8', 'valido'],
    ['gode-561231-gr8', 'valido'],
    ['XAXX010101000', 'valido'],
    ['GODE561231GR9', 'digito'],
    ['ABC991332XY1', 'fecha'],
    ['AB010203XY9', 'forma'],
  ])('%s is %s', (rfc, validez) => {
    expect(validaRfc(rfc)).toBe(validez);
  });
  test('a check digit that fails is only warned of; a date that is not is refused', () => {
    expect(fraseRfc('GODE561231GR9')).toBeNull();
    expect(fraseRfc('ABC991332XY1')).toMatch(/fecha/);
    expect(digitoRfc('GODE561231GR')).toBe('8');
  });
});

describe('possible duplicates', () => {
  const p = (mas: Partial<Parecible>): Parecible => ({
    id: 'x',
    codigo: 'X',
    nombre: 'Algo',
    marca: null,
    unidad: 'PZA',
    gtins: [],
    ...mas,
  });
  test('the same GTIN, the same code folded', () => {
    expect(
      motivosDe(
        p({ gtins: ['1'], codigo: 'PH-2840' }),
        p({ gtins: ['1'], codigo: 'ph 2840', nombre: 'Otro' }),
      ),
    ).toEqual(['gtin', 'codigo']);
  });
  test('near-equal names with the same brand and unit; words in another order are the same', () => {
    const a = p({ codigo: 'A', nombre: 'Filtro de aceite Jetta 2.0', marca: 'Bosch' });
    expect(motivosDe(a, p({ codigo: 'B', nombre: 'JETTA 2.0 filtro aceite', marca: null }))).toEqual([
      'nombre_igual',
    ]);
    expect(motivosDe(a, p({ codigo: 'C', nombre: 'Filtros de aceite Jetta 2.0', marca: 'BOSCH' }))).toEqual([
      'nombre_parecido',
    ]);
  });
  test('a typing error or one word more is near; two words that say different things are two products', () => {
    const a = p({ codigo: 'A', nombre: 'Amortiguador delantero Kia Forte 2.0' });
    const con = (nombre: string) => motivosDe(a, p({ codigo: 'B', nombre }));
    expect(con('Amortiguador delnatero Kia Forte 2.0')).toEqual(['nombre_parecido']);
    expect(con('Amortiguador del. Kia Forte 2.0')).toEqual(['nombre_parecido']);
    expect(con('Amortiguador trasero Kia Forte 2.0')).toEqual([]);
  });
  test('another size, another brand or another unit is another product', () => {
    const a = p({ codigo: 'A', nombre: 'Llanta 205/55 R16', marca: 'Uno' });
    expect(motivosDe(a, p({ codigo: 'B', nombre: 'Llanta 205/60 R16', marca: 'Uno' }))).toEqual([]);
    expect(motivosDe(a, p({ codigo: 'B', nombre: 'Llanta 205/55 R16', marca: 'Dos' }))).toEqual([]);
    expect(
      motivosDe(a, p({ codigo: 'B', nombre: 'Llanta 205/55 R16', marca: 'Uno', unidad: 'JGO' })),
    ).toEqual([]);
  });
});

describe('joining', () => {
  const hechos = {
    ahora: 1_000,
    primeraLinea: null,
    ultimaBase: null,
    cerradoHasta: null,
    ultimoMovimiento: null,
  };
  test('the stock passes now, or just before the first reading of a count that is open', () => {
    expect(instanteDeFusion(hechos)).toBe(1_000);
    expect(instanteDeFusion({ ...hechos, ultimoMovimiento: 1_200 })).toBe(1_200);
    expect(instanteDeFusion({ ...hechos, primeraLinea: 500, ultimaBase: 400 })).toBe(499);
  });
  test('a base or a closed period between that reading and now leaves no instant that is right for both', () => {
    expect(instanteDeFusion({ ...hechos, primeraLinea: 500, ultimaBase: 600 })).toBeNull();
    expect(instanteDeFusion({ ...hechos, primeraLinea: 500, cerradoHasta: 700 })).toBeNull();
  });
  test('what stood passes first, then each later movement at its own instant', () => {
    expect(
      paresDe(5, 10n, [
        { en: 6, efecto: -1n },
        { en: 7, efecto: 0n },
      ]),
    ).toEqual([
      { en: 5, cantidad: 10n },
      { en: 6, cantidad: -1n },
    ]);
  });
  test('codes pass, are left over, or clash by their factor', () => {
    const c = (id: string, codigo: string, factor: string) => ({ id, codigo, factor });
    expect(
      pasosDeCodigos(
        [c('1', 'A', '1'), c('2', 'B', '12'), c('3', 'C', '6')],
        [c('4', 'B', '12'), c('5', 'C', '12')],
        (a, b) => a === b,
      ).map((p) => p.paso),
    ).toEqual(['pasa', 'sobra', 'choca']);
  });
  test('a kit that had both has the sum', () => {
    const partes = [
      { productoId: 'm', cantidad: '2' },
      { productoId: 's', cantidad: '1' },
    ];
    const suma = (a: string, b: string) => String(Number(a) + Number(b));
    expect(partesUnidas(partes, 'm', 's', suma)).toEqual([{ productoId: 's', cantidad: '3' }]);
    expect(partesUnidas(partes, 'z', 's', suma)).toBeNull();
  });
});
