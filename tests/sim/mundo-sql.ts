import { sql } from 'kysely';
import { usaBases } from '#client/offline/bases.ts';
import { NetFailure } from '#client/offline/core/ports.ts';
import { newId } from '#server/platform/clock.ts';
import type { Tx } from '#server/platform/db/db.ts';
import { compacta } from '#server/sync/retencion.ts';
import { type TestTienda, type TestUser, testTienda, testUser } from '../db/people.ts';
import type { FallaTelefono } from '../faults/fallas-telefono.ts';
import { type Bases, BasesReales } from './bases.ts';
import { type Captura, capturaDe } from './captura-sql.ts';
import { colaVacia } from './comprueba.ts';
import { compruebaSql, type GuardadaSql } from './comprueba-sql.ts';
import { Manejadores } from './manejadores.ts';
import { BasesMemoria } from './memoria.ts';
import type { PasoSql } from './pasos-sql.ts';
import { Red } from './red.ts';
import { azar, Reloj } from './reloj.ts';
import type { ServidorSql } from './servidor-sql.ts';
import { Pestana, Telefono } from './telefono.ts';

const DRENAJE_MS = 38_000;
/** Rows a page, by the history's seed: few, so that a scope comes in several answers, or as many as there are. */
const LIMITES = [3, 9, 40, 40];
/** Of so many histories one has the phone's real journal, cache and actions, which cost as much as the server. */
const CON_REALES = 3;

/** The phones' real actions, journal, cache and engine against the server's real handlers on a real database. */
export class MundoSql {
  readonly servidor: ServidorSql;
  readonly gente: readonly TestUser[];
  readonly telefonos: Telefono[] = [];
  readonly guardadas = new Map<string, GuardadaSql>();
  /** Of each phone, by who counts. */
  readonly conteos = new Map<Telefono, Map<string, string>>();
  restaurado = false;
  /** Some step asked for newer apps: the row that says so is of all histories. */
  #exigio = false;
  clonado = false;
  readonly #reloj = new Reloj();
  readonly #random: () => number;
  readonly #limite: number;
  readonly #bases: () => Bases;
  readonly #falla: FallaTelefono | null;
  readonly #tiendas: readonly TestTienda[];
  readonly #ubicaciones = [newId(), newId(), newId(), newId()];
  readonly #manejadores: Manejadores;
  #tabs: Pestana[] = [];

  private constructor(
    servidor: ServidorSql,
    seed: number,
    gente: TestUser[],
    tiendas: TestTienda[],
    falla: FallaTelefono | null,
  ) {
    this.servidor = servidor;
    this.#falla = falla;
    this.gente = gente;
    this.#tiendas = tiendas;
    this.#random = azar(seed);
    this.#bases = () => (seed % CON_REALES === 0 ? new BasesReales() : new BasesMemoria());
    this.#limite = LIMITES[seed % LIMITES.length]!;
    this.#manejadores = new Manejadores(servidor.db, { now: () => new Date(this.#reloj.now), newId }, gente);
  }

  /** `conRespaldo`: the history goes back to one. */
  static async abre(
    servidor: ServidorSql,
    seed: number,
    conRespaldo: boolean,
    falla: FallaTelefono | null,
  ): Promise<MundoSql> {
    const { db } = servidor;
    const tiendas = [await testTienda(db), await testTienda(db)];
    const gente = [
      await testUser(db, { rol: 'almacenista', tiendas: [tiendas[0]!] }),
      await testUser(db, { rol: 'almacenista', tiendas: [tiendas[0]!] }),
    ];
    const mundo = new MundoSql(servidor, seed, gente, tiendas, falla);
    if (conRespaldo) await servidor.respaldo.guarda();
    const telefono = mundo.#telefono(new Red(mundo.#reloj, mundo.#random));
    mundo.telefonos.push(telefono);
    await mundo.#entra(telefono, gente[0]!);
    mundo.#abre(telefono);
    return mundo;
  }

  #telefono(red: Red): Telefono {
    const telefono = new Telefono(red, this.#bases(), this.#falla);
    telefono.limite = this.#limite;
    return telefono;
  }

  #abre(telefono: Telefono): void {
    this.#tabs.push(new Pestana(telefono, () => this.#manejadores, this.#reloj, this.#random));
  }

  async #entra(telefono: Telefono, person: TestUser): Promise<void> {
    if (!telefono.red.conectada) return;
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const device = await telefono.bases.diario.device();
      const deAntes = await telefono.bases.turnosDeAntes();
      try {
        const alta = await this.#manejadores.registra(device, person.id, deAntes);
        if (telefono.persona?.usuario !== person.id) {
          telefono.persona = null;
          await telefono.bases.purga(person.id);
        }
        await telefono.entra(person.id, alta, this.#reloj.now);
        telefono.persona = { usuario: person.id, sesion: true };
        for (const tab of this.#tabs) if (tab.telefono === telefono) tab.engine.poke('persona');
        return;
      } catch (error) {
        if (!(error instanceof NetFailure)) throw error;
        // This id is another phone's by now, and the engine forks it at its next round; or the person is out.
        await this.#reloj.advance(1_000);
      }
    }
  }

  #tab(n: number): Pestana {
    return this.#tabs[n % this.#tabs.length]!;
  }

  #phone(n: number): Telefono {
    return this.telefonos[n % this.telefonos.length]!;
  }

  #sql(fn: (tx: Tx) => Promise<unknown>): Promise<unknown> {
    return this.servidor.db.asService(fn);
  }

  async paso(paso: PasoSql): Promise<void> {
    await this.#haz(paso);
    await this.#reloj.settle();
    const muertas = this.#tabs.filter((tab) => !tab.viva);
    if (muertas.length === 0) return;
    this.#tabs = this.#tabs.filter((tab) => tab.viva);
    for (const { telefono } of muertas) {
      // The person opens the app again, unless another tab of it is open.
      const otra = this.#tabs.some((tab) => tab.telefono === telefono);
      if (!otra) this.#abre(telefono);
    }
  }

  async #haz(paso: PasoSql): Promise<unknown> {
    switch (paso.k) {
      case 'cuenta':
        return this.#cuenta(this.#suTelefono(paso.t), paso.veces);
      case 'deshace':
        return this.#deshace(this.#suTelefono(paso.t));
      case 'veneno':
        return this.#niega(this.#suTelefono(paso.t), 'conteo.linea/1');
      case 'futuro':
        return this.#niega(this.#suTelefono(paso.t), 'conteo.futuro/1');
      case 'espera':
        return this.#reloj.advance(paso.ms);
      case 'red':
        return Object.assign(this.#phone(paso.p).red, { maldad: paso.maldad });
      case 'corta':
        return Object.assign(this.#phone(paso.p).red, { conectada: false });
      case 'conecta':
        return this.#conecta(this.#phone(paso.p));
      case 'choca':
        this.#tab(paso.t).choque = { en: paso.en, momento: paso.momento };
        this.#tab(paso.t).engine.poke('foco');
        return this.#reloj.advance(2_000);
      case 'sorda':
        return Object.assign(this.#tab(paso.t), { sorda: paso.veces });
      case 'cuelga':
        return Object.assign(this.#tab(paso.t), { cuelga: true });
      case 'lleno':
        return Object.assign(this.#phone(paso.p), { lleno: paso.si });
      case 'entra':
        return this.#entra(this.#phone(paso.p), this.gente[paso.quien]!);
      case 'sale':
        return this.#sale(this.#phone(paso.p));
      case 'pestana':
        return this.#tabs.length < 4 && this.#abre(this.#phone(paso.p));
      case 'mata':
        return Object.assign(this.#manejadores, { matarEn: paso.en });
      case 'clona':
        return this.telefonos.length < 3 && this.#clona(this.#phone(paso.p));
      case 'desaloja':
        return this.#desaloja(this.#phone(paso.p));
      case 'respalda':
        return this.servidor.respaldo.guarda();
      case 'restaura':
        this.restaurado = true;
        return this.servidor.restaura(paso.epoca);
      case 'sesion_muere':
        return Object.assign(this.#phone(paso.p).persona ?? {}, { sesion: false });
      case 'reloj':
        this.#phone(paso.p).desfase += paso.ms;
        return;
      case 'exige_esquema':
        this.#exigio = true;
        return this.#exige(paso.min);
      case 'actualiza':
        return this.#actualiza(this.#phone(paso.p));
      case 'revoca': {
        const { id } = await this.#phone(paso.p).bases.diario.device();
        return this.#sql((tx) => sql`update sync.device set revoked_at = now() where id = ${id}`.execute(tx));
      }
      case 'desactiva':
      case 'reactiva':
        return this.#activo(this.gente[paso.quien]!, paso.k === 'reactiva');
      case 'compacta':
        // Every version but the heads. The answers stay, which a phone may still ask for: their instants are of the
        // history's clock, and the database counts their days by its own, years away.
        return compacta(this.servidor.db, { diasVersion: 0, diasMutacion: 36_500 });
      case 'otorga':
        return this.#otorga();
      case 'quita':
        return this.#sql((tx) =>
          sql`delete from inventario.usuario_tiendas where tienda_id = ${this.#tiendas[1]!.id}`.execute(tx),
        );
      case 'mueve':
        return this.#mueve(this.#ubicaciones[paso.id]!, `A-${paso.id}`, this.#tiendas[paso.a]!.almacenId);
    }
  }

  #suTelefono(t: number): Telefono {
    return this.#tab(t).telefono;
  }

  #captura({ bases, persona, desfase }: Telefono): Captura {
    return capturaDe(bases, persona!.usuario, () => this.#reloj.now + desfase);
  }

  /** The conteo of who has the phone, made at the first need; null: nobody has it. */
  async #conteo(telefono: Telefono): Promise<string | null> {
    const { persona } = telefono;
    if (persona === null) return null;
    const suyos = this.conteos.get(telefono) ?? new Map<string, string>();
    this.conteos.set(telefono, suyos);
    const there = suyos.get(persona.usuario);
    if (there !== undefined) return there;
    const id = await this.#captura(telefono).abre(this.#tiendas[0]!.almacenId);
    suyos.set(persona.usuario, id);
    return id;
  }

  #anota(telefono: Telefono, id: string, negada = false): void {
    const { usuario } = telefono.persona!;
    this.guardadas.set(id, { id, usuario, telefono, negada, perdonada: false });
    for (const tab of this.#tabs) if (tab.telefono === telefono) tab.engine.poke('guardado');
  }

  async #cuenta(telefono: Telefono, veces: number): Promise<void> {
    const conteoId = await this.#conteo(telefono);
    if (conteoId === null) return;
    const captura = this.#captura(telefono);
    for (let n = 1; n <= veces; n += 1) this.#anota(telefono, await captura.cuenta(conteoId, n));
  }

  async #deshace(telefono: Telefono): Promise<void> {
    const conteoId = await this.#conteo(telefono);
    const id = conteoId === null ? null : await this.#captura(telefono).deshace(conteoId);
    if (id !== null) this.#anota(telefono, id);
  }

  /** What the server will not apply. */
  async #niega(telefono: Telefono, name: string): Promise<void> {
    const conteoId = await this.#conteo(telefono);
    if (conteoId === null) return;
    const id = newId();
    const args = JSON.stringify({ id, conteoId, cantidad: 'muchas' });
    const createdAt = new Date(this.#reloj.now + telefono.desfase).toISOString();
    const { usuario } = telefono.persona!;
    await telefono.bases.guarda([
      { name, args, usuario, createdAt, desfaseGuardarMs: null, entidad: id, conteo: null },
    ]);
    this.#anota(telefono, id, true);
  }

  #exige(min: number): Promise<unknown> {
    return this.#sql((tx) => sql`update sync.meta set min_pull_schema = ${min}`.execute(tx));
  }

  /** A new version of the app: its tabs are loaded again and its cache begins empty. */
  async #actualiza(telefono: Telefono): Promise<void> {
    if (telefono.esquema > 1) return;
    for (const tab of this.#tabs) if (tab.telefono === telefono) tab.mata();
    this.#tabs = this.#tabs.filter((tab) => tab.viva);
    await this.#reloj.settle();
    telefono.esquema += 1;
    await telefono.bases.otroEsquema();
    this.#abre(telefono);
  }

  #conecta(telefono: Telefono): void {
    telefono.red.conectada = true;
    for (const tab of this.#tabs) if (tab.telefono === telefono) tab.engine.poke('online');
  }

  async #sale(telefono: Telefono): Promise<void> {
    await telefono.bases.sale();
    telefono.persona = null;
    await telefono.bases.purga(null);
  }

  async #clona(telefono: Telefono): Promise<void> {
    this.clonado = true;
    const copia = await telefono.clona(new Red(this.#reloj, this.#random));
    copia.limite = this.#limite;
    this.conteos.set(copia, new Map(this.conteos.get(telefono)));
    this.telefonos.push(copia);
    this.#abre(copia);
  }

  /** The browser threw everything of the phone away: what was only there is lost, and nobody can help it. */
  async #desaloja(viejo: Telefono): Promise<void> {
    for (const line of this.guardadas.values()) if (line.telefono === viejo) line.perdonada = true;
    for (const tab of this.#tabs) if (tab.telefono === viejo) tab.mata();
    this.#tabs = this.#tabs.filter((tab) => tab.viva);
    await this.#reloj.settle();
    await viejo.bases.tira();
    const nuevo = this.#telefono(viejo.red);
    nuevo.esquema = viejo.esquema;
    nuevo.desfase = viejo.desfase;
    this.telefonos[this.telefonos.indexOf(viejo)] = nuevo;
    await this.#entra(nuevo, this.gente[0]!);
    this.#abre(nuevo);
  }

  #activo({ id }: TestUser, si: boolean): Promise<unknown> {
    return this.#sql((tx) =>
      sql`update inventario.usuarios set is_active = ${si} where id = ${id}`.execute(tx),
    );
  }

  #otorga(): Promise<unknown> {
    const [ana, luis] = this.gente;
    const { id } = this.#tiendas[1]!;
    return this.#sql((tx) =>
      sql`insert into inventario.usuario_tiendas (usuario_id, tienda_id)
        values (${ana!.id}, ${id}), (${luis!.id}, ${id}) on conflict do nothing`.execute(tx),
    );
  }

  #mueve(id: string, codigo: string, almacen: string): Promise<unknown> {
    return this.#sql((tx) =>
      sql`insert into inventario.ubicaciones (id, almacen_id, codigo) values (${id}, ${almacen}, ${codigo})
        on conflict (id) do update set almacen_id = excluded.almacen_id`.execute(tx),
    );
  }

  /** Faults end, everybody logs in, time passes: now everything must be level. */
  async cierra(): Promise<void> {
    this.#manejadores.matarEn = null;
    for (const person of this.gente) await this.#activo(person, true);
    for (const telefono of this.telefonos) {
      Object.assign(telefono.red, { maldad: 0, conectada: true });
      telefono.lleno = false;
      for (const tab of this.#tabs) Object.assign(tab, { choque: null, sorda: 0, cuelga: false });
      await this.#entra(telefono, this.#deQuien(telefono));
    }
    for (const tab of this.#tabs) tab.engine.poke('online');
    await this.#reloj.advance(DRENAJE_MS / 2);
    // A phone that took a new identity meanwhile asks its person to come in again.
    for (const telefono of this.telefonos) {
      if (telefono.persona?.sesion !== true) await this.#entra(telefono, this.#deQuien(telefono));
    }
    await this.#reloj.advance(DRENAJE_MS / 2);
    await colaVacia(this.telefonos);
    // What the network held lands late; then the server's hint makes each phone ask.
    if (this.telefonos.some(({ red }) => red.retenidas > 0)) await this.#reloj.advance(80_000);
    for (const tab of this.#tabs) tab.engine.poke('aviso');
    await this.#reloj.advance(45_000);
    await compruebaSql(this);
  }

  #deQuien({ persona }: Telefono): TestUser {
    return this.gente.find(({ id }) => id === persona?.usuario) ?? this.gente[0]!;
  }

  /** Whatever came of it: nothing of this world goes on. */
  async acaba(): Promise<void> {
    for (const tab of this.#tabs) tab.mata();
    await this.#reloj.settle();
    if (this.#exigio) await this.#exige(1);
    usaBases(null);
    for (const telefono of this.telefonos) await telefono.bases.tira();
  }
}
