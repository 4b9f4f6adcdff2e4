import { describe, expect, test } from 'vitest';
import { contadoPorProducto, type Linea } from './conteo.ts';
import { bloqueosDeMerma, bloqueosDeTraspaso, danadoDe, type EntradaMerma } from './merma.ts';
import { linea } from './muestras.ts';
import type { DecisionTraslape } from './traslapes.ts';

const u = (unidades: number) => BigInt(unidades) * 100_000n;
const cuenta = (usuarioId: string, piezas: number, condicion: Linea['condicion'] = 'vendible', bin = 'A') =>
  linea({
    id: `${usuarioId}-${condicion}-${bin}`,
    usuarioId,
    condicion,
    ubicacionId: bin,
    cantidad: u(piezas),
    productoId: 'p',
  });
function danado(lineas: Linea[], aprobado: number, decision: DecisionTraslape | null = null) {
  return danadoDe(contadoPorProducto(lineas).get('p')!, u(aprobado), 'ninguno', decision);
}

describe('danado proposes a transfer to merma: how many units', () => {
  test('those of danado lines only, which the approved figure holds already', () => {
    const contado = contadoPorProducto([
      cuenta('ana', 7),
      cuenta('ana', 3, 'danado'),
      cuenta('ana', 2, 'garantia'),
    ]);
    expect(contado.get('p')!.contado).toBe(u(12));
    expect(danadoDe(contado.get('p')!, u(12), 'ninguno', null)).toBe(u(3));
  });

  test('two people who counted one bin: what both call damaged, or what the chosen one did', () => {
    const iguales = [
      cuenta('ana', 7),
      cuenta('ana', 3, 'danado'),
      cuenta('luis', 9),
      cuenta('luis', 1, 'danado'),
    ];
    expect(danado(iguales, 10)).toBe(u(1));
    const distintos = [cuenta('ana', 7), cuenta('ana', 3, 'danado'), cuenta('luis', 5, 'danado')];
    expect(danado(distintos, 10, { decision: 'uno', usuarioId: 'ana' })).toBe(u(3));
    expect(danado(distintos, 5, { decision: 'uno', usuarioId: 'luis' })).toBe(u(5));
    expect(danado(distintos, 15, { decision: 'suma', usuarioId: null })).toBe(u(8));
  });

  test('never more than was approved, and none where none was', () => {
    expect(danado([cuenta('ana', 4, 'danado')], 2)).toBe(u(2));
    expect(danado([cuenta('ana', 4)], 4)).toBe(0n);
  });
});

describe('who may decide on it, and when it can be moved', () => {
  const entrada = (cambios: Partial<EntradaMerma> = {}): EntradaMerma => ({
    quien: { usuarioId: 'carlos', esAdmin: false, limite: 50_000n },
    contaron: ['ana'],
    movio: false,
    instante: Date.parse('2026-03-02T16:00:00Z'),
    posteriores: [],
    valor: 30_000n,
    zona: 'America/Mexico_City',
    ...cambios,
  });
  const codigos = (e: EntradaMerma) =>
    [...bloqueosDeMerma(e), ...bloqueosDeTraspaso(e)].map(({ code }) => code);

  test('the same prohibitions as approval: not who counted, not who moved it by hand, within the limit', () => {
    expect(codigos(entrada())).toEqual([]);
    expect(codigos(entrada({ contaron: ['ana', 'carlos'] }))).toEqual(['APROBACION_CONTASTE']);
    expect(codigos(entrada({ movio: true }))).toEqual(['APROBACION_MOVISTE']);
    expect(codigos(entrada({ valor: 50_001n }))).toEqual(['FIRMA_LIMITE']);
    expect(codigos(entrada({ valor: null }))).toEqual(['FIRMA_SIN_COSTO']);
    const admin = { usuarioId: 'eva', esAdmin: true, limite: 1n };
    expect(codigos(entrada({ valor: null, quien: admin }))).toEqual([]);
  });

  test('a later conteo or base has said what lies there: it is not moved out twice', () => {
    const a = (hora: string) => [{ tipo: 'conteo' as const, instante: Date.parse(`2026-03-02T${hora}:00Z`) }];
    expect(bloqueosDeTraspaso(entrada({ posteriores: a('16:30') }))).toEqual([
      { code: 'MERMA_POSTERIOR', data: { hora: '10:30' } },
    ]);
    expect(codigos(entrada({ posteriores: a('15:59') }))).toEqual([]);
  });
});
