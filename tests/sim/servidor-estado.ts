import { NetFailure } from '#client/offline/core/ports.ts';
import type { PushEntrada, PushSalida, TurnoDeAntes } from '#shared/contracts/sync.ts';
import type { AltaDeSim } from './bases.ts';
import { huella } from './memoria.ts';

/** What the model server holds (servidor.ts), and how a cursor reads it. */

/** One promise of the protocol broken on purpose. */
export type FallaServidor =
  | 'sin_acked' // what the phone holds for sent is not compared
  | 'sin_hash' // a duplicate number is taken for the same mutation
  | 'ack_antes_de_commit' // the answer leaves before the effects are safe
  | 'last_mid_aparte' // the number survives a kill that takes the effects
  | 'last_mid_temprano' // lastMid on every page
  | 'sin_linaje' // a cursor is only a number
  | 'sin_savepoint' // a poison mutation takes its batch with it, and the number advances
  | 'fila_por_numero' // a row is known by device and number, not by its own id
  | 'lapida_adelanta' // a page with tombstones says that it is the head (payload-expo-tauri#9)
  | 'rechazo_al_vacio' // what is refused is answered, and kept nowhere
  | 'suma_incremental' // the total grows with each arrival
  | 'compacta_sin_piso' // what left is forgotten, and an old cursor goes on as if nothing had
  | 'mudanza_sin_lapida'; // a row that moves is not deleted in its old scope

export type Fila = Record<string, unknown>;
export type Cambio = { ver: number; tbl: string; pk: string; op: 'upsert' | 'delete' };
export type Scope = {
  ver: number;
  cambios: Map<string, Cambio>;
  linaje: Map<number, string>;
  /** What left the scope up to this version may be forgotten; 0 when left out. */
  piso?: number;
};
export type Equipo = {
  secret: string;
  lastMid: number;
  mutaciones: Map<number, { hash: string; result: Resultado }>;
  lagunas: { desde: number; hasta: number }[];
  revocado: boolean;
  /** Who registered it last. */
  dueno: string;
};
export type Resultado = 'applied' | 'rejected' | 'quarantined' | 'en_espera';
export type Enviada = PushEntrada['mutations'][number];
/** A dead letter: the payload, and under which row of `rechazos` its author sees it. */
export type Carta = {
  args: string;
  name: string;
  hash: string;
  usuario: string;
  rechazo: string;
  estado: Resultado;
};

export type Estado = {
  epoch: string;
  scopes: Map<string, Scope>;
  /** Present rows by `tbl|pk`. */
  filas: Map<string, { scope: string; fila: Fila }>;
  equipos: Map<string, Equipo>;
  membresias: Map<string, Set<string>>;
  desactivados: Set<string>;
  /** Dead letters by `device:mid`. */
  cartas: Map<string, Carta>;
  /** Only for the seeded fault `suma_incremental`. */
  sumas: Map<string, number>;
};

export type Escritura = { tbl: string; pk: string; scope: string; fila: Fila | null };
export type Cursor = {
  e: string;
  s: string;
  v: number;
  a: [string, string] | null;
  /** No row that the phone holds was received at an older head. */
  b: number;
  h: number;
  t: string;
  m: number;
};

/** Rows of a scope that a phone with this cursor must have, and keys that it must not have. */
export function cubre(
  estado: Estado,
  scope: string,
  cursor: Cursor,
): { filas: Map<string, Fila>; ausentes: string[] } {
  const s = estado.scopes.get(scope);
  const filas = new Map<string, Fila>();
  const ausentes: string[] = [];
  if (!s) return { filas, ausentes };
  const faltan = new Set(pendientes(s, cursor).map(({ tbl, pk }) => `${tbl}|${pk}`));
  for (const [key, cambio] of s.cambios) {
    if (faltan.has(key)) continue;
    const row = estado.filas.get(key);
    if (cambio.op === 'upsert' && row) filas.set(key, row.fila);
    else ausentes.push(key);
  }
  return { filas, ausentes };
}

/** Forgets every version but the heads, and what left the scopes before them. Without the floor, nobody is told. */
export function olvida(estado: Estado, conPiso: boolean): void {
  for (const s of estado.scopes.values()) {
    const hasta = s.ver - 1;
    if (conPiso) {
      s.piso = Math.max(s.piso ?? 0, hasta);
      for (const ver of s.linaje.keys()) if (ver <= hasta) s.linaje.delete(ver);
    }
    for (const [key, { op, ver }] of s.cambios) if (op === 'delete' && ver <= hasta) s.cambios.delete(key);
  }
}

export function rechazada(code: string, status = 409): NetFailure {
  return new NetFailure('http', { status, code });
}

export function dicho(mid: number, status: Resultado): PushSalida['results'][number] {
  return { mid, status, ...(status === 'applied' ? {} : { code: 'X', mensaje: 'No se aplicó.' }) };
}

export function pendientes(s: Scope, desde: Pick<Cursor, 'v' | 'a'> | null): Cambio[] {
  return [...s.cambios.values()]
    .filter((cambio) => desde === null || cambio.ver > desde.v)
    .filter((cambio) => {
      if (!desde?.a || cambio.ver !== desde.v + 1) return true;
      const [tbl, pk] = desde.a;
      return cambio.tbl > tbl || (cambio.tbl === tbl && cambio.pk > pk);
    })
    .sort((a, b) => a.ver - b.ver || (a.tbl < b.tbl ? -1 : a.tbl > b.tbl ? 1 : a.pk < b.pk ? -1 : 1));
}

/** Where a line is: its rows and its dead letters. `porNumero`: rows are known by another key (a seeded bug). */
export function lugares(estado: Estado, id: string, porNumero: boolean): { filas: Fila[]; cartas: Carta[] } {
  const row = estado.filas.get(`conteo_lineas|${id}`);
  const filas = row ? [row.fila] : [];
  if (porNumero) {
    for (const [key, { fila }] of estado.filas) {
      if (key.startsWith('conteo_lineas|') && fila.id === id) filas.push(fila);
    }
  }
  const cartas = [...estado.cartas.values()].filter((carta) => carta.args.startsWith(`{"id":"${id}"`));
  return { filas, cartas };
}

/** The turnos of a former id, for the new one: its secret is the proof, and a device put out takes its turnos with it. */
export function movidosA(
  { equipos }: Estado,
  nuevo: string,
  deAntes: readonly TurnoDeAntes[],
): AltaDeSim['movidos'] {
  return deAntes.flatMap(({ token, deviceId, secret }) => {
    const [usuario, suyo] = token.split('@') as [string, string | undefined];
    const anterior = equipos.get(deviceId);
    const prueba = suyo === deviceId && deviceId !== nuevo && anterior?.secret === secret;
    return prueba && !anterior.revocado ? [{ usuario, token: `${usuario}@${nuevo}` }] : [];
  });
}

/** What becomes of a mutation that is new. `nuevo`: the mutators of the next version are known. */
export function juzga(
  estado: Estado,
  nuevo: boolean,
  equipo: Equipo,
  device: string,
  mutation: Enviada,
): Resultado {
  const [usuario, deTurno] = mutation.turno.split('@') as [string, string | undefined];
  if (equipo.revocado || deTurno !== device) return 'quarantined';
  if (estado.desactivados.has(usuario)) return 'quarantined';
  if (huella(mutation.args) !== mutation.hash) return 'rejected';
  if (mutation.name === 'futuro/1' && !nuevo) return 'en_espera';
  // Poison by its name in the histories, by a negative quantity where the real handlers judge too.
  if (mutation.name === 'veneno/1' || mutation.args.includes('"cantidad":"-')) return 'rejected';
  return 'applied';
}
