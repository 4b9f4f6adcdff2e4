import { describe, expect, test } from 'vitest';
import { ajusteId, movimientoImportadoId } from './ajuste-id.ts';

const CONTEO = '01890a5d-ac96-774b-bcce-b302099a8057';
const PRODUCTO = '01890a5d-ac96-774b-bcce-b302099a8058';

describe('derived ids', () => {
  test('one ajuste per (conteo, producto): the same id for ever', () => {
    expect(ajusteId(CONTEO, PRODUCTO)).toBe(ajusteId(CONTEO.toUpperCase(), PRODUCTO));
    expect(ajusteId(CONTEO, PRODUCTO)).toMatchInlineSnapshot(`"1d94a3a8-b1bc-5137-ac00-e02bdbe4ca9b"`);
    expect(ajusteId(CONTEO, PRODUCTO)).not.toBe(ajusteId(PRODUCTO, CONTEO));
  });

  test('uuidv5 of the natural key, and no kind collides with another', () => {
    const ids = [
      ajusteId(CONTEO, PRODUCTO),
      movimientoImportadoId(CONTEO, PRODUCTO),
      movimientoImportadoId('a', 'b'),
      movimientoImportadoId('a\u001fb', ''),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
