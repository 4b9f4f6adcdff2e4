import { NetFailure } from '#client/offline/core/ports.ts';
import type {
  HelloEntrada,
  HelloSalida,
  PaginaScope,
  PullEntrada,
  PullSalida,
  PushEntrada,
  PushSalida,
} from '#shared/contracts/sync.ts';

/**
 * A small server in memory that keeps the protocol's promises: one transaction per call, counters and tokens per scope,
 * hashes of mutations. Its seeded faults break one promise each.
 */

export type FallaServidor =
  | 'sin_acked' // what the phone holds for sent is not compared
  | 'sin_hash' // a duplicate number is taken for the same mutation
  | 'ack_antes_de_commit' // the answer leaves before the effects are safe
  | 'last_mid_aparte' // the number survives a kill that takes the effects
  | 'last_mid_temprano' // lastMid on every page
  | 'sin_linaje'; // a cursor is only a number

type Fila = Record<string, unknown>;
type Cambio = { ver: number; tbl: string; pk: string; op: 'upsert' | 'delete' };
type Scope = { ver: number; cambios: Map<string, Cambio>; linaje: Map<number, string> };
type Equipo = {
  secret: string;
  lastMid: number;
  mutaciones: Map<number, { hash: string; result: 'applied' | 'rejected' | 'quarantined' | 'en_espera' }>;
};

type Estado = {
  epoch: string;
  scopes: Map<string, Scope>;
  /** Present rows by `tbl|pk`. */
  filas: Map<string, { scope: string; fila: Fila }>;
  equipos: Map<string, Equipo>;
  membresias: Map<string, Set<string>>;
  /** Dead letters: id of the line → payload. */
  cartas: Map<string, string>;
  lagunas: number;
};

export type Escritura = { tbl: string; pk: string; scope: string; fila: Fila | null };
type Cursor = { e: string; s: string; v: number; a: [string, string] | null; h: number; t: string };

export class Servidor {
  #estado: Estado = {
    epoch: 'epoca-1',
    scopes: new Map(),
    filas: new Map(),
    equipos: new Map(),
    membresias: new Map(),
    cartas: new Map(),
    lagunas: 0,
  };
  #respaldo: Estado | null = null;
  #n = 0;
  /** The next push dies after its effects and before its commit. */
  matar = false;
  /** It went back to its backup: what phones were told before may be gone until they send it again. */
  restaurado = false;
  readonly #falla: FallaServidor | null;
  readonly #now: () => number;

  constructor(now: () => number, falla: FallaServidor | null = null) {
    this.#now = now;
    this.#falla = falla;
  }

  get estado(): Estado {
    return this.#estado;
  }

  #token(): string {
    this.#n += 1;
    return `t${this.#n}`;
  }

  otorga(usuario: string, scope: string): void {
    const scopes = this.#estado.membresias.get(usuario) ?? new Set();
    scopes.add(scope);
    this.#estado.membresias.set(usuario, scopes);
  }

  quita(usuario: string, scope: string): void {
    this.#estado.membresias.get(usuario)?.delete(scope);
  }

  scopesDe(usuario: string): string[] {
    return [...(this.#estado.membresias.get(usuario) ?? [])].sort();
  }

  /** One commit: each touched scope goes one version up; a row that moves is deleted in its old scope. */
  commit(escrituras: readonly Escritura[], estado = this.#estado): void {
    const subidas = new Map<string, Scope>();
    const toca = (scope: string, tbl: string, pk: string, op: Cambio['op']) => {
      const s = estado.scopes.get(scope) ?? { ver: 0, cambios: new Map(), linaje: new Map() };
      estado.scopes.set(scope, s);
      if (!subidas.has(scope)) {
        s.ver += 1;
        s.linaje.set(s.ver, this.#token());
        subidas.set(scope, s);
      }
      s.cambios.set(`${tbl}|${pk}`, { ver: s.ver, tbl, pk, op });
    };
    for (const { tbl, pk, scope, fila } of escrituras) {
      const key = `${tbl}|${pk}`;
      const antes = estado.filas.get(key);
      if (antes && (fila === null || antes.scope !== scope)) toca(antes.scope, tbl, pk, 'delete');
      if (fila === null) estado.filas.delete(key);
      else {
        estado.filas.set(key, { scope, fila });
        toca(scope, tbl, pk, 'upsert');
      }
    }
  }

  respalda(): void {
    this.#respaldo = structuredClone(this.#estado);
  }

  restaura(nuevaEpoca: boolean): void {
    if (!this.#respaldo) return;
    this.restaurado = true;
    this.#estado = structuredClone(this.#respaldo);
    if (nuevaEpoca) this.#estado.epoch = `epoca-${this.#token()}`;
  }

  registra(equipo: { id: string; secret: string }, usuario: string): string {
    const known = this.#estado.equipos.get(equipo.id);
    if (known && known.secret !== equipo.secret)
      throw new NetFailure('http', { status: 409, code: 'EQUIPO_SECRETO' });
    if (!known) {
      this.#estado.equipos.set(equipo.id, { secret: equipo.secret, lastMid: 0, mutaciones: new Map() });
    }
    return `${usuario}@${equipo.id}`;
  }

  #equipo(entrada: { deviceId: string; secret: string }, estado = this.#estado): Equipo {
    const equipo = estado.equipos.get(entrada.deviceId);
    if (!equipo) throw new NetFailure('http', { status: 409, code: 'EQUIPO_DESCONOCIDO' });
    if (equipo.secret !== entrada.secret)
      throw new NetFailure('http', { status: 409, code: 'EQUIPO_SECRETO' });
    return equipo;
  }

  hello(entrada: HelloEntrada): HelloSalida {
    const equipo = this.#equipo(entrada);
    return {
      epoch: this.#estado.epoch,
      serverTime: new Date(this.#now()).toISOString(),
      expectedMid: equipo.lastMid + 1,
      minPullSchema: 1,
      revoked: false,
      forked: this.#esAjena(equipo, entrada),
      scopes: [],
      zonas: {},
    };
  }

  #esAjena(equipo: Equipo, { acked }: Pick<HelloEntrada, 'acked'>): boolean {
    const known = acked ? equipo.mutaciones.get(acked.mid) : undefined;
    return known !== undefined && known.hash !== acked!.hash && this.#falla !== 'sin_acked';
  }

  push(entrada: PushEntrada): PushSalida {
    const siguiente = structuredClone(this.#estado);
    const equipo = this.#equipo(entrada, siguiente);
    const salida = (kind: PushSalida['kind'], results: PushSalida['results']): PushSalida => ({
      kind,
      epoch: siguiente.epoch,
      expectedMid: equipo.lastMid + 1,
      serverTime: new Date(this.#now()).toISOString(),
      results,
    });
    if (this.#esAjena(equipo, entrada)) return { ...salida('forked', []), resend: true };
    const results: PushSalida['results'] = [];
    const mutations = [...entrada.mutations].sort((a, b) => a.mid - b.mid);
    for (const { mid, hash } of mutations) {
      const known = equipo.mutaciones.get(mid);
      if (mid <= equipo.lastMid && known && known.hash !== hash && this.#falla !== 'sin_hash') {
        return salida('forked', []);
      }
    }
    let hueco = false;
    for (const mutation of mutations) {
      const { mid } = mutation;
      if (mid <= equipo.lastMid) {
        results.push({ mid, status: equipo.mutaciones.get(mid)?.result ?? 'applied' });
        continue;
      }
      if (mid > equipo.lastMid + 1 && entrada.oldestMid > equipo.lastMid + 1) {
        siguiente.lagunas += 1;
        equipo.lastMid = Math.min(mid, entrada.oldestMid) - 1;
      }
      if (mid !== equipo.lastMid + 1) {
        hueco = true;
        break;
      }
      const result = this.#aplica(siguiente, entrada.deviceId, mutation);
      equipo.mutaciones.set(mid, { hash: mutation.hash, result });
      equipo.lastMid = mid;
      results.push({
        mid,
        status: result,
        ...(result === 'applied' ? {} : { code: 'X', mensaje: 'No se aplicó.' }),
      });
    }
    const respuesta = salida(hueco ? 'gap' : 'ok', results);
    if (this.matar) {
      this.matar = false;
      if (this.#falla === 'last_mid_aparte') {
        const vivo = this.#equipo(entrada);
        vivo.lastMid = equipo.lastMid;
        vivo.mutaciones = equipo.mutaciones;
      }
      if (this.#falla === 'ack_antes_de_commit') return respuesta;
      throw new NetFailure('sin_red');
    }
    this.#estado = siguiente;
    return respuesta;
  }

  #aplica(
    estado: Estado,
    device: string,
    mutation: PushEntrada['mutations'][number],
  ): 'applied' | 'rejected' | 'quarantined' | 'en_espera' {
    const args = JSON.parse(mutation.args) as { id: string; conteoId: string };
    const [usuario, deTurno] = mutation.turno.split('@') as [string, string];
    const result =
      deTurno !== device
        ? 'quarantined'
        : mutation.name === 'veneno/1'
          ? 'rejected'
          : mutation.name === 'futuro/1'
            ? 'en_espera'
            : 'applied';
    if (result !== 'applied') {
      const id = `${device}:${mutation.mid}`;
      estado.cartas.set(args.id, mutation.args);
      const fila = {
        id,
        deviceId: device,
        mid: mutation.mid,
        name: mutation.name,
        code: 'X',
        message: 'No.',
        state: 'abierta',
        conteoId: args.conteoId,
        at: mutation.createdAt,
      };
      this.commit([{ tbl: 'rechazos', pk: id, scope: `usuario:${usuario}`, fila }], estado);
      return result;
    }
    if (!estado.filas.has(`conteo_lineas|${args.id}`)) {
      const scope = `lineas:${args.conteoId}:${usuario}`;
      const fila = { ...args, usuarioId: usuario };
      this.commit([{ tbl: 'conteo_lineas', pk: args.id, scope, fila }], estado);
    }
    return 'applied';
  }

  pull(entrada: PullEntrada, usuario: string): PullSalida {
    const equipo = this.#equipo(entrada);
    const scopes = this.scopesDe(usuario);
    const pages: PaginaScope[] = [];
    let quedan = entrada.limit;
    let done = true;
    for (const scope of scopes) {
      const desde = this.lee(entrada.cursors[scope], scope);
      const s = this.#estado.scopes.get(scope) ?? { ver: 0, cambios: new Map(), linaje: new Map() };
      if (desde && desde.v === s.ver) continue;
      if (quedan === 0) {
        done = false;
        continue;
      }
      const cambios = pendientes(s, desde).slice(0, quedan + 1);
      const head = cambios.length <= quedan;
      const pagina = cambios.slice(0, quedan);
      const ultimo = pagina.at(-1);
      const hasta = head
        ? { v: s.ver, a: null }
        : { v: ultimo!.ver - 1, a: [ultimo!.tbl, ultimo!.pk] as [string, string] };
      const cursor: Cursor = {
        e: this.#estado.epoch,
        s: scope,
        ...hasta,
        h: s.ver,
        t: s.linaje.get(s.ver) ?? '',
      };
      const upserts: Record<string, Fila[]> = {};
      const deletes: Record<string, string[]> = {};
      for (const { tbl, pk, op } of pagina) {
        const row = this.#estado.filas.get(`${tbl}|${pk}`);
        if (op === 'upsert' && row) upserts[tbl] = [...(upserts[tbl] ?? []), row.fila];
        else deletes[tbl] = [...(deletes[tbl] ?? []), pk];
      }
      pages.push({ scope, reset: desde === null, upserts, deletes, cursor: JSON.stringify(cursor), head });
      quedan -= pagina.length;
      done &&= head;
    }
    return {
      epoch: this.#estado.epoch,
      pages,
      lastMid: done || this.#falla === 'last_mid_temprano' ? equipo.lastMid : null,
      scopesAdded: [],
      scopesRemoved: Object.keys(entrada.cursors).filter((scope) => !scopes.includes(scope)),
      done,
    };
  }

  /** A cursor that still speaks of this history, else null. */
  lee(texto: string | undefined, scope: string): Cursor | null {
    if (texto === undefined) return null;
    const cursor = JSON.parse(texto) as Cursor;
    const s = this.#estado.scopes.get(scope);
    if (this.#falla === 'sin_linaje') return cursor.v <= (s?.ver ?? 0) ? cursor : null;
    if (cursor.e !== this.#estado.epoch || cursor.h > (s?.ver ?? 0)) return null;
    return cursor.h === 0 || s?.linaje.get(cursor.h) === cursor.t ? cursor : null;
  }

  /** Rows of a scope that a phone with this cursor must have, and keys that it must not have. */
  cubre(scope: string, cursor: Cursor): { filas: Map<string, Fila>; ausentes: string[] } {
    const s = this.#estado.scopes.get(scope);
    const filas = new Map<string, Fila>();
    const ausentes: string[] = [];
    if (!s) return { filas, ausentes };
    const faltan = new Set(pendientes(s, cursor).map(({ tbl, pk }) => `${tbl}|${pk}`));
    for (const [key, cambio] of s.cambios) {
      if (faltan.has(key)) continue;
      const row = this.#estado.filas.get(key);
      if (cambio.op === 'upsert' && row) filas.set(key, row.fila);
      else ausentes.push(key);
    }
    return { filas, ausentes };
  }
}

function pendientes(s: Scope, desde: Pick<Cursor, 'v' | 'a'> | null): Cambio[] {
  return [...s.cambios.values()]
    .filter((cambio) => desde === null || cambio.ver > desde.v)
    .filter((cambio) => {
      if (!desde?.a || cambio.ver !== desde.v + 1) return true;
      const [tbl, pk] = desde.a;
      return cambio.tbl > tbl || (cambio.tbl === tbl && cambio.pk > pk);
    })
    .sort((a, b) => a.ver - b.ver || (a.tbl < b.tbl ? -1 : a.tbl > b.tbl ? 1 : a.pk < b.pk ? -1 : 1));
}
