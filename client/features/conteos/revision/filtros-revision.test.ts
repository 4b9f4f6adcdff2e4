import { expect, test } from 'vitest';
import { fraseFiltros, leeFiltros, opcionesDe, pasaFiltros } from './filtros-revision.ts';
import { conVariacionDe, productoRevisado } from './muestra-revision.ts';
import { porAprobarDentro, textoAprobarDentro } from './vista-revision.ts';

const por = (usuarioId: string, nombre: string, ubicacion: string | null) => ({
  usuarioId,
  nombre,
  unidades: '1',
  ubicacion,
  zona: ubicacion?.[0] ?? null,
  lineas: 1,
});
const falta = { ...conVariacionDe('F', '-2', '-500.00'), contadores: [por('a', 'Ana', 'A-01')] };
const sobra = { ...conVariacionDe('S', '1', '499.99'), contadores: [por('l', 'Luis', 'B-10')] };
const sinCosto = {
  ...conVariacionDe('C', '9', null),
  contadores: [por('a', 'Ana', 'B-10'), por('l', 'Luis', null)],
};
const TODOS = [falta, sobra, sinCosto];
const codigos = (search: Record<string, unknown>) =>
  TODOS.filter((p) => pasaFiltros(p, leeFiltros(search))).map(({ codigo }) => codigo);

test.each([
  [{}, ['F', 'S', 'C']],
  [{ pesos: '500' }, ['F']],
  [{ pesos: 499 }, ['F', 'S']],
  [{ ubicacion: 'B-10' }, ['S', 'C']],
  [{ zona: 'B' }, ['S', 'C']],
  [{ zona: 'A', contador: 'l' }, []],
  [{ contador: 'a' }, ['F', 'C']],
  [{ contador: 'l', ubicacion: 'A-01' }, []],
])('filter of the review in pesos, by zone, by place, by counter: %j', (search, esperado) => {
  expect(codigos(search)).toEqual(esperado);
});

test('an amount of the URL that is no amount filters nothing', () => {
  for (const pesos of ['-5', '1e9', 'mil', '0', {}, '9999999999'])
    expect(leeFiltros({ pesos }).pesos).toBe('');
});

test('places and counters are offered with how many products each', () => {
  expect(opcionesDe(TODOS, 'B').ubicaciones).toEqual([['B-10', 'B-10 (2)']]);
  expect(opcionesDe(TODOS)).toEqual({
    zonas: [
      ['A', 'Zona A (1)'],
      ['B', 'Zona B (2)'],
    ],
    ubicaciones: [
      ['A-01', 'A-01 (1)'],
      ['B-10', 'B-10 (2)'],
    ],
    contadores: [
      ['a', 'Ana (2)'],
      ['l', 'Luis (2)'],
    ],
  });
});

test('the combination is said in one sentence', () => {
  const filtros = leeFiltros({ pesos: '500', ubicacion: 'A-01', contador: 'a' });
  expect(fraseFiltros({ filtro: 'fuera', q: 'balata' }, filtros, TODOS)).toBe(
    'Fuera de tolerancia, de $500 o más, en A-01, contado por Ana, con «balata»',
  );
});

test('Passing spares the recount, not the ajuste: inside tolerance all are signed together, without those set aside', () => {
  const dentro = { ...sobra, dentroTolerancia: true };
  const bloqueado = { ...falta, dentroTolerancia: true, bloqueos: [{ code: 'X', mensaje: 'No.' }] };
  const exacto = productoRevisado('E');
  const suma = porAprobarDentro([falta, dentro, bloqueado, exacto, sinCosto], new Set());
  expect(suma.ids).toEqual(['id-S', 'id-E']);
  expect(textoAprobarDentro(suma)).toEqual({ texto: 'Aprobar 2 dentro de tolerancia', detalle: '$499.99' });
  expect(porAprobarDentro([dentro, exacto], new Set(['id-S'])).ids).toEqual(['id-E']);
});
