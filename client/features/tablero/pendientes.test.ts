import { expect, test } from 'vitest';
import type { ConteoVista } from '#client/offline/index.ts';
import { dePorFirmar, pendientesDe } from './pendientes.ts';

const AHORA = Date.parse('2026-03-02T13:00:00Z');

function conteo(id: string, cambios: Partial<ConteoVista> = {}): ConteoVista {
  return {
    id,
    folio: null,
    nombre: id,
    tiendaId: 't',
    almacenId: 'a',
    alcance: 'libre',
    ciego: true,
    reparto: 'ninguno',
    estado: 'abierto',
    vence: null,
    creadoPor: 'u',
    proposito: 'conteo',
    corrigeA: null,
    complementaA: null,
    abiertoEn: '2026-03-02T10:00:00Z',
    cerradoEn: null,
    almacenNombre: 'General',
    tiendaNombre: 'Centro',
    soloAqui: false,
    cuento: true,
    intento: 1,
    misLineas: 0,
    misProductos: 0,
    sinEnviar: 0,
    parteTerminadaEn: null,
    devuelta: null,
    ...cambios,
  };
}
const ids = (lista: { id: string }[]) => lista.map(({ id }) => id);
const TARDE = '2026-03-02T12:00:00Z';

const CONTEOS = [
  conteo('mio'),
  conteo('tarde', { vence: TARDE }),
  conteo('entregado', { vence: TARDE, parteTerminadaEn: TARDE }),
  conteo('ajeno', { vence: TARDE, cuento: false }),
  conteo('revision', { estado: 'en_revision' }),
  conteo('cerrado', { estado: 'cerrado', vence: TARDE }),
];

test('a counter: only what they still owe', () => {
  const p = pendientesDe(CONTEOS, false, AHORA);
  expect(ids(p.atrasados)).toEqual(['tarde']);
  expect(ids(p.abiertos)).toEqual(['mio']);
  expect(p.enRevision).toEqual([]);
});

test('a manager: whoever is late, and what waits for a decision', () => {
  const p = pendientesDe(CONTEOS, true, AHORA);
  expect(ids(p.atrasados)).toEqual(['tarde', 'entregado', 'ajeno']);
  expect(ids(p.enRevision)).toEqual(['revision']);
  expect(ids(p.abiertos)).toEqual(['mio']);
});

test('what waits for a signature, and whether it is mine to sign', () => {
  const f = (tipo: 'manual' | 'contra_ajuste', mia = true) => ({ tipo, impedimento: mia ? null : {} });
  expect(dePorFirmar([f('manual')])).toBe('1 ajuste a mano.');
  expect(dePorFirmar([f('manual'), f('manual', false), f('contra_ajuste')])).toBe(
    '2 ajustes a mano y 1 movimiento que llegó después de aprobar; 1 le toca a otra persona.',
  );
  expect(dePorFirmar([f('contra_ajuste', false)])).toContain('; le toca a otra persona.');
});
