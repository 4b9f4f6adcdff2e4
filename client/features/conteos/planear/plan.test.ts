import { describe, expect, test } from 'vitest';
import { TOLERANCIAS_POR_OMISION } from '#shared/contracts/ajustes-empresa.ts';
import {
  ALCANCES,
  campoDelError,
  nombreSugerido,
  nombreZona,
  PLAN_VACIO,
  type Plan,
  puedeContar,
  REPARTOS,
} from './plan.ts';
import { deAjustes, resumenTol, TOL_VACIAS } from './tolerancias.ts';
import { validaPlan } from './valida-plan.ts';

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

/** Tolerances with one row filled in. */
const tol = (fila: 'A' | 'B' | 'C' | 'general', celdas: Partial<(typeof TOL_VACIAS)['A']>) => ({
  ...TOL_VACIAS,
  [fila]: { ...TOL_VACIAS[fila], ...celdas },
});

function errores(cambios: Partial<Plan>) {
  const salida = validaPlan(plan(cambios), ENTORNO);
  return salida.ok ? {} : salida.errores;
}

describe('what is sent', () => {
  test('a blind count of a zone, due today, named by what it counts', () => {
    expect(
      validaPlan(
        plan({ vence: '2026-03-02T14:00', tolerancias: tol('general', { porcentaje: '2.5' }) }),
        ENTORNO,
      ),
    ).toEqual({
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
        dobleCiego: false,
        reparto: 'repartido',
        contadores: [ANA],
        vence: '2026-03-02T20:00:00.000Z',
        tolUnidades: null,
        tolPorcentaje: '2.5',
        tolPesos: null,
        tolerancias: {},
        proposito: 'conteo',
        corrigeA: null,
        comparaCon: null,
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
    ['tol.A.unidades', { tolerancias: tol('A', { unidades: '1.1234' }) }],
    ['tol.B.porcentaje', { tolerancias: tol('B', { porcentaje: '99999' }) }],
    ['tol.general.pesos', { tolerancias: tol('general', { pesos: '1.234' }) }],
    ['tol.C.pesos', { tolerancias: tol('C', { pesos: '-3' }) }],
    ['nombre', { nombre: 'x'.repeat(201) }],
  ])('%s', (campo, cambios) => {
    expect(Object.keys(errores(cambios))).toEqual([campo]);
  });

  test('a counter of another shop is not counted as one', () => {
    expect(errores({ contadores: ['0194fdc2-fa2f-7cc0-81d3-ff12045b7399'] })).toHaveProperty('contadores');
  });
});

describe('alcance: zone/bins, category, ABC class, explicit list, whole almacén, or free', () => {
  test('all six can be planned, and reparto says what two counters of one bin mean in one sentence each', () => {
    expect(ALCANCES.map(({ value }) => value)).toEqual([
      'ubicaciones',
      'categoria',
      'abc',
      'lista',
      'almacen',
      'libre',
    ]);
    expect(REPARTOS.map(({ value }) => value)).toEqual(['repartido', 'doble', 'ninguno']);
    for (const { detail } of REPARTOS) expect(detail).toMatch(/^[^.]+\.$/);
  });

  test.each(['almacen', 'libre'] as const)('%s needs no list', (alcance) => {
    const salida = validaPlan(plan({ alcance, zonas: [] }), ENTORNO);
    expect(salida.ok && salida.value).toMatchObject({
      alcance,
      zonas: [],
      ubicacionIds: [],
      productoIds: [],
    });
  });
});

describe('tolerances by ABC class in units, % and pesos', () => {
  test('only the classes that have a limit are sent; the general one goes with the conteo', () => {
    const tolerancias = {
      ...tol('A', { unidades: '1.', pesos: '100.50' }),
      general: { ...TOL_VACIAS.A, pesos: '20' },
    };
    const salida = validaPlan(plan({ tolerancias }), ENTORNO);
    expect(salida.ok && salida.value).toMatchObject({
      tolPesos: '20',
      tolerancias: { A: { unidades: '1', porcentaje: null, pesos: '100.50' } },
    });
    expect(salida.ok && Object.keys(salida.value.tolerancias ?? {})).toEqual(['A']);
  });

  test('the company defaults fill them in, as a person would have typed them', () => {
    const textos = deAjustes({
      ...TOLERANCIAS_POR_OMISION,
      A: { unidades: '1.00000', porcentaje: '2.50', pesos: '100' },
    });
    expect(textos.A).toEqual({ unidades: '1', porcentaje: '2.5', pesos: '100' });
    expect(resumenTol(textos)).toBe('A: 1 u, 2.5 %, $100');
    expect(resumenTol(deAjustes(TOLERANCIAS_POR_OMISION))).toBeNull();
  });
});

test('a correction names the closed conteo; a test count compares and corrects nothing', () => {
  const otro = ANA;
  const real = validaPlan(plan({ corrigeA: otro, comparaCon: otro }), {
    ...ENTORNO,
    corregido: 'CDMX-01-2026-0007',
  });
  expect(real.ok && real.value).toMatchObject({
    nombre: 'Corrección de CDMX-01-2026-0007',
    corrigeA: otro,
    comparaCon: null,
  });
  const tolerancias = tol('general', { pesos: 'mal' });
  const prueba = validaPlan(
    plan({ proposito: 'prueba', corrigeA: otro, comparaCon: otro, tolerancias }),
    ENTORNO,
  );
  expect(prueba.ok && prueba.value).toMatchObject({
    nombre: 'Prueba: Zona A',
    proposito: 'prueba',
    corrigeA: null,
    comparaCon: otro,
    tolPesos: null,
  });
});

test('double blind only where the count is blind', () => {
  const de = (ciego: boolean) => {
    const salida = validaPlan(plan({ ciego, dobleCiego: true, contadores: [ANA] }), ENTORNO);
    return salida.ok && salida.value.dobleCiego;
  };
  expect([de(true), de(false)]).toEqual([true, false]);
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
  expect(campoDelError('CORRIGE_NO_CERRADO')).toBe('corrigeA');
  expect(campoDelError('COMPARA_NO_VALIDO')).toBe('comparaCon');
  expect(campoDelError('SIN_SENAL')).toBeNull();
});
