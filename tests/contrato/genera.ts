import fc from 'fast-check';
import type { Esquema, OperacionDocumentada } from './valida.ts';

/** What programs send when they are wrong: empty, long, of another kind, with signs that mean something elsewhere. */
const RARO = fc.constantFrom<unknown>(
  '',
  ' ',
  '-1',
  '0',
  '1e400',
  '99999999999999999999',
  'null',
  'NaN',
  '2026-02-30',
  '2026-13-01T00:00:00Z',
  "' or 1=1 --",
  '%',
  '\\',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  'ñandú 日本 🚗',
  '\u0000',
  'x'.repeat(3_000),
  '00000000-0000-0000-0000-000000000000',
  'zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz',
);
const RARO_JSON = fc.oneof(
  RARO,
  fc.constantFrom<unknown>(null, true, -1, 1.5, 1e21, [], {}, [[]], { a: { b: 1 } }),
);

/** Values of a JSON Schema as zod writes it; where a pattern cannot be made, what looks like it. */
export function deEsquema(esquema: Esquema): fc.Arbitrary<unknown> {
  const { type, anyOf, items, properties, format, pattern } = esquema;
  const valores = esquema.enum as readonly unknown[] | undefined;
  if (valores !== undefined) return fc.constantFrom(...valores);
  if (esquema.const !== undefined) return fc.constant(esquema.const);
  if (Array.isArray(anyOf)) return fc.oneof(...(anyOf as Esquema[]).map(deEsquema));
  if (type === 'array') return fc.array(deEsquema(items as Esquema), { minLength: 1, maxLength: 3 });
  if (type === 'object') {
    const campos = Object.entries((properties as Record<string, Esquema> | undefined) ?? {});
    const siempre = (esquema.required as string[] | undefined) ?? [];
    return fc.record(Object.fromEntries(campos.map(([clave, uno]) => [clave, deEsquema(uno)])), {
      requiredKeys: siempre,
    });
  }
  if (type === 'integer' || type === 'number') {
    const { minimum = 0, maximum = 1000 } = esquema as { minimum?: number; maximum?: number };
    return fc.integer({ min: Math.max(minimum, -1000), max: Math.min(maximum, 1000) });
  }
  if (type === 'boolean') return fc.boolean();
  if (type === 'null') return fc.constant(null);
  if (format === 'date') return fc.constantFrom('2026-01-31', '2026-11-20', '1999-12-31');
  if (format === 'date-time') return fc.constantFrom('2026-11-20T18:30:00.000Z', '2026-01-01T00:00:00-06:00');
  if (typeof pattern === 'string') {
    if (pattern.includes('[0-9a-f]{8}-')) return fc.uuid({ version: 4 });
    if (pattern.includes('{64}')) return fc.constantFrom('a'.repeat(64), 'f'.repeat(64));
    if (pattern.includes('\\d{1,')) return fc.constantFrom('1', '0', '12.5', '-3', '0.00001');
  }
  const { minLength = 0, maxLength = 40 } = esquema as { minLength?: number; maxLength?: number };
  return fc.string({ minLength, maxLength: Math.min(maxLength, 60), unit: 'grapheme' });
}

export interface Llamada {
  readonly camino: string;
  readonly cuerpo: unknown;
}

/** Calls of an operation: right ones, and ones in which something is not. `caminos` are addresses that exist. */
export function llamadasDe(
  o: OperacionDocumentada,
  parametros: Readonly<Record<string, string>>,
): fc.Arbitrary<Llamada> {
  const texto = (valor: unknown) => (typeof valor === 'string' ? valor : JSON.stringify(valor));
  const deLaRuta = o.parameters.filter((p) => p.in === 'path');
  const deLaConsulta = o.parameters.filter((p) => p.in === 'query');
  const ruta = fc.tuple(
    ...deLaRuta.map((p) =>
      fc.oneof(
        { weight: 3, arbitrary: fc.constant(parametros[p.name] ?? 'x') },
        { weight: 1, arbitrary: deEsquema(p.schema).map(texto) },
        { weight: 1, arbitrary: RARO.map(texto).filter((t) => t.trim() !== '' && !t.includes('..')) },
      ),
    ),
  );
  const consulta = fc.tuple(
    ...deLaConsulta.map((p) =>
      fc.oneof(
        { weight: 3, arbitrary: p.required ? deEsquema(p.schema).map(texto) : fc.constant(undefined) },
        { weight: 4, arbitrary: deEsquema(p.schema).map(texto) },
        { weight: 1, arbitrary: RARO.map(texto) },
        // The same name twice arrives as a list.
        { weight: 1, arbitrary: fc.constant(['a', 'b']) },
      ),
    ),
  );
  const { schema, example } = o.cuerpo;
  const cuerpo: fc.Arbitrary<unknown> =
    schema === undefined
      ? fc.constant(undefined)
      : fc.oneof(
          deEsquema(schema),
          RARO_JSON,
          fc.constant(example ?? {}).chain((bueno) => estropea(bueno)),
        );
  return fc.tuple(ruta, consulta, cuerpo).map(([valores, pedidos, enviado]) => {
    const query = new URLSearchParams();
    deLaConsulta.forEach((p, i) => {
      for (const valor of [pedidos[i] ?? []].flat()) query.append(p.name, valor);
    });
    const camino = deLaRuta.reduce(
      (hasta, p, i) => hasta.replace(`{${p.name}}`, encodeURIComponent(valores[i]!)),
      o.camino,
    );
    return { camino: query.size === 0 ? camino : `${camino}?${query}`, cuerpo: enviado };
  });
}

/** A good body with one of its fields gone or strange. */
function estropea(bueno: unknown): fc.Arbitrary<unknown> {
  const [uno] = Array.isArray(bueno) ? bueno : [bueno];
  const claves = Object.keys((uno ?? {}) as object);
  if (claves.length === 0) return RARO_JSON;
  return fc
    .tuple(fc.constantFrom(...claves), fc.option(RARO_JSON, { nil: undefined }))
    .map(([clave, valor]) => {
      const malo = { ...(uno as object), [clave]: valor };
      return Array.isArray(bueno) ? [malo] : malo;
    });
}
