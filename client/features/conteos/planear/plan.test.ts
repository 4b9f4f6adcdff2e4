import { describe, expect, test } from 'vitest';
import {
  campoDelError,
  nombreSugerido,
  nombreZona,
  PLAN_VACIO,
  type Plan,
  puedeContar,
  validaPlan,
} from './plan.ts';

const ID = '0194fdc2-fa2f-7cc0-81d3-ff12045b73c8';
const ANA = '0194fdc2-fa2f-7cc0-81d3-ff12045b7301';
const ROSA = '0194fdc2-fa2f-7cc0-81d3-ff12045b7302';
const AHORA = Date.parse('2026-03-02T16:00:00Z');

const ENTORNO = {
  id: ID,
  zona: -360,
  ahora: AHORA,
  deCampo: (texto: string) => Date.parse(`${texto}:00-06:00`),
  roles: new Map([
    [ANA, 'almacenista'],
    [ROSA, 'gerente'],
  ]),
};

function plan(cambios: Partial<Plan> = {}): Plan {
  return { ...PLAN_VACIO, almacenId: ID, zonas: ['A'], contadores: [ANA], ...cambios };
}

function errores(cambios: Partial<Plan>) {
  const salida = validaPlan(plan(cambios), ENTORNO);
  return salida.ok ? {} : salida.errores;
}

describe('what is sent', () => {
  test('a blind count of a zone, due today, named by what it counts', () => {
    expect(validaPlan(plan({ vence: '2026-03-02T14:00', tolPorcentaje: '2.5' }), ENTORNO)).toEqual({
      ok: true,
      value: {
        id: ID,
        nombre: 'Zona A',
        almacenId: ID,
        alcance: 'ubicaciones',
        zonas: ['A'],
        ubicacionIds: [],
        categoriaId: null,
        claseAbc: null,
        productoIds: [],
        ciego: true,
        reparto: 'repartido',
        contadores: [ANA],
        vence: '2026-03-02T20:00:00.000Z',
        tolUnidades: null,
        tolPorcentaje: '2.5',
        tolPesos: null,
      },
    });
  });

  test('what was chosen for another scope stays in the form and is not sent', () => {
    const salida = validaPlan(plan({ alcance: 'abc', categoriaId: ID }), ENTORNO);
    expect(salida.ok && salida.value).toMatchObject({ zonas: [], categoriaId: null, claseAbc: 'A' });
  });

  test('who sees the book is left out of a blind count, and may count in another', () => {
    expect(errores({ contadores: [ROSA] })).toHaveProperty('contadores');
    expect(errores({ contadores: [ROSA], ciego: false })).toEqual({});
    expect(puedeContar('auditor', true)).toBe(false);
  });
});

describe('sentences at the field', () => {
  test('everything at once', () => {
    const salida = validaPlan({ ...PLAN_VACIO, vence: '2026-03-02T09:00' }, ENTORNO);
    expect(salida.ok ? [] : Object.keys(salida.errores).sort()).toEqual([
      'almacen',
      'contadores',
      'ubicaciones',
      'vence',
    ]);
  });

  test.each<[keyof ReturnType<typeof errores>, Partial<Plan>]>([
    ['categoria', { alcance: 'categoria' }],
    ['productos', { alcance: 'lista' }],
    ['tolUnidades', { tolUnidades: '1.123456' }],
    ['tolPorcentaje', { tolPorcentaje: '99999' }],
    ['tolPesos', { tolPesos: '1.234' }],
    ['nombre', { nombre: 'x'.repeat(201) }],
  ])('%s', (campo, cambios) => {
    expect(errores(cambios)).toHaveProperty(campo);
  });

  test('a counter of another shop is not counted as one', () => {
    expect(errores({ contadores: ['0194fdc2-fa2f-7cc0-81d3-ff12045b7399'] })).toHaveProperty('contadores');
  });
});

test('names', () => {
  expect(nombreZona('A')).toBe('Zona A');
  expect(nombreZona('Zona B')).toBe('Zona B');
  expect(nombreSugerido(plan({ zonas: ['A', 'B', 'C', 'D', 'E'] }), undefined)).toBe(
    'Zona A, Zona B, Zona C y 2 más',
  );
  expect(nombreSugerido(plan({ alcance: 'categoria' }), 'Frenos')).toBe('Frenos');
});

test('refusals of the server go to their field', () => {
  expect(campoDelError('CONTADOR_VE_EXISTENCIAS')).toBe('contadores');
  expect(campoDelError('ALCANCE_VACIO')).toBe('alcance');
  expect(campoDelError('SIN_SENAL')).toBeNull();
});
