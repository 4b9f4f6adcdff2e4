import 'fake-indexeddb/auto';
import type { MutationRow } from '#client/offline/journal-db.ts';
import { uneRechazos } from '#client/offline/rechazos.ts';
import { Red } from './red.ts';
import { azar, Reloj } from './reloj.ts';
import { type FallaServidor, Servidor } from './servidor.ts';
import { entra, type FallaTelefono, Pestana, Telefono } from './telefono.ts';

export type Faltas = { servidor?: FallaServidor; telefono?: FallaTelefono };

/** One step of a history. `t` chooses a tab among those that there are. */
export type Paso =
  | { k: 'guarda'; t: number; veces: number }
  | { k: 'veneno' | 'futuro'; t: number }
  | { k: 'espera'; ms: number }
  | { k: 'red'; p: number; maldad: number }
  | { k: 'corta' | 'conecta'; p: number }
  | { k: 'choca'; t: number; en: number; momento: 'antes' | 'despues' }
  | { k: 'sorda'; t: number; veces: number }
  | { k: 'cuelga'; t: number }
  | { k: 'lleno'; p: number; si: boolean }
  | { k: 'sale' | 'sesion_muere'; p: number }
  | { k: 'entra'; p: number; usuario: 'ana' | 'luis' }
  | { k: 'foco'; t: number }
  | { k: 'catalogo'; ids: number[]; borra: boolean }
  | { k: 'mueve'; id: number; tienda: 1 | 2 }
  | { k: 'otorga' | 'quita' }
  | { k: 'respalda' }
  | { k: 'restaura'; epoca: boolean }
  | { k: 'mata_servidor' }
  | { k: 'clona'; p: number }
  | { k: 'desaloja'; p: number }
  | { k: 'pestana'; p: number }
  | { k: 'reloj'; p: number; ms: number };

/** After the faults end, everything must be level within this (no Retry-After is longer than 8 s). */
const DRENAJE_MS = 38_000;

type Guardada = { id: string; usuario: string; args: string; telefono: Telefono; perdonada: boolean };

/** Phones, their tabs, a server, a network, and what every person was told was saved. */
export class Mundo {
  readonly #reloj = new Reloj();
  readonly #azar: () => number;
  readonly #faltas: Faltas;
  readonly servidor: Servidor;
  readonly telefonos: Telefono[] = [];
  pestanas: Pestana[] = [];
  readonly guardadas = new Map<string, Guardada>();
  #n = 0;

  constructor(seed: number, faltas: Faltas = {}) {
    this.#azar = azar(seed);
    this.#faltas = faltas;
    this.servidor = new Servidor(() => this.#reloj.now, faltas.servidor ?? null);
  }

  async abre(): Promise<void> {
    for (const usuario of ['ana', 'luis']) {
      for (const scope of [`usuario:${usuario}`, `lineas:c1:${usuario}`, 'catalogo', 'tienda:1']) {
        this.servidor.otorga(usuario, scope);
      }
    }
    this.servidor.commit(
      Array.from({ length: 5 }, (_, i) => ({
        tbl: 'productos',
        pk: `p${i}`,
        scope: 'catalogo',
        fila: { id: `p${i}`, codigo: `P-${i}`, v: 0 },
      })),
    );
    const telefono = new Telefono(new Red(this.#reloj, this.#azar), this.#faltas.telefono ?? null);
    this.telefonos.push(telefono);
    await this.#entra(telefono, 'ana');
    this.#pestana(telefono);
    this.servidor.respalda();
    await this.#reloj.advance(2_000);
  }

  #pestana(telefono: Telefono): void {
    this.pestanas.push(new Pestana(telefono, () => this.servidor, this.#reloj, this.#azar));
  }

  async #entra(telefono: Telefono, usuario: string): Promise<void> {
    if (!telefono.red.conectada) return;
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const device = await telefono.journal.device();
      try {
        const token = this.servidor.registra(device, usuario);
        await entra(telefono, usuario, token, this.#reloj.now);
        if (telefono.persona?.usuario !== usuario) {
          await telefono.cache.purgeFor({ usuarioId: usuario, rol: 'almacenista', tiendaIds: ['1', '2'] });
        }
        telefono.persona = { usuario, sesion: true };
        for (const tab of this.pestanas)
          if (tab.telefono === telefono && tab.viva) tab.engine.poke('persona');
        return;
      } catch {
        // why: this id is another phone's by now; the engine forks it at its next round
        await this.#reloj.advance(1_000);
      }
    }
  }

  #tab(t: number): Pestana | undefined {
    const alive = this.pestanas.filter((tab) => tab.viva);
    return alive[t % Math.max(1, alive.length)];
  }

  #phone(p: number): Telefono {
    return this.telefonos[p % this.telefonos.length]!;
  }

  async paso(paso: Paso): Promise<void> {
    await this.#haz(paso);
    await this.#reloj.settle();
    for (const tab of this.pestanas.filter((candidate) => !candidate.viva)) {
      this.pestanas = this.pestanas.filter((candidate) => candidate !== tab);
      // The person opens the app again, unless another tab of it is open.
      if (!this.pestanas.some((other) => other.telefono === tab.telefono)) this.#pestana(tab.telefono);
    }
    await this.#reloj.settle();
    await this.comprueba();
  }

  async #haz(paso: Paso): Promise<void> {
    switch (paso.k) {
      case 'guarda':
        for (let i = 0; i < paso.veces; i += 1) await this.#guarda('conteo.linea/1', paso.t);
        return;
      case 'veneno':
        return this.#guarda('veneno/1', paso.t);
      case 'futuro':
        return this.#guarda('futuro/1', paso.t);
      case 'espera':
        return this.#reloj.advance(paso.ms);
      case 'red':
        this.#phone(paso.p).red.maldad = paso.maldad;
        return;
      case 'corta':
        this.#phone(paso.p).red.conectada = false;
        return;
      case 'conecta':
        return this.#conecta(this.#phone(paso.p));
      case 'choca': {
        const tab = this.#tab(paso.t);
        if (tab) tab.choque = { en: paso.en, momento: paso.momento };
        tab?.engine.poke('foco');
        return this.#reloj.advance(3_000);
      }
      case 'sorda': {
        const tab = this.#tab(paso.t);
        if (tab) tab.sorda = paso.veces;
        return;
      }
      case 'cuelga': {
        const tab = this.#tab(paso.t);
        if (tab) tab.cuelga = true;
        return;
      }
      case 'lleno':
        this.#phone(paso.p).lleno = paso.si;
        return;
      case 'sale':
        return this.#sale(this.#phone(paso.p));
      case 'sesion_muere': {
        const { persona } = this.#phone(paso.p);
        if (persona) persona.sesion = false;
        return;
      }
      case 'entra':
        return this.#entra(this.#phone(paso.p), paso.usuario);
      case 'foco':
        this.#tab(paso.t)?.engine.poke('foco');
        return;
      case 'catalogo':
        return this.#catalogo(paso.ids, paso.borra);
      case 'mueve': {
        const fila = { id: `u${paso.id}`, almacenId: 'w', codigo: `A-${paso.id}` };
        this.servidor.commit([{ tbl: 'ubicaciones', pk: fila.id, scope: `tienda:${paso.tienda}`, fila }]);
        return;
      }
      case 'otorga':
      case 'quita':
        for (const usuario of ['ana', 'luis']) this.servidor[paso.k](usuario, 'tienda:2');
        return;
      case 'respalda':
        return this.servidor.respalda();
      case 'restaura':
        return this.servidor.restaura(paso.epoca);
      case 'mata_servidor':
        this.servidor.matar = true;
        return;
      case 'clona':
        if (this.telefonos.length < 3) {
          const copia = await this.#phone(paso.p).clona(new Red(this.#reloj, this.#azar));
          this.telefonos.push(copia);
          this.#pestana(copia);
        }
        return;
      case 'desaloja':
        return this.#desaloja(paso.p % this.telefonos.length);
      case 'pestana':
        if (this.pestanas.length < 5) this.#pestana(this.#phone(paso.p));
        return;
      case 'reloj':
        this.#phone(paso.p).desfase += paso.ms;
        return;
    }
  }

  async #guarda(name: string, t: number): Promise<void> {
    const tab = this.#tab(t);
    const usuario = tab?.telefono.persona?.usuario;
    if (!tab || !usuario) return;
    this.#n += 1;
    const args = { id: `l${this.#n}`, conteoId: 'c1', n: this.#n };
    const { telefono } = tab;
    if (await tab.guarda(name, args)) {
      this.guardadas.set(args.id, {
        id: args.id,
        usuario,
        args: JSON.stringify(args),
        telefono,
        perdonada: false,
      });
    }
  }

  #conecta(telefono: Telefono): void {
    telefono.red.conectada = true;
    for (const tab of this.pestanas) if (tab.telefono === telefono && tab.viva) tab.engine.poke('online');
  }

  async #sale(telefono: Telefono): Promise<void> {
    await telefono.journal.leave();
    telefono.persona = null;
    await telefono.cache.purgeFor(null);
    if (telefono.falla === 'diario_borrado') await telefono.journal.db.mutations.clear();
  }

  #catalogo(ids: readonly number[], borra: boolean): void {
    this.#n += 1;
    this.servidor.commit(
      ids.map((i) => {
        const id = `p${i}`;
        return {
          tbl: 'productos',
          pk: id,
          scope: 'catalogo',
          fila: borra ? null : { id, codigo: `P-${i}`, v: this.#n },
        };
      }),
    );
  }

  /** The browser threw everything of the phone away: what was only there is lost, and nobody can help it. */
  async #desaloja(p: number): Promise<void> {
    const viejo = this.telefonos[p]!;
    for (const line of this.guardadas.values()) if (line.telefono === viejo) line.perdonada = true;
    for (const tab of this.pestanas) if (tab.telefono === viejo) tab.mata();
    this.pestanas = this.pestanas.filter((tab) => tab.telefono !== viejo);
    await viejo.tira();
    const nuevo = new Telefono(viejo.red, viejo.falla);
    this.telefonos[p] = nuevo;
    await this.#entra(nuevo, 'ana');
    this.#pestana(nuevo);
  }

  /** What holds at every moment. */
  async comprueba(): Promise<void> {
    for (const line of this.guardadas.values()) {
      if (line.perdonada) continue;
      const rows = await line.telefono.journal.db.mutations.where('entidad').equals(line.id).toArray();
      falla(rows.length === 1, 'I1', `${line.id} está ${rows.length} veces en el diario`);
      const [{ args, state }] = rows as [MutationRow];
      falla(args === line.args, 'I7', `${line.id} perdió su contenido`);
      if (state === 'pendiente' || state === 'apartada' || this.servidor.restaurado) continue;
      const { filas, cartas } = this.servidor.estado;
      const esta = filas.has(`conteo_lineas|${line.id}`) || cartas.has(line.id);
      falla(esta, 'I1', `${line.id} se ve enviada y el servidor no la tiene`);
    }
    for (const telefono of this.telefonos) await this.#cursores(telefono);
  }

  /** I6: a cursor covers only rows that are stored. */
  async #cursores(telefono: Telefono): Promise<void> {
    const filas = await telefono.filas('cursor');
    for (const [scope, texto] of Object.entries(await telefono.cache.cursors())) {
      const cursor = this.servidor.lee(texto, scope);
      if (!cursor) continue;
      const cubre = this.servidor.cubre(scope, cursor);
      for (const [key, fila] of cubre.filas) {
        const there = filas.get(key);
        falla(there !== undefined && igual(there.fila, fila), 'I6', `${scope} va en ${texto} y falta ${key}`);
      }
      for (const key of cubre.ausentes) {
        falla(filas.get(key)?.scope !== scope, 'I6', `${scope} va en ${texto} y sobra ${key}`);
      }
    }
  }

  /** Faults end, everybody logs in, time passes: now everything must be level. */
  async cierra(): Promise<void> {
    this.servidor.matar = false;
    for (const telefono of this.telefonos) {
      telefono.red.maldad = 0;
      telefono.lleno = false;
      telefono.red.conectada = true;
      for (const tab of this.pestanas) Object.assign(tab, { choque: null, sorda: 0, cuelga: false });
      await this.#entra(telefono, telefono.persona?.usuario ?? 'ana');
    }
    for (const tab of this.pestanas) tab.engine.poke('online');
    await this.#reloj.advance(DRENAJE_MS);
    for (const telefono of this.telefonos) {
      const left = await telefono.journal.db.mutations.where('state').anyOf('pendiente', 'apartada').count();
      falla(left === 0, 'I5', `quedan ${left} sin enviar`);
    }
    // A hint would come from the server; without one the phone asks every minute.
    await this.#reloj.advance(80_000);
    await this.#nivelado();
    await this.comprueba();
    for (const tab of this.pestanas) tab.mata();
    await this.#reloj.settle();
    for (const telefono of this.telefonos) await telefono.tira();
  }

  async #nivelado(): Promise<void> {
    const { filas, cartas } = this.servidor.estado;
    for (const line of this.guardadas.values()) {
      const applied = filas.get(`conteo_lineas|${line.id}`);
      const dead = cartas.get(line.id);
      if (line.perdonada && !applied && !dead) continue;
      falla(applied !== undefined || dead !== undefined, 'I1', `el servidor no tiene ${line.id}`);
      if (dead !== undefined) falla(dead === line.args, 'I7', `la carta muerta de ${line.id} cambió`);
      if (applied) falla(applied.fila.usuarioId === line.usuario, 'I2', `${line.id} cambió de autor`);
    }
    for (const [i, telefono] of this.telefonos.entries()) {
      const usuario = telefono.persona!.usuario;
      const suyos = this.servidor.scopesDe(usuario);
      const esperadas = [...filas].filter(([, row]) => suyos.includes(row.scope));
      const actuales = await telefono.filas();
      for (const [key, { scope }] of actuales) {
        falla(suyos.includes(scope), 'I4', `el teléfono ${i} tiene ${key} de ${scope}`);
      }
      for (const [key, { fila }] of esperadas) {
        falla(igual(actuales.get(key)?.fila, fila), 'I3', `el teléfono ${i} no tiene al día ${key}`);
      }
      falla(actuales.size === esperadas.length, 'I3', `al teléfono ${i} le sobran filas`);
    }
  }

  /** I7: what the server refused of the person in the shift is on the screen, with its content. */
  async rechazosALaVista(): Promise<void> {
    for (const telefono of this.telefonos) {
      const { persona } = telefono;
      if (!persona) continue;
      const entries = await telefono.journal.db.mutations.toArray();
      const level = await telefono.cache.db.meta.get('lastMid');
      const shown = uneRechazos({
        entries,
        rows: await telefono.cache.db.rechazos.toArray(),
        level: level?.k === 'lastMid' ? level : null,
        usuarioId: persona.usuario,
      });
      for (const entry of entries) {
        if (entry.usuario !== persona.usuario || !['rechazada', 'cuarentena'].includes(entry.state)) continue;
        const visible = shown.some((row) => row.seq === entry.seq && row.args === entry.args);
        falla(visible, 'I7', `el rechazo de ${entry.entidad} no se ve`);
      }
    }
  }
}

function igual(a: unknown, b: unknown): boolean {
  return JSON.stringify(ordenado(a)) === JSON.stringify(ordenado(b));
}

function ordenado(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

export class Violacion extends Error {}

function falla(ok: boolean, invariante: string, detalle: string): asserts ok {
  if (!ok) throw new Violacion(`${invariante}: ${detalle}`);
}
