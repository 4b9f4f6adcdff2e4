/**
 * Rows as columns, for the chunks of a snapshot: what lies together compresses together. 100,000 products with a code
 * each take 47 bytes a pair as JSON pages under brotli and about 30 so, because ids lose their hyphens and shared
 * beginnings, a code names its product by the place in the same chunk, and a derived column is not sent at all.
 */

export type Valor = unknown;
export type FilaCruda = Readonly<Record<string, Valor>>;

/** How one column travels. */
export type Columna =
  /** The same in every row. */
  | { c: Valor }
  /** Each as it is. */
  | { v: Valor[] }
  /** Texts without a line break, joined by it. */
  | { t: string }
  /** Lower-case UUIDs: runs of a common first half of 12 digits, then 20 digits a row. */
  | { u: [cabezas: [string, number][], colas: string] }
  /** Ids of an earlier table of the chunk: each place less the one before. */
  | { r: [tabla: string, saltos: number[]] }
  /** A 13- or 12-digit code of another column with zeros to 14 digits; `x` has the rows that differ. */
  | { g: string; x: Record<string, Valor> };

export type TablaColumnar = { tabla: string; filas: number; columnas: Record<string, Columna> };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const GTIN = 14;

/** What may be sent in a cheaper way than value by value; both need to be told, since the texts don't show it. */
export type Pistas = {
  /** Column → table, earlier in the chunk, whose ids it holds. */
  refiere?: Readonly<Record<string, { tabla: string; ids: readonly string[] }>>;
  /** Column → column whose zero-padded text it mostly is. */
  deriva?: Readonly<Record<string, string>>;
};

/** All rows have the fields of the first one. */
export function aColumnas(tabla: string, filas: readonly FilaCruda[], pistas: Pistas = {}): TablaColumnar {
  const columnas: Record<string, Columna> = {};
  for (const campo of Object.keys(filas[0] ?? {})) {
    const valores = filas.map((fila) => fila[campo]);
    const { refiere, deriva } = pistas;
    columnas[campo] = referencia(valores, refiere?.[campo]) ??
      derivada(valores, filas, deriva?.[campo]) ??
      constante(valores) ??
      uuids(valores) ??
      textos(valores) ?? { v: valores };
  }
  return { tabla, filas: filas.length, columnas };
}

function constante(valores: readonly Valor[]): Columna | undefined {
  const [primero] = valores;
  const simple = primero === null || typeof primero !== 'object';
  return simple && valores.every((valor) => valor === primero) ? { c: primero } : undefined;
}

function textos(valores: readonly Valor[]): Columna | undefined {
  if (!valores.every((valor) => typeof valor === 'string' && !valor.includes('\n'))) return undefined;
  return { t: valores.join('\n') };
}

function uuids(valores: readonly Valor[]): Columna | undefined {
  if (!valores.every((valor) => typeof valor === 'string' && UUID.test(valor))) return undefined;
  const cabezas: [string, number][] = [];
  let colas = '';
  for (const valor of valores as string[]) {
    const cabeza = valor.slice(0, 8) + valor.slice(9, 13);
    colas += valor.slice(14, 18) + valor.slice(19, 23) + valor.slice(24);
    const ultima = cabezas.at(-1);
    if (ultima?.[0] === cabeza) ultima[1] += 1;
    else cabezas.push([cabeza, 1]);
  }
  return { u: [cabezas, colas] };
}

function referencia(
  valores: readonly Valor[],
  pista: { tabla: string; ids: readonly string[] } | undefined,
): Columna | undefined {
  if (pista === undefined) return undefined;
  const lugares = new Map(pista.ids.map((id, i) => [id, i]));
  const saltos: number[] = [];
  let antes = 0;
  for (const valor of valores) {
    const lugar = lugares.get(String(valor));
    if (lugar === undefined) return undefined;
    saltos.push(lugar - antes);
    antes = lugar;
  }
  return { r: [pista.tabla, saltos] };
}

function conCeros(valor: Valor): Valor {
  return typeof valor === 'string' ? valor.padStart(GTIN, '0') : null;
}

function derivada(
  valores: readonly Valor[],
  filas: readonly FilaCruda[],
  de: string | undefined,
): Columna | undefined {
  if (de === undefined) return undefined;
  const x: Record<string, Valor> = {};
  let distintas = 0;
  for (const [i, valor] of valores.entries()) {
    if (valor === conCeros(filas[i]![de])) continue;
    x[i] = valor;
    distintas += 1;
  }
  return distintas * 2 < valores.length ? { g: de, x } : undefined;
}

/**
 * The rows again, each with its fields in the order of the columns. `antes`: tables of the same chunk decoded before.
 * Throws on a coding that this version does not know or that does not add up.
 */
export function aFilas(
  { tabla, filas: n, columnas }: TablaColumnar,
  antes: ReadonlyMap<string, readonly FilaCruda[]> = new Map(),
): Record<string, Valor>[] {
  const valores = new Map<string, readonly Valor[]>();
  // A derived column may stand before its source; the order of the fields is that of the columns all the same.
  const campos = Object.entries(columnas);
  const propias = campos.filter(([, columna]) => !('g' in columna));
  for (const [campo, columna] of propias) valores.set(campo, deColumna(columna, n, antes));
  for (const [campo, columna] of campos) {
    if ('g' in columna) {
      const fuente = valores.get(columna.g);
      if (fuente === undefined) throw new Error(`${tabla}.${campo}: no column ${columna.g}`);
      valores.set(
        campo,
        fuente.map((valor, i) => (Object.hasOwn(columna.x, i) ? columna.x[i] : conCeros(valor))),
      );
    }
  }
  const listas = campos.map(([campo]) => {
    const lista = valores.get(campo)!;
    if (lista.length !== n) throw new Error(`${tabla}.${campo}: ${lista.length} values for ${n} rows`);
    return lista;
  });
  // Row by row: filled column by column, each object changes its shape apart and costs three times as much.
  return Array.from({ length: n }, (_, i) => {
    const fila: Record<string, Valor> = {};
    for (let k = 0; k < campos.length; k += 1) fila[campos[k]![0]] = listas[k]![i];
    return fila;
  });
}

function deColumna(
  columna: Columna,
  n: number,
  antes: ReadonlyMap<string, readonly FilaCruda[]>,
): readonly Valor[] {
  if ('c' in columna) return new Array<Valor>(n).fill(columna.c);
  if ('v' in columna) return columna.v;
  if ('t' in columna) return columna.t.split('\n');
  if ('u' in columna) return deUuids(...columna.u);
  if ('r' in columna) {
    const [tabla, saltos] = columna.r;
    const filas = antes.get(tabla);
    let lugar = 0;
    return saltos.map((salto) => {
      lugar += salto;
      const fila = filas?.[lugar];
      if (fila === undefined) throw new Error(`row ${lugar} of ${tabla} is not in the chunk`);
      return fila.id;
    });
  }
  throw new Error('a coding that this version does not know');
}

function deUuids(cabezas: readonly [string, number][], colas: string): string[] {
  const ids: string[] = [];
  let at = 0;
  for (const [cabeza, veces] of cabezas) {
    const inicio = `${cabeza.slice(0, 8)}-${cabeza.slice(8)}-`;
    for (let i = 0; i < veces; i += 1) {
      const cola = colas.slice(at, at + 20);
      ids.push(`${inicio}${cola.slice(0, 4)}-${cola.slice(4, 8)}-${cola.slice(8)}`);
      at += 20;
    }
  }
  return ids;
}
