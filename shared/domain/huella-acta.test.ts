import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COLUMNAS_HUELLA, type RenglonHuella, textoHuella } from './huella-acta.ts';

const vacio = Object.fromEntries(COLUMNAS_HUELLA.map((c) => [c, ''])) as RenglonHuella;
const renglon = (cambios: Partial<RenglonHuella>): RenglonHuella => ({ ...vacio, ...cambios });

test('hash of the lines: the canonical text is the one of the recipe, whatever order the lines come in', () => {
  const a = renglon({ registro: 'linea', id: '01', cantidad: '5', nota: 'dice "3" \\ año' });
  const b = renglon({ registro: 'liga', id: '02', linea_id: '01' });
  expect(textoHuella('c-1', [b, a])).toBe(
    [
      '["devcompras-acta/1","c-1"]',
      String.raw`["linea","01","","","","","","5","","","","","","","","dice \"3\" \\ año","","","","",""]`,
      '["liga","02","01","","","","","","","","","","","","","","","","","",""]',
      '',
    ].join('\n'),
  );
});

test('hash of the lines: the same lines give the same text in any order, and any changed field another', () => {
  const texto = fc.string({ maxLength: 6 });
  const linea = fc.record({ id: fc.uuid(), cantidad: texto, nota: texto, codigo_crudo: texto });
  fc.assert(
    fc.property(
      fc.uniqueArray(linea, { selector: ({ id }) => id, minLength: 1, maxLength: 8 }),
      fc.nat(),
      fc.constantFrom('cantidad', 'nota', 'codigo_crudo', 'anula'),
      (lineas, cual, columna) => {
        const todos = lineas.map(renglon);
        const original = textoHuella('c', todos);
        expect(textoHuella('c', [...todos].reverse())).toBe(original);
        const indice = cual % todos.length;
        const otro = todos.map((uno, i) => (i === indice ? { ...uno, [columna]: `${uno[columna]}x` } : uno));
        expect(textoHuella('c', otro)).not.toBe(original);
        expect(textoHuella('c', todos.slice(1))).not.toBe(original);
        expect(textoHuella('d', todos)).not.toBe(original);
      },
    ),
  );
});
