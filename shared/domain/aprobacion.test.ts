import { describe, expect, test } from 'vitest';
import { type Codigo, MENSAJES } from '../codes.ts';
import { mensajeDe } from '../errores.ts';
import {
  type Avisos,
  avisosDelConteo,
  avisosDelProducto,
  type EntradaAvisosConteo,
  type EntradaAvisosProducto,
} from './aprobacion.ts';
import type { RevisionProducto } from './revision.ts';

const HORA = 3_600_000;
const DIEZ = Date.parse('2026-03-02T16:00:00Z');
const ZONA = 'America/Mexico_City';
const eva = { usuarioId: 'eva', rol: 'gerente', limite: 500_000n } as const;

const revision: RevisionProducto = {
  productoId: 'p',
  intento: 1,
  estado: 'variacion',
  efecto: 'ajuste',
  contado: 3_700_000n,
  desde: DIEZ - HORA,
  instante: DIEZ,
  teorico: 4_000_000n,
  lo: 4_000_000n,
  hi: 4_000_000n,
  variacion: -300_000n,
  dentroTolerancia: false,
  valorVariacion: -184_000n,
  movimientosVentana: [],
  traslapes: [],
  ubicacionesFaltantes: [],
  causas: [],
};
const producto = (
  datos: Partial<EntradaAvisosProducto> = {},
  rev: Partial<RevisionProducto> = {},
): EntradaAvisosProducto => ({
  aprobador: eva,
  revision: { ...revision, ...rev },
  contaron: ['ana', 'luis'],
  abiertoEn: DIEZ - 2 * HORA,
  manuales: [],
  posteriores: [],
  zona: ZONA,
  ...datos,
});
const conteo = (datos: Partial<EntradaAvisosConteo> = {}): EntradaAvisosConteo => ({
  aprobador: eva,
  estado: 'en_revision',
  lineasSinLigar: 0,
  partes: [{ nombre: 'Ana', terminada: true, lineasDichas: 40, lineasRecibidas: 40 }],
  equipos: [{ nombre: 'Zebra 1', sinEnviar: 0 }],
  movimientosHasta: null,
  ultimoInstante: DIEZ,
  zona: ZONA,
  ...datos,
});
const bloqueos = (avisos: Avisos) => avisos.bloqueos.map(({ code }) => code);
const advertencias = (avisos: Avisos) => avisos.advertencias.map(({ code }) => code);
const frases = (avisos: Avisos) =>
  [...avisos.bloqueos, ...avisos.advertencias].map(({ code, data }) => mensajeDe(code, data));

describe('who approves what', () => {
  test('nothing in the way', () => {
    const nada = { bloqueos: [], advertencias: [] };
    expect(avisosDelConteo(conteo())).toEqual(nada);
    expect(avisosDelProducto(producto())).toEqual(nada);
  });

  test('by gerente or admin only', () => {
    const como = (rol: 'almacenista' | 'auditor' | 'comprador' | 'chofer' | 'admin') =>
      bloqueos(avisosDelConteo(conteo({ aprobador: { ...eva, rol } })));
    expect([como('almacenista'), como('auditor'), como('comprador'), como('chofer')].flat()).toEqual(
      Array<Codigo>(4).fill('APROBACION_ROL'),
    );
    expect(como('admin')).toEqual([]);
  });

  test('within their limit in pesos (above it: admin)', () => {
    const caro = { valorVariacion: -500_001n };
    expect(bloqueos(avisosDelProducto(producto({}, { valorVariacion: -500_000n })))).toEqual([]);
    expect(bloqueos(avisosDelProducto(producto({}, caro)))).toEqual(['APROBACION_LIMITE']);
    expect(frases(avisosDelProducto(producto({}, caro)))[0]).toContain('$5,000.01 y tu límite es $5,000');
    const admin = { ...eva, rol: 'admin' } as const;
    expect(bloqueos(avisosDelProducto(producto({ aprobador: admin }, caro)))).toEqual([]);
    expect(bloqueos(avisosDelProducto(producto({ aprobador: { ...eva, limite: null } }, caro)))).toEqual([]);
  });

  test('nobody approves a product where they counted any line', () => {
    expect(bloqueos(avisosDelProducto(producto({ contaron: ['ana', 'eva'] })))).toEqual([
      'APROBACION_CONTASTE',
    ]);
    const admin = { ...eva, rol: 'admin' } as const;
    expect(bloqueos(avisosDelProducto(producto({ aprobador: admin, contaron: ['eva'] })))).toEqual([
      'APROBACION_CONTASTE',
    ]);
  });

  test('nor one with a movement by hand dated before the count and recorded after it opened', () => {
    const con = (datos: Partial<EntradaAvisosProducto['manuales'][number]>) =>
      bloqueos(
        avisosDelProducto(
          producto({
            manuales: [{ usuarioId: 'eva', ocurridaEn: DIEZ - HORA, createdAt: DIEZ + HORA, ...datos }],
          }),
        ),
      );
    expect(con({})).toEqual(['APROBACION_MOVISTE']);
    expect(con({ usuarioId: 'ana' })).toEqual([]);
    expect(con({ ocurridaEn: DIEZ + 1 })).toEqual([]);
    expect(con({ createdAt: DIEZ - 2 * HORA - 1 })).toEqual([]);
  });
});

describe('what must be settled before', () => {
  test('incomplete bins and undecided overlaps', () => {
    const falta = avisosDelProducto(producto({}, { estado: 'incompleto', ubicacionesFaltantes: ['B', 'C'] }));
    expect(bloqueos(falta)).toEqual(['APROBACION_INCOMPLETO']);
    expect(frases(falta)[0]).toContain('en 2 ubicaciones fuera');
    expect(bloqueos(avisosDelProducto(producto({}, { estado: 'traslape' })))).toEqual([
      'APROBACION_TRASLAPE',
    ]);
  });

  test('a product asked to be recounted waits for its recount', () => {
    expect(bloqueos(avisosDelProducto(producto({ recuentoPendiente: true })))).toEqual([
      'APROBACION_RECUENTO',
    ]);
  });

  test('unlinked lines hold back every product', () => {
    const r = avisosDelConteo(conteo({ lineasSinLigar: 2 }));
    expect(bloqueos(r)).toEqual(['APROBACION_SIN_LIGAR']);
    expect(frases(avisosDelConteo(conteo({ lineasSinLigar: 1 })))[0]).toContain('Hay 1 línea con');
  });

  test('"Ya se ajustó con el conteo de las 10:30"', () => {
    const con = (tipo: 'conteo' | 'base', instante: number) =>
      avisosDelProducto(producto({ posteriores: [{ tipo, instante }] }));
    const media = con('conteo', DIEZ + HORA / 2);
    expect(bloqueos(media)).toEqual(['APROBACION_CONTEO_POSTERIOR']);
    expect(frases(media)[0]).toContain('Ya se ajustó con el conteo de las 10:30.');
    expect(bloqueos(con('base', DIEZ + HORA))).toEqual(['APROBACION_BASE_POSTERIOR']);
    expect(frases(con('conteo', DIEZ + 48 * HORA))[0]).toContain('4 mar 2026, 10:00');
    expect(bloqueos(con('conteo', DIEZ))).toEqual([]);
    expect(bloqueos(con('conteo', DIEZ - HORA))).toEqual([]);
  });

  test('a closed conteo is never reopened, a cancelled one is never approved', () => {
    expect(bloqueos(avisosDelConteo(conteo({ estado: 'cerrado' })))).toEqual(['APROBACION_CERRADO']);
    expect(bloqueos(avisosDelConteo(conteo({ estado: 'cancelado' })))).toEqual(['APROBACION_CANCELADO']);
  });
});

describe('what takes a reason, logged', () => {
  test('parts not sent, with their names', () => {
    const abierta = { terminada: false, lineasDichas: null, lineasRecibidas: 3 };
    const r = avisosDelConteo(
      conteo({
        partes: [
          { nombre: 'Ana', ...abierta },
          { nombre: 'Iván', ...abierta },
        ],
      }),
    );
    expect(advertencias(r)).toEqual(['APROBACION_PARTES']);
    expect(frases(r)[0]).toContain('Ana e Iván');
  });

  test("each phone's unsent lines, and lines that a part said and have not come", () => {
    const r = avisosDelConteo(
      conteo({
        equipos: [
          { nombre: 'Zebra 1', sinEnviar: 0 },
          { nombre: 'Zebra 2', sinEnviar: 12 },
        ],
        partes: [{ nombre: 'Ana', terminada: true, lineasDichas: 40, lineasRecibidas: 38 }],
      }),
    );
    expect(advertencias(r)).toEqual(['APROBACION_LINEAS_FALTAN', 'APROBACION_SIN_ENVIAR']);
    expect(frases(r)[0]).toContain('2 líneas');
    expect(frases(r)[1]).toContain('«Zebra 2» tiene 12 líneas');
  });

  test('movimientos_hasta before the last scan', () => {
    const hasta = (movimientosHasta: number | null) => avisosDelConteo(conteo({ movimientosHasta }));
    expect(frases(hasta(DIEZ - HORA))[0]).toContain('solo hasta 09:00');
    expect(advertencias(hasta(DIEZ))).toEqual([]);
    expect(advertencias(hasta(null))).toEqual([]);
  });

  test('intentos of which no two agree: a third by a third person, or a reason', () => {
    const r = avisosDelProducto(producto({ intentosDifieren: true }));
    expect([bloqueos(r), advertencias(r)]).toEqual([[], ['APROBACION_INTENTOS']]);
  });

  test('two people without a bin: nothing proves an overlap, it is flagged', () => {
    const traslapes = [{ ubicacionId: null, usuarios: [], estado: 'sin_ubicacion' as const, resta: 0n }];
    const r = avisosDelProducto(producto({}, { traslapes }));
    expect([bloqueos(r), advertencias(r)]).toEqual([[], ['APROBACION_SIN_UBICACION']]);
  });

  test('"sin costo" is said', () => {
    const sinCosto = producto({}, { valorVariacion: null });
    expect(advertencias(avisosDelProducto(sinCosto))).toEqual(['APROBACION_SIN_COSTO']);
    expect(advertencias(avisosDelProducto(producto({}, { estado: 'cuadra', valorVariacion: null })))).toEqual(
      [],
    );
  });
});

test('every sentence of the approval says what to do, without an empty placeholder', () => {
  const codigos = (Object.keys(MENSAJES) as Codigo[]).filter((code) => code.startsWith('APROBACION_'));
  expect(codigos.length).toBeGreaterThan(14);
  for (const code of codigos) expect(MENSAJES[code]).toMatch(/[.?]$/);
});
