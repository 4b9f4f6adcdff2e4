import * as z from 'zod/mini';
import { Uuid } from '#shared/contracts/basicos.ts';

/**
 * How far a phone has a scope: every row up to version `v`, and of version v + 1 the rows up to `a` (a commit may hold
 * 100,000). `h` and `t` are the head of the scope and its token when the page was made: as long as the server knows that
 * pair, all that lies below it is the history that the phone saw. `b`: no row that the phone holds was received at an older
 * head, which tells whether a row that left since then may have been forgotten. On the wire: base64url of
 * `{"e":…,"s":"conteo:…","v":41,"a":["conteo_lineas","…"],"b":40,"h":42,"t":"…","m":1}`.
 */
export interface Posicion {
  readonly epoch: string;
  readonly scope: string;
  readonly ver: number;
  readonly after: readonly [tbl: string, pk: string] | null;
  /** Absent: `ver`. */
  readonly base?: number;
  readonly head: number;
  /** null: the scope had no version at all. */
  readonly token: string | null;
  readonly schema: number;
}

const Crudo = z.object({
  e: Uuid,
  s: z.string(),
  v: z.int().check(z.gte(0)),
  a: z.optional(z.tuple([z.string(), z.string()])),
  b: z.optional(z.int().check(z.gte(0))),
  h: z.int().check(z.gte(0)),
  t: z.nullable(z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/))),
  m: z.int(),
});

export function cifraCursor(p: Posicion): string {
  const crudo: z.infer<typeof Crudo> = {
    e: p.epoch,
    s: p.scope,
    v: p.ver,
    ...(p.after === null ? {} : { a: [p.after[0], p.after[1]] as [string, string] }),
    ...(p.base === undefined || p.base === p.ver ? {} : { b: p.base }),
    h: p.head,
    t: p.token,
    m: p.schema,
  };
  return Buffer.from(JSON.stringify(crudo)).toString('base64url');
}

/** null for anything that `cifraCursor` did not make. */
export function leeCursor(texto: string): Posicion | null {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(texto, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  const leido = Crudo.safeParse(json);
  if (!leido.success) return null;
  const { e, s, v, a, b, h, t, m } = leido.data;
  // Nothing lies above the head that the page was made of, and only an untouched scope has no token.
  if (v > h || (a !== undefined && v + 1 > h) || (b ?? 0) > h || (h === 0) !== (t === null)) return null;
  return {
    epoch: e,
    scope: s,
    ver: v,
    after: a ?? null,
    ...(b === undefined ? {} : { base: b }),
    head: h,
    token: t,
    schema: m,
  };
}
