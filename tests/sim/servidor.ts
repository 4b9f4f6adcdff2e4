import { NetFailure } from '#client/offline/core/ports.ts';
import type {
  HelloEntrada,
  HelloSalida,
  PaginaScope,
  PullEntrada,
  PullSalida,
  PushEntrada,
  PushSalida,
  TurnoDeAntes,
} from '#shared/contracts/sync.ts';
import type { AltaDeSim } from './bases.ts';
import {
  type Cambio,
  type Carta,
  type Cursor,
  dicho,
  type Enviada,
  type Equipo,
  type Escritura,
  type Estado,
  type FallaServidor,
  type Fila,
  juzga,
  lugares,
  movidosA,
  olvida,
  pendientes,
  type Resultado,
  rechazada,
  type Scope,
} from './servidor-estado.ts';

/**
 * A small server in memory that keeps the protocol's promises: one transaction per call, counters and tokens per scope,
 * hashes of mutations. conformidad.sim.test.ts holds it to the real handlers. Its seeded faults break one promise each.
 */

export class Servidor {
  #estado: Estado = {
    epoch: 'epoca-1',
    scopes: new Map(),
    filas: new Map(),
    equipos: new Map(),
    membresias: new Map(),
    desactivados: new Set(),
    cartas: new Map(),
    sumas: new Map(),
  };
  #respaldo: Estado | null = null;
  #n = 0;
  /** The next push dies after its effects and before its commit. */
  matar = false;
  /** It went back to its backup: what phones were told before may be gone until they send it again. */
  restaurado = false;
  /** Mutators of the next version are known. */
  nuevo = false;
  /** Older phones are not given rows. */
  minPullSchema = 1;
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

  revoca(deviceId: string): void {
    const equipo = this.#estado.equipos.get(deviceId);
    if (equipo) equipo.revocado = true;
  }

  /** Its memory of numbers has expired: what came under them is not known any more. */
  olvida(deviceId: string): void {
    this.#estado.equipos.get(deviceId)?.mutaciones.clear();
  }

  desactiva(usuario: string, si: boolean): void {
    this.#estado.desactivados[si ? 'add' : 'delete'](usuario);
  }

  /** A new version starts and applies what waited for it. */
  sube(): void {
    this.nuevo = true;
    for (const [id, carta] of this.#estado.cartas) {
      if (carta.estado !== 'en_espera') continue;
      this.#estado.cartas.delete(id);
      this.#escribe(carta.args, carta.usuario, id);
      const antes = this.#estado.filas.get(`rechazos|${carta.rechazo}`);
      if (!antes) continue;
      const fila = { ...antes.fila, state: 'aplicada' };
      this.commit([{ tbl: 'rechazos', pk: carta.rechazo, scope: antes.scope, fila }]);
    }
  }

  compacta = (): void => olvida(this.#estado, this.#falla !== 'compacta_sin_piso');
  quita(usuario: string, scope: string): void {
    this.#estado.membresias.get(usuario)?.delete(scope);
  }

  scopesDe(usuario: string): string[] {
    if (this.#estado.desactivados.has(usuario)) return [];
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
      const muda = antes !== undefined && antes.scope !== scope && this.#falla !== 'mudanza_sin_lapida';
      if (antes && (fila === null || muda)) toca(antes.scope, tbl, pk, 'delete');
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
    if (this.nuevo) this.sube();
  }

  registra(
    equipo: { id: string; secret: string },
    usuario: string,
    deAntes: readonly TurnoDeAntes[] = [],
  ): AltaDeSim {
    const { equipos, desactivados } = this.#estado;
    const known = equipos.get(equipo.id);
    if (desactivados.has(usuario)) throw rechazada('USUARIO_DESACTIVADO', 403);
    if (known && known.secret !== equipo.secret) throw rechazada('EQUIPO_SECRETO');
    if (known?.revocado) throw rechazada('EQUIPO_REVOCADO');
    if (known) known.dueno = usuario;
    else {
      const { secret } = equipo;
      const nuevo = {
        secret,
        lastMid: 0,
        mutaciones: new Map(),
        lagunas: [],
        revocado: false,
        dueno: usuario,
      };
      equipos.set(equipo.id, nuevo);
    }
    const movidos = movidosA(this.#estado, equipo.id, deAntes);
    return { deviceId: equipo.id, token: `${usuario}@${equipo.id}`, movidos };
  }

  #equipo(entrada: { deviceId: string; secret: string }): Equipo {
    const equipo = this.#estado.equipos.get(entrada.deviceId);
    if (!equipo) throw rechazada('EQUIPO_DESCONOCIDO');
    if (equipo.secret !== entrada.secret) throw rechazada('EQUIPO_SECRETO');
    return equipo;
  }

  hello(entrada: HelloEntrada): HelloSalida {
    const equipo = this.#equipo(entrada);
    return {
      epoch: this.#estado.epoch,
      serverTime: new Date(this.#now()).toISOString(),
      expectedMid: equipo.lastMid + 1,
      minPullSchema: this.minPullSchema,
      revoked: equipo.revocado,
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
    const equipo = this.#equipo(entrada);
    const salida = (kind: PushSalida['kind'], results: PushSalida['results']): PushSalida => ({
      kind,
      epoch: this.#estado.epoch,
      expectedMid: equipo.lastMid + 1,
      serverTime: new Date(this.#now()).toISOString(),
      results: results.sort((a, b) => a.mid - b.mid),
    });
    const porMid = new Map<number, Enviada>();
    for (const mutation of entrada.mutations) {
      const otra = porMid.get(mutation.mid);
      if (otra && otra.hash !== mutation.hash) return salida('forked', []);
      porMid.set(mutation.mid, mutation);
    }
    if (this.#esAjena(equipo, entrada)) return { ...salida('forked', []), resend: true };
    const nuevas: Enviada[] = [];
    const results: PushSalida['results'] = [];
    for (const mutation of [...porMid.values()].sort((a, b) => a.mid - b.mid)) {
      const { mid, hash } = mutation;
      const known = mid <= equipo.lastMid ? equipo.mutaciones.get(mid) : undefined;
      if (known && known.hash !== hash && this.#falla !== 'sin_hash') return salida('forked', []);
      const perdida = !known && equipo.lagunas.some(({ desde, hasta }) => desde <= mid && mid <= hasta);
      if (mid > equipo.lastMid || perdida) nuevas.push(mutation);
      else results.push(dicho(mid, known?.result ?? 'applied'));
    }
    const foto = this.matar || this.#falla === 'sin_savepoint' ? structuredClone(this.#estado) : null;
    const hueco = this.#aplicaSeguidas(equipo, entrada, nuevas, results);
    const respuesta = salida(hueco ? 'gap' : 'ok', results);
    if (this.#falla === 'sin_savepoint' && results.some((result) => result.status === 'rejected')) {
      this.#estado = foto!;
      Object.assign(this.#equipo(entrada), { lastMid: equipo.lastMid, mutaciones: equipo.mutaciones });
    }
    if (!this.matar) return respuesta;
    // It died before the commit: nothing of this push is there.
    this.matar = false;
    this.#estado = foto!;
    if (this.#falla === 'last_mid_aparte') {
      Object.assign(this.#equipo(entrada), { lastMid: equipo.lastMid, mutaciones: equipo.mutaciones });
    }
    if (this.#falla === 'ack_antes_de_commit') return respuesta;
    throw new NetFailure('sin_red');
  }

  /** Applies what follows without a hole; true when there was one. */
  #aplicaSeguidas(
    equipo: Equipo,
    entrada: PushEntrada,
    nuevas: readonly Enviada[],
    results: PushSalida['results'],
  ): boolean {
    const primera = nuevas.find(({ mid }) => mid > equipo.lastMid)?.mid;
    if (primera !== undefined && primera > equipo.lastMid + 1 && entrada.oldestMid > equipo.lastMid + 1) {
      const hasta = Math.min(primera, entrada.oldestMid) - 1;
      equipo.lagunas.push({ desde: equipo.lastMid + 1, hasta });
      equipo.lastMid = hasta;
    }
    for (const mutation of nuevas) {
      const { mid } = mutation;
      if (mid > equipo.lastMid + 1) return true;
      const result = this.#aplica(equipo, entrada.deviceId, mutation);
      equipo.mutaciones.set(mid, { hash: mutation.hash, result });
      equipo.lastMid = Math.max(equipo.lastMid, mid);
      results.push(dicho(mid, result));
    }
    return false;
  }

  #aplica(equipo: Equipo, device: string, mutation: Enviada): Resultado {
    const args = JSON.parse(mutation.args) as { id: string; conteoId: string };
    const [usuario, deTurno] = mutation.turno.split('@') as [string, string | undefined];
    const rechazo = `${device}:${mutation.mid}`;
    let result = juzga(this.#estado, this.nuevo, equipo, device, mutation);
    if (result === 'applied' && !this.#escribe(mutation.args, usuario, rechazo)) result = 'rejected';
    if (result === 'applied' || (result === 'rejected' && this.#falla === 'rechazo_al_vacio')) return result;
    // Shown to the author; where nobody is proven, to who has the phone.
    const autor = deTurno === undefined ? equipo.dueno : usuario;
    const { name, hash } = mutation;
    this.#estado.cartas.set(rechazo, { args: mutation.args, name, hash, usuario, rechazo, estado: result });
    const fila = {
      id: rechazo,
      deviceId: device,
      mid: mutation.mid,
      name,
      code: 'X',
      message: 'No.',
      state: 'abierta',
      conteoId: args.conteoId,
      at: mutation.createdAt,
    };
    this.commit([{ tbl: 'rechazos', pk: rechazo, scope: `usuario:${autor}`, fila }]);
    return result;
  }

  /** The line's row, once; false when another row has its id. */
  #escribe(texto: string, usuario: string, numero: string): boolean {
    const args = JSON.parse(texto) as { id: string; conteoId: string; n: number };
    const pk = this.#falla === 'fila_por_numero' ? numero : args.id;
    if (this.#falla === 'suma_incremental') {
      this.#estado.sumas.set(usuario, (this.#estado.sumas.get(usuario) ?? 0) + args.n);
    }
    const fila = { ...args, usuarioId: usuario };
    const hay = this.#estado.filas.get(`conteo_lineas|${pk}`);
    if (hay) return JSON.stringify(hay.fila) === JSON.stringify(fila);
    this.commit([{ tbl: 'conteo_lineas', pk, scope: `lineas:${args.conteoId}:${usuario}`, fila }]);
    return true;
  }

  /** What a person has counted, as the server adds it up. */
  suma(usuario: string): number {
    if (this.#falla === 'suma_incremental') return this.#estado.sumas.get(usuario) ?? 0;
    let suma = 0;
    for (const [key, { fila }] of this.#estado.filas) {
      if (key.startsWith('conteo_lineas|') && fila.usuarioId === usuario) suma += fila.n as number;
    }
    return suma;
  }

  /** Where a line is on the server: its rows, and its dead letters. */
  lugares(id: string): { filas: Fila[]; cartas: Carta[] } {
    return lugares(this.#estado, id, this.#falla === 'fila_por_numero');
  }

  pull(entrada: PullEntrada, usuario: string): PullSalida {
    const equipo = this.#equipo(entrada);
    if (equipo.revocado) throw rechazada('EQUIPO_REVOCADO');
    if (entrada.schema < this.minPullSchema) throw rechazada('VERSION_VIEJA', 426);
    const scopes = this.scopesDe(usuario);
    const pages: PaginaScope[] = [];
    let quedan = entrada.limit;
    let done = true;
    for (const scope of scopes) {
      const desde = this.lee(entrada.cursors[scope], scope, entrada.schema);
      const s = this.#estado.scopes.get(scope) ?? { ver: 0, cambios: new Map(), linaje: new Map() };
      if (desde && desde.v === s.ver) continue;
      if (quedan === 0) {
        done = false;
        continue;
      }
      const cambios = pendientes(s, desde).slice(0, quedan + 1);
      const lapida = this.#falla === 'lapida_adelanta' && cambios.some(({ op }) => op === 'delete');
      const head = cambios.length <= quedan || lapida;
      const pagina = cambios.slice(0, quedan);
      const ultimo = pagina.at(-1);
      const hasta = head
        ? { v: s.ver, a: null }
        : { v: ultimo!.ver - 1, a: [ultimo!.tbl, ultimo!.pk] as [string, string] };
      const cursor: Cursor = {
        e: this.#estado.epoch,
        s: scope,
        ...hasta,
        b: head || desde === null ? s.ver : desde.b,
        h: s.ver,
        t: s.linaje.get(s.ver) ?? '',
        m: entrada.schema,
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
      lastMid: (done && scopes.length > 0) || this.#falla === 'last_mid_temprano' ? equipo.lastMid : null,
      scopesAdded: [],
      scopesRemoved: Object.keys(entrada.cursors).filter((scope) => !scopes.includes(scope)),
      done,
    };
  }

  /** A cursor that still speaks of this history, else null. */
  lee(texto: string | undefined, scope: string, schema?: number): Cursor | null {
    if (texto === undefined) return null;
    const cursor = JSON.parse(texto) as Cursor;
    if (schema !== undefined && cursor.m !== schema) return null;
    const s = this.#estado.scopes.get(scope);
    if (this.#falla === 'sin_linaje') return cursor.v <= (s?.ver ?? 0) ? cursor : null;
    if (cursor.e !== this.#estado.epoch || cursor.h > (s?.ver ?? 0) || cursor.b < (s?.piso ?? 0)) return null;
    return cursor.h === 0 || s?.linaje.get(cursor.h) === cursor.t ? cursor : null;
  }
}
