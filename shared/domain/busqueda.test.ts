import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  agrega,
  buscar,
  crearIndice,
  elimina,
  type FilaBusqueda,
  type Indice,
  pliega,
  pliegaCodigo,
  sugerencia,
  tamano,
} from './busqueda.ts';

const FILAS: FilaBusqueda[] = [
  { id: 'filtro', texto: 'Filtro de aceite Fram', codigos: ['PH-2840', '7501031311309'] },
  { id: 'filtro2', texto: 'Filtro de aire Fram', codigos: ['PH-28401'] },
  { id: 'llanta', texto: 'Llanta Michelin 205/55 R16 91V', codigos: ['LL-001'] },
  { id: 'bujia', texto: 'Bujía de iridio NGK', codigos: ['BJ-PH-2840', 'BKR6'] },
  { id: 'senal', texto: 'Señalización LED ámbar', codigos: ['O0-12'] },
  { id: 'tapa', texto: 'Tapa de filtro', codigos: [] },
];
const indice = crearIndice(FILAS);
const ids = (consulta: string, limite = 10, en: Indice = indice) =>
  buscar(en, consulta, limite).map((a) => a.id);

describe('folding', () => {
  test('accents and ñ folded, punctuation and spaces ignored for codes', () => {
    expect(pliega('Señal BUJÍA ü')).toBe('senal bujia u');
    expect(pliegaCodigo('PH-2840 / a')).toBe('ph2840a');
    expect([ids('senalizacion'), ids('BUJIA'), ids('ámbar')]).toEqual([['senal'], ['bujia'], ['senal']]);
  });
});

describe('codes', () => {
  test('`ph2840` finds PH-2840: exact, then prefix, then inside', () => {
    for (const consulta of ['ph2840', 'PH-2840', 'ph 2840', 'Ph.28-40']) {
      expect(ids(consulta)).toEqual(['filtro', 'filtro2', 'bujia']);
    }
    expect(buscar(indice, 'ph2840', 10).every((a) => a.por === 'codigo')).toBe(true);
  });

  test('`20555R16` finds 205/55 R16', () => {
    for (const consulta of [
      '20555R16',
      '205/55R16',
      '205 55 16',
      '205/55 r16 michelin',
      'michelin 20555r16',
    ]) {
      expect(ids(consulta)).toEqual(['llanta']);
    }
  });

  test('part of a barcode is enough', () => {
    expect(ids('750103')).toEqual(['filtro']);
    expect(ids('11309')).toEqual(['filtro']);
  });
});

describe('words', () => {
  test('all of them, in any order, whole or begun', () => {
    expect(ids('aceite filtro')).toEqual(['filtro']);
    expect(ids('fil fram')).toEqual(['filtro', 'filtro2']);
    expect(ids('filtro bosch')).toEqual([]);
  });

  test('prefix before infix; code matches first', () => {
    const en = crearIndice([
      { id: 'dentro', texto: 'Contrafiltro', codigos: [] },
      { id: 'palabra', texto: 'Un filtro', codigos: [] },
      { id: 'codigo', texto: 'Otra cosa', codigos: ['FILTRO-9'] },
    ]);
    expect(buscar(en, 'filtro', 10)).toEqual([
      { id: 'codigo', por: 'codigo' },
      { id: 'palabra', por: 'texto' },
      { id: 'dentro', por: 'texto' },
    ]);
    expect(ids('filtro', 1, en)).toEqual(['codigo']);
  });

  test('letters do not match across two words', () => {
    expect(ids('iteframX')).toEqual([]);
    expect(ids('tefram')).toEqual([]);
  });

  test('nothing asked, nothing found', () => {
    expect([ids(''), ids('  - '), ids('filtro', 0), ids('\n'), ids('\t')]).toEqual([[], [], [], [], []]);
  });
});

describe('O/0 only as a suggestion', () => {
  test('never searched by itself', () => {
    expect(ids('00-12')).toEqual([]);
    expect(sugerencia(indice, '2O555R16')).toBe('20555R16');
    expect(ids('2O555R16')).toEqual([]);
    expect(sugerencia(indice, 'ph284o fram')).toBe('ph2840 fram');
    expect(sugerencia(crearIndice([{ id: 'x', texto: '', codigos: ['BO1'] }]), 'b01')).toBe('bO1');
    expect(sugerencia(indice, 'ph2840')).toBeNull();
    expect(sugerencia(indice, 'nada')).toBeNull();
  });
});

describe('changes', () => {
  const palabra = fc.constantFrom('filtro', 'aceite', 'bujia', 'r16', '205', 'ngk', 'fram');
  const fila = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    texto: fc.array(palabra, { maxLength: 4 }).map((p) => p.join(' ')),
    codigos: fc.array(palabra, { maxLength: 2 }),
  });
  const cambio = fc.oneof(
    fc.record({ filas: fc.array(fila, { maxLength: 4 }) }),
    fc.record({ borra: fc.array(fc.constantFrom('a', 'b', 'c', 'z'), { maxLength: 2 }) }),
  );

  test('after any upserts and deletes it finds what a new index would', () => {
    fc.assert(
      fc.property(
        fc.array(cambio, { maxLength: 8 }),
        fc.array(palabra, { minLength: 1, maxLength: 2 }),
        (cambios, q) => {
          const vivo = crearIndice([]);
          const verdad = new Map<string, FilaBusqueda>();
          for (const c of cambios) {
            if ('filas' in c) {
              agrega(vivo, c.filas);
              for (const f of c.filas) verdad.set(f.id, f);
            } else {
              elimina(vivo, c.borra);
              for (const id of c.borra) verdad.delete(id);
            }
          }
          const consulta = q.join(' ');
          expect(ids(consulta, 99, vivo).sort()).toEqual(
            ids(consulta, 99, crearIndice(verdad.values())).sort(),
          );
          expect(tamano(vivo)).toBe(verdad.size);
        },
      ),
    );
  });

  test('finds exactly the rows that hold every word', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fila, { selector: (f) => f.id }),
        fc.array(palabra, { minLength: 1, maxLength: 3 }),
        (filas, q) => {
          const esperados = filas
            .filter((f) => q.every((p) => `${f.texto} ${f.codigos.join(' ')}`.includes(p)))
            .map((f) => f.id);
          expect(ids(q.join(' '), 99, crearIndice(filas))).toEqual(expect.arrayContaining(esperados));
        },
      ),
    );
  });

  test('many changes become one string again', () => {
    const vivo = crearIndice(FILAS);
    const nuevas = Array.from({ length: 5_000 }, (_, i) => ({
      id: `n${i}`,
      texto: `Tornillo ${i}`,
      codigos: [`TO-${i}`],
    }));
    agrega(vivo, nuevas.slice(0, 3_000));
    agrega(vivo, nuevas);
    expect(vivo.reciente.ids).toEqual([]);
    expect(tamano(vivo)).toBe(FILAS.length + 5_000);
    expect(ids('to4999', 5, vivo)).toEqual(['n4999']);
    expect(ids('ph2840', 5, vivo)).toEqual(['filtro', 'filtro2', 'bujia']);
    elimina(vivo, ['filtro', 'no existe']);
    expect(ids('ph2840', 5, vivo)).toEqual(['filtro2', 'bujia']);
  });
});
