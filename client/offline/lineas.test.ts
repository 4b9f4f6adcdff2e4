import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FilaConteoLinea } from '#shared/contracts/filas.ts';
import { lineasVivas, totalDe } from '#shared/domain/conteo.ts';
import type { EstadoMutacion, MutationRow } from './journal-db.ts';
import { sumables, une } from './lineas.ts';

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const EN = '2026-03-02T16:00:00.000Z';

interface Hecho {
  n: number;
  autor: string;
  /** Number of the line that it voids; null: a piece. */
  anula: number | null;
  /** null: a row of the server. */
  estado: EstadoMutacion | null;
}

function fila({ n, autor, anula }: Hecho): FilaConteoLinea {
  return {
    id: id(n),
    conteoId: 'c',
    intento: 1,
    ubicacionId: 'A',
    codigoCrudo: null,
    simbologia: null,
    fuente: null,
    productoId: 'p',
    cantidad: anula === null ? '1' : '0',
    factor: '1',
    tipo: anula === null ? 'suma' : 'anula',
    anula: anula === null ? null : id(anula),
    condicion: 'vendible',
    lote: null,
    caduca: null,
    dot: null,
    nota: null,
    usuarioId: autor,
    contadoEn: EN,
    instante: EN,
    recibidoEn: EN,
  };
}

function entrada(hecho: Hecho, state: EstadoMutacion): MutationRow {
  const { usuarioId: _u, instante: _i, recibidoEn: _r, ...args } = fila(hecho);
  const text = JSON.stringify({ ...args, desfaseGuardarMs: 0 });
  return {
    seq: hecho.n,
    device: 'd',
    mid: hecho.n,
    name: 'conteo.linea/1',
    args: text,
    hash: text,
    usuario: hecho.autor,
    created_at: EN,
    desfase_guardar_ms: 0,
    state,
    attempts: 0,
    last_error: null,
    enviada_en: null,
    entidad: id(hecho.n),
    conteo: 'c',
  };
}

const vista = (hechos: readonly Hecho[]) =>
  une(
    hechos.filter(({ estado }) => estado === null).map(fila),
    [],
    hechos.flatMap((hecho) => (hecho.estado === null ? [] : [entrada(hecho, hecho.estado)])),
    [],
  );

const hechos: fc.Arbitrary<Hecho[]> = fc
  .array(
    fc.record({
      autor: fc.constantFrom('ana', 'luis'),
      anula: fc.option(fc.nat(14), { freq: 2 }),
      estado: fc.constantFrom<EstadoMutacion | null>(null, 'pendiente', 'enviada', 'rechazada', 'apartada'),
    }),
    { maxLength: 15 },
  )
  .map((lista) => lista.map((hecho, n) => ({ ...hecho, n })));

test('what the screen marks as voided is what the domain leaves out, for rows and journal in any mixture', () => {
  fc.assert(
    fc.property(hechos, (lista) => {
      const suman = sumables(vista(lista).lineas);
      const marcadas = suman
        .filter((linea) => linea.tipo !== 'anula' && !linea.anulada)
        .map((linea) => linea.id);
      expect(marcadas.sort()).toEqual(
        lineasVivas(suman)
          .map((linea) => linea.id)
          .sort(),
      );
    }),
  );
});

test('a void of another person, from the server or the journal, takes nothing away', () => {
  const mia: Hecho = { n: 1, autor: 'ana', anula: null, estado: null };
  for (const estado of [null, 'pendiente'] as const) {
    const { lineas } = vista([mia, { n: 2, autor: 'luis', anula: 1, estado }]);
    expect(lineas.find((linea) => linea.id === id(1))?.anulada).toBe(false);
    expect(totalDe(sumables(lineas), 'p')).toBe(100_000n);
  }
});

test('a line on the server and in the journal is shown once', () => {
  const doble: Hecho = { n: 3, autor: 'ana', anula: null, estado: null };
  const { lineas, sinEnviar } = une([fila(doble)], [], [entrada(doble, 'pendiente')], []);
  expect([lineas.length, lineas[0]?.estado, sinEnviar]).toEqual([1, 'enviado', 0]);
});
