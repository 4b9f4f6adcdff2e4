import { createHash } from 'node:crypto';
import { pkOf } from '#client/offline/cache.ts';
import { TABLAS_MARCADAS } from '#client/offline/cache-db.ts';
import type { JournalPort, Pendiente } from '#client/offline/core/ports.ts';
import type { NuevaMutacion } from '#client/offline/journal.ts';
import type { EstadoMutacion, MutationRow } from '#client/offline/journal-db.ts';
import type { FilaRechazo } from '#shared/contracts/filas.ts';
import type { PaginaScope, TurnoDeAntes } from '#shared/contracts/sync.ts';
import { type AltaDeSim, type Bases, type CacheDeSim, type FilaEnCache, halladosEn } from './bases.ts';

/**
 * A phone's databases as plain maps, a hundred times faster than IndexedDB in memory: this is how hundreds of thousands
 * of histories are played. conformidad.sim.test.ts holds them to the same answers as the real journal and cache.
 */

const ESTADO: Record<string, EstadoMutacion> = {
  applied: 'enviada',
  late: 'tardia',
  rejected: 'rechazada',
  quarantined: 'cuarentena',
  en_espera: 'en_espera',
};

export function huella(texto: string): string {
  return createHash('sha256').update(texto).digest('hex');
}

let equipos = 0;

type Equipo = { id: string; secret: string; nextMid: number };
function equipoNuevo(): Equipo {
  equipos += 1;
  // The real handlers take it too.
  const cola = String(equipos).padStart(12, '0');
  return { id: `00000000-0000-4000-8000-${cola}`, secret: cola.padStart(40, '0'), nextMid: 1 };
}

/** The journal: rows in order of saving. Every method does its work before anything else can run: one transaction. */
class DiarioMemoria {
  equipo: Equipo | null = null;
  filas: MutationRow[] = [];
  turnos = new Map<string, string>();
  /** Whose turnos are of a former id of this phone. */
  deAntes = new Map<string, { deviceId: string; secret: string }>();
  epoca: string | null = null;
  #seq = 0;

  elEquipo(): Equipo {
    this.equipo ??= equipoNuevo();
    return this.equipo;
  }

  /** Of one device's stream, from a number on, in order of number. */
  delFlujo(device: string, desde: number, hasta = Number.MAX_SAFE_INTEGER): MutationRow[] {
    return this.filas
      .filter((row) => row.device === device && row.mid >= desde && row.mid <= hasta)
      .sort((a, b) => a.mid - b.mid);
  }

  pendientes(): MutationRow[] {
    return this.filas.filter((row) => row.state === 'pendiente');
  }

  /** Unsent ones right after this number. */
  siguen({ device, mid }: { device: string; mid: number }): MutationRow[] {
    const rows = this.delFlujo(device, mid + 1);
    const fin = rows.findIndex((row, i) => row.state !== 'pendiente' || row.mid !== mid + 1 + i);
    return fin < 0 ? rows : rows.slice(0, fin);
  }

  renumera(rows: readonly MutationRow[], device: string, desde: number): void {
    for (const [i, row] of rows.entries()) {
      Object.assign(row, {
        device,
        mid: desde + i,
        state: 'pendiente',
        enviada_en: null,
        last_error: null,
      });
    }
  }

  guarda(nuevas: readonly NuevaMutacion[]): void {
    const equipo = this.elEquipo();
    for (const nueva of nuevas) {
      const hash = huella(nueva.args);
      const there = this.filas.find((row) => row.hash === hash);
      if (there && there.name === nueva.name && there.usuario === nueva.usuario) continue;
      this.#seq += 1;
      this.filas.push({
        seq: this.#seq,
        device: equipo.id,
        mid: equipo.nextMid,
        name: nueva.name,
        args: nueva.args,
        hash,
        usuario: nueva.usuario,
        created_at: nueva.createdAt,
        desfase_guardar_ms: nueva.desfaseGuardarMs,
        state: 'pendiente',
        attempts: 0,
        last_error: null,
        enviada_en: null,
        entidad: nueva.entidad,
        conteo: nueva.conteo,
      });
      equipo.nextMid += 1;
    }
  }

  /** A registration under an id that the phone has left since brings no turno. */
  entra(usuario: string, { deviceId, token, movidos }: AltaDeSim): void {
    if (deviceId !== this.elEquipo().id) return;
    this.turnos.set(usuario, token);
    for (const movido of movidos) {
      if (movido.usuario !== usuario && this.deAntes.has(movido.usuario)) {
        this.turnos.set(movido.usuario, movido.token);
      }
    }
    this.deAntes.clear();
  }

  copiaDe(otro: DiarioMemoria): void {
    this.equipo = otro.equipo === null ? null : { ...otro.equipo };
    this.filas = otro.filas.map((row) => ({ ...row }));
    this.turnos = new Map(otro.turnos);
    this.deAntes = new Map(otro.deAntes);
    this.epoca = otro.epoca;
    this.#seq = otro.#seq;
  }

  puerto(): JournalPort {
    return {
      device: async () => {
        const { id, secret } = this.elEquipo();
        return { id, secret };
      },
      stats: async () => {
        const pendientes = this.pendientes();
        const [oldest] = pendientes;
        const flujo = this.equipo ? this.delFlujo(this.equipo.id, 1) : [];
        const tope = oldest?.mid ?? this.equipo?.nextMid ?? 1;
        const acked = flujo.findLast((row) => row.mid < tope);
        return {
          pending: pendientes.length,
          oldestPendingAt: oldest?.created_at ?? null,
          oldestMid: flujo[0]?.mid ?? this.equipo?.nextMid ?? 1,
          acked:
            acked === undefined || acked.state === 'pendiente' ? null : { mid: acked.mid, hash: acked.hash },
        };
      },
      batch: async (maxCount, maxBytes, after) => {
        const rows = (after === undefined ? this.pendientes() : this.siguen(after)).slice(0, maxCount).map(
          ({ mid, name, args, hash, created_at, usuario }): Pendiente => ({
            mid,
            name,
            args,
            hash,
            createdAt: created_at,
            turno: this.deAntes.has(usuario) ? null : (this.turnos.get(usuario) ?? null),
          }),
        );
        // On the wire each turno goes once, and a line says its place among them.
        const turnos = new Set<string | null>();
        let bytes = 0;
        const fin = rows.findIndex((row, i) => {
          if (row.turno !== null && !turnos.has(row.turno)) bytes += row.turno.length + 3;
          turnos.add(row.turno);
          bytes += Buffer.byteLength(JSON.stringify({ ...row, turno: null })) + 1;
          return i > 0 && bytes > maxBytes;
        });
        return fin < 0 ? rows : rows.slice(0, fin);
      },
      applyResults: async (device, sent, results) => {
        const hashes = new Map(sent.map((mutation) => [mutation.mid, mutation.hash]));
        let acked = 0;
        for (const result of results) {
          const row = this.filas.find((one) => one.device === device && one.mid === result.mid);
          if (!row || row.hash !== hashes.get(result.mid) || row.state === 'apartada') continue;
          if (row.state === 'pendiente') acked += 1;
          row.state = ESTADO[result.status]!;
          row.enviada_en = '';
          row.last_error = result.mensaje ?? result.code ?? null;
        }
        return acked;
      },
      rewind: async (device, expectedMid) => {
        const rows = this.delFlujo(device, Math.max(1, expectedMid)).filter(
          (row) => row.state !== 'pendiente',
        );
        for (const row of rows)
          Object.assign(row, { state: 'pendiente', enviada_en: null, last_error: null });
        return rows.length;
      },
      fork: async (device) => {
        if (this.elEquipo().id !== device) return;
        const kept = this.filas.filter((row) => row.state !== 'apartada');
        const { secret } = this.elEquipo();
        this.equipo = { ...equipoNuevo(), nextMid: kept.length + 1 };
        for (const usuario of this.turnos.keys()) {
          if (!this.deAntes.has(usuario)) this.deAntes.set(usuario, { deviceId: device, secret });
        }
        this.renumera(kept, this.equipo.id, 1);
      },
      setAside: async (device, mid, error) => {
        const row = this.filas.find((one) => one.device === device && one.mid === mid);
        if (row?.state !== 'pendiente') return;
        Object.assign(row, { mid: -row.seq, state: 'apartada', last_error: error });
        const later = this.delFlujo(device, mid + 1);
        this.renumera(later, device, mid);
        this.elEquipo().nextMid = mid + later.length;
      },
      takeBack: async () => {
        const equipo = this.elEquipo();
        const aside = this.filas.filter((row) => row.state === 'apartada');
        if (aside.length === 0) return 0;
        const first = this.pendientes().reduce((least, row) => Math.min(least, row.mid), equipo.nextMid);
        const later = this.filas.filter((row) => row.device === equipo.id && row.mid >= first);
        const rows = [...later, ...aside].sort((a, b) => a.seq - b.seq);
        this.renumera(rows, equipo.id, first);
        equipo.nextMid = first + rows.length;
        return aside.length;
      },
      noteFailure: async (device, mids, error) => {
        for (const row of this.filas) {
          if (row.device !== device || !mids.includes(row.mid)) continue;
          row.attempts += 1;
          row.last_error = error;
        }
      },
      epoch: async () => this.epoca,
      setEpoch: async (epoch) => {
        this.epoca = epoch;
      },
      setClockOffset: async () => {},
      setLevel: async () => {},
      reopen: () => {},
    };
  }
}

/** Of all caches together: as the real ones, no two of them have the same. */
let series = 0;

/** The cache: rows by key, cursors, and the two sides of the catalogue. */
class CacheMemoria implements CacheDeSim {
  filas = new Map<string, FilaEnCache>();
  cursores = new Map<string, string>();
  nivel: { device: string; mid: number } | null = null;
  activo = new Map<string, FilaEnCache>();
  llenando: Map<string, FilaEnCache> | null = null;
  completo = false;
  #serie = '';

  serie = async (): Promise<string> => this.#serie;
  cursors = async (): Promise<Record<string, string>> => Object.fromEntries(this.cursores);

  applyPull: CacheDeSim['applyPull'] = async (answer, sent, device, serie) => {
    if (serie !== undefined && this.#serie !== serie) return;
    for (const scope of answer.scopesRemoved) {
      this.#vacia(scope);
      this.cursores.delete(scope);
    }
    if (answer.scopesRemoved.length > 0 || answer.pages.some((page) => page.reset)) this.nivel = null;
    let all = true;
    for (const page of answer.pages) {
      if (this.cursores.get(page.scope) !== sent[page.scope]) {
        all = false;
        continue;
      }
      if (page.scope === 'catalogo') this.#catalogo(page);
      else this.#marcadas(page);
      this.cursores.set(page.scope, page.cursor);
    }
    if (all && answer.lastMid !== null) this.nivel = { device, mid: answer.lastMid };
  };

  #vacia(scope: string): void {
    if (scope === 'catalogo') {
      this.activo = new Map();
      this.llenando = null;
      this.completo = false;
      return;
    }
    for (const [key, row] of this.filas) if (row.scope === scope) this.filas.delete(key);
  }

  #catalogo(page: PaginaScope): void {
    if (page.reset) {
      if (this.completo) this.llenando = new Map();
      else {
        this.llenando = null;
        this.activo = new Map();
      }
    }
    const side = this.llenando ?? this.activo;
    for (const pk of page.deletes.productos ?? []) side.delete(`productos|${pk}`);
    for (const fila of page.upserts.productos ?? []) {
      side.set(`productos|${fila.id}`, { scope: 'catalogo', fila });
    }
    if (!page.head) return;
    if (this.llenando !== null) {
      this.activo = this.llenando;
      this.llenando = null;
    }
    this.completo = true;
  }

  #marcadas(page: PaginaScope): void {
    if (page.reset) this.#vacia(page.scope);
    for (const tbl of TABLAS_MARCADAS) {
      for (const pk of page.deletes[tbl] ?? []) {
        if (this.filas.get(`${tbl}|${pk}`)?.scope === page.scope) this.filas.delete(`${tbl}|${pk}`);
      }
      for (const fila of page.upserts[tbl] ?? []) {
        this.filas.set(`${tbl}|${pkOf(tbl, fila)}`, { scope: page.scope, fila });
      }
    }
  }

  purga(usuario: string | null): void {
    const scopes = new Set([...this.cursores.keys(), ...[...this.filas.values()].map((row) => row.scope)]);
    for (const scope of scopes) {
      const [kind, first, second] = scope.split(':');
      const suyo =
        usuario !== null &&
        ((kind === 'usuario' && first === usuario) ||
          (kind === 'lineas' && second === usuario) ||
          (kind === 'tienda' && ['1', '2'].includes(first!)));
      if (scope === 'catalogo' || suyo) continue;
      this.#vacia(scope);
      this.cursores.delete(scope);
    }
    this.nivel = null;
    series += 1;
    this.#serie = `serie-${series}`;
  }

  reopen = (): void => {};
  dropLevel = async (device: string, mid: number): Promise<void> => {
    if (this.nivel?.device === device && this.nivel.mid >= mid) this.nivel = null;
  };

  rebuild = async (): Promise<void> => {
    this.filas.clear();
    this.cursores.clear();
    this.nivel = null;
    this.#vacia('catalogo');
    this.#serie = '';
  };
}

export class BasesMemoria implements Bases {
  readonly #diario = new DiarioMemoria();
  readonly #cache = new CacheMemoria();
  readonly diario = this.#diario.puerto();
  readonly cache: CacheDeSim = this.#cache;

  guarda = async (nuevas: readonly NuevaMutacion[]): Promise<void> => this.#diario.guarda(nuevas);
  entra = async (usuario: string, alta: AltaDeSim): Promise<void> => this.#diario.entra(usuario, alta);
  renueva = this.entra;
  turnosDeAntes = async (): Promise<TurnoDeAntes[]> =>
    [...this.#diario.deAntes].map(([usuario, de]) => ({ token: this.#diario.turnos.get(usuario)!, ...de }));
  sale = async (): Promise<void> => {};
  purga = async (usuario: string | null): Promise<void> => this.#cache.purga(usuario);
  mutaciones = async (): Promise<MutationRow[]> => [...this.#diario.filas];
  borra = async (cuales: (row: MutationRow) => boolean): Promise<void> => {
    this.#diario.filas = this.#diario.filas.filter((row) => !cuales(row));
  };
  marca = async (cuales: (row: MutationRow) => boolean, cambio: Partial<MutationRow>): Promise<void> => {
    for (const row of this.#diario.filas) if (cuales(row)) Object.assign(row, cambio);
  };
  rechazos = async (): Promise<FilaRechazo[]> =>
    [...this.#cache.filas].flatMap(([key, { fila }]) =>
      key.startsWith('rechazos|') ? [fila as unknown as FilaRechazo] : [],
    );
  nivel = async (): Promise<{ device: string; mid: number } | null> => this.#cache.nivel;
  hallados = async (codigos: readonly string[]) => halladosEn(await this.filas(), codigos);
  filas = async (lado: 'visible' | 'cursor' = 'visible'): Promise<Map<string, FilaEnCache>> => {
    const { activo, llenando, filas } = this.#cache;
    return new Map([...filas, ...(lado === 'cursor' ? (llenando ?? activo) : activo)]);
  };
  otroEsquema = (): Promise<void> => this.#cache.rebuild();
  clona = async (): Promise<BasesMemoria> => {
    const copia = new BasesMemoria();
    copia.#diario.copiaDe(this.#diario);
    return copia;
  };
  tira = async (): Promise<void> => {};

  /** For the seeded bug of a device id that survives its journal. */
  ponEquipo(id: string, secret: string): void {
    this.#diario.equipo = { id, secret, nextMid: 1 };
  }
}
