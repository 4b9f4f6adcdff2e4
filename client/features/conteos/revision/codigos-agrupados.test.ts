import { expect, test } from 'vitest';
import type { CodigoSinLigar } from '#shared/contracts/conteos.ts';
import { agrupaCodigos } from './codigos-agrupados.ts';

function linea(lineaId: string, codigoCrudo: string, cambios: Partial<CodigoSinLigar> = {}): CodigoSinLigar {
  return {
    lineaId,
    codigoCrudo,
    unidades: '1',
    contador: 'Ana',
    ubicacion: 'A-03-2',
    nota: null,
    fotos: [],
    instante: '2026-03-02T16:00:00.000Z',
    estado: 'sin_ligar',
    propuesta: null,
    ...cambios,
  };
}
const propuesta = (productoId: string) => ({ productoId, nombre: 'Filtro', factor: '1', por: 'Ana' });

test('one decision for all lines of a code', () => {
  const [uno, dos] = agrupaCodigos([
    linea('l1', '0123', { unidades: '2.5', fotos: ['f1'], nota: 'bolsa rota' }),
    linea('l2', '999'),
    linea('l3', '0123', { contador: 'Luis', ubicacion: null, fotos: ['f1', 'f2'] }),
  ]);
  expect(uno).toMatchObject({
    codigo: '0123',
    lineaIds: ['l1', 'l3'],
    unidades: '3.5',
    contadores: ['Ana', 'Luis'],
    ubicaciones: ['A-03-2'],
    notas: ['bolsa rota'],
    fotos: ['f1', 'f2'],
  });
  expect(dos?.lineaIds).toEqual(['l2']);
});

test('a proposal stands only while nobody contradicts it', () => {
  const [juntos] = agrupaCodigos([linea('a', '1', { propuesta: propuesta('p') }), linea('b', '1')]);
  expect(juntos?.propuesta?.productoId).toBe('p');
  const [distintos] = agrupaCodigos([
    linea('a', '1', { propuesta: propuesta('p') }),
    linea('b', '1', { propuesta: propuesta('q') }),
  ]);
  expect(distintos?.propuesta).toBeNull();
});
