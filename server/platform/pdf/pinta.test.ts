import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { pintaPdf } from './pinta.ts';
import { paraPdf } from './texto-pdf.ts';

const modulo = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);
const CREADO = new Date('2026-03-01T18:00:00Z');
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

describe('what the fonts can print', () => {
  test('Spanish, €, quotes stay; the rest becomes readable', () => {
    expect(paraPdf('Ñandú “año” 5 € — ¿sí?')).toBe('Ñandú “año” 5 € — ¿sí?');
    expect(paraPdf('n\u0303 o\u0301')).toBe('ñ ó');
    expect(paraPdf('−5 → 3 ≤ 4')).toBe('-5 -> 3 <= 4');
    expect(paraPdf('Łódź ﬁltro ½')).toBe('Lódz filtro ½');
    expect(paraPdf('1\u00a0000\u200b kg\t\u0007x')).toBe('1 000 kg  x');
    expect(paraPdf('日本 👍')).toBe('?? ?');
  });
});

describe('a drawing in its own process', () => {
  test('the same data and date give the same bytes, with title, author and date', async () => {
    const uno = modulo(
      `export const opcionesPdf = { size: 'A4', compress: false };
       export function dibuja(doc, datos) { doc.text(datos.frase); doc.addPage().text('dos'); }`,
    );
    const pinta = () => pintaPdf(uno, { frase: 'hola → año' }, { titulo: 'Acta de año', creado: CREADO });
    const [a, b] = await Promise.all([pinta(), pinta()]);
    expect(text(a!)).toBe(text(b!));
    expect(text(a!)).toMatch(/^%PDF-/);
    expect(text(a!)).toContain('595.28 841.89');
    expect(text(a!)).toContain('DevCompras');
    expect(text(a!)).toContain('(D:20260301180000Z)');
    expect(text(a!)).toContain('/Count 2');
  });

  test('one that breaks, ends its process or takes too long fails alone', async () => {
    await expect(
      pintaPdf(modulo(`export function dibuja() { throw new Error('sin tinta'); }`), null),
    ).rejects.toThrow('sin tinta');
    await expect(pintaPdf(modulo(`export function dibuja() { process.exit(3); }`), null)).rejects.toThrow(
      'code 3',
    );
    await expect(
      pintaPdf(modulo(`export function dibuja() { for (;;); }`), null, { plazoMs: 1_000 }),
    ).rejects.toMatchObject({ code: 'DOCUMENTO_TARDADO', data: { segundos: 1 } });
  });

  test('one that eats its memory is refused, and the process lives', async () => {
    const come = modulo(
      `export function dibuja() { const todo = []; for (;;) todo.push(new Array(1000).fill({ x: todo.length })); }`,
    );
    await expect(pintaPdf(come, null, { memoriaMb: 32 })).rejects.toMatchObject({
      code: 'DOCUMENTO_MUY_GRANDE',
    });
  });

  test('two at once, eight wait, and the next is told to come back', async () => {
    const lento = modulo(
      `export async function dibuja(doc) { await new Promise((listo) => setTimeout(listo, 20)); doc.text('x'); }`,
    );
    const diez = Array.from({ length: 10 }, () => pintaPdf(lento, null));
    await sleep(0);
    await expect(pintaPdf(lento, null)).rejects.toMatchObject({ code: 'DOCUMENTOS_OCUPADOS' });
    for (const bytes of await Promise.all(diez)) expect(text(bytes)).toMatch(/^%PDF-/);
    expect(text(await pintaPdf(lento, null))).toMatch(/%%EOF\s*$/);
  });
});
