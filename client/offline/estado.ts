import type { Codigo } from '#shared/codes.ts';
import { mensajeDe } from '#shared/errores.ts';
import { elCacheReal, elJournalReal } from './bases.ts';
import { catalogoMeta } from './cache-db.ts';
import type { EngineStatus } from './core/engine.ts';
import { escuchaDespertador } from './despertador.ts';
import { observa } from './live.ts';
import type { EstadoCatalogo, EstadoEnvio } from './modelo.ts';
import { leeRechazos } from './rechazos.ts';

/** What the databases say; the rest of the state comes from the engine. */
export type Cuentas = Pick<
  EstadoEnvio,
  'pendientes' | 'enviadas' | 'rechazadas' | 'total' | 'masViejoPendiente' | 'fotosPendientes' | 'ultimaSync'
>;

const SIN_CUENTAS: Cuentas = {
  pendientes: 0,
  enviadas: 0,
  rechazadas: 0,
  total: 0,
  masViejoPendiente: null,
  fotosPendientes: 0,
  ultimaSync: null,
};
const SIN_CATALOGO: EstadoCatalogo = { productos: 0, completo: false, recibidos: null, cotejo: null };

/** Counts by index only, in one transaction: this runs after each scan. */
export async function leeCuentas(): Promise<Cuentas> {
  const { db } = elJournalReal();
  const { mutations, blobs, medidas } = db;
  const cuenta = (state: string) => mutations.where('state').equals(state).count();
  const rechazos = await leeRechazos();
  return db.transaction('r', [mutations, blobs, medidas], async () => {
    const [pendientes, apartadas, total, primera, fotosPendientes, ultimaSync] = await Promise.all([
      cuenta('pendiente'),
      cuenta('apartada'),
      mutations.count(),
      mutations.where('state').equals('pendiente').first(),
      blobs.where('estado').equals('pendiente').count(),
      medidas.get('ultimaSync'),
    ]);
    return {
      pendientes,
      enviadas: total - pendientes - apartadas,
      rechazadas: rechazos.filter((rechazo) => rechazo.estado !== 'en_espera').length,
      total,
      masViejoPendiente: primera?.created_at ?? null,
      fotosPendientes,
      ultimaSync: ultimaSync?.valor ?? null,
    };
  });
}

export async function leeCatalogo(): Promise<EstadoCatalogo> {
  const { db } = elCacheReal();
  const meta = await catalogoMeta(db);
  const cotejo = await db.meta.get('verificado');
  const otros = await db.meta.get('cotejos');
  return {
    productos: meta.lados[meta.activa].productos,
    completo: meta.completo,
    recibidos: meta.llenando !== null || !meta.completo ? meta.recibidos : null,
    cotejo:
      cotejo?.k === 'verificado' && cotejo.igual !== null
        ? { en: cotejo.en, igual: cotejo.igual, reparadoEn: cotejo.reparadoEn }
        : null,
    otroDistinto: otros?.k === 'cotejos' ? (otros.distinto?.en ?? null) : null,
  };
}

/** Problems that take a person; the others pass by themselves. */
const PIDEN_PERSONA: readonly Codigo[] = [
  'RESPUESTA_EXTRANA',
  'EQUIPO_REVOCADO',
  'USUARIO_DESACTIVADO',
  'USUARIO_SIN_ALTA',
  'VERSION_VIEJA',
  'SIN_ESPACIO',
];

/** One sentence out of everything. No signal comes first: it explains the rest and asks for nothing. */
export function resume(
  cuentas: Cuentas,
  catalogo: EstadoCatalogo,
  engine: EngineStatus | null,
  conRed: boolean,
): EstadoEnvio {
  const { problema = null, sinSesion = false, enLinea = null } = engine ?? {};
  const sinSenal = !conRed || enLinea === false;
  const sinEnviar = cuentas.pendientes + cuentas.fotosPendientes;
  let estado: EstadoEnvio['estado'];
  if (sinSenal) estado = 'sin_senal';
  else if (sinSesion) estado = 'inicia_sesion';
  else if (cuentas.rechazadas > 0 || (problema !== null && PIDEN_PERSONA.includes(problema)))
    estado = 'revisa';
  else estado = sinEnviar > 0 ? 'enviando' : 'todo_enviado';
  const code: Codigo | null = sinSenal ? null : sinSesion ? 'INICIA_SESION' : problema;
  return {
    ...cuentas,
    catalogo,
    estado,
    problema: code === null ? null : { code, mensaje: mensajeDe(code, { pendientes: cuentas.pendientes }) },
  };
}

type Fuente = { status: EngineStatus; subscribe(listener: () => void): () => void };

/** The store behind `useEstadoEnvio`; one a tab, watched while anybody looks. */
class EstadoStore {
  readonly #listeners = new Set<() => void>();
  #cuentas: Cuentas = SIN_CUENTAS;
  /** Saves of this tab: a count that began before the newest of them would call it sent. */
  #guardados = 0;
  #catalogo: EstadoCatalogo = SIN_CATALOGO;
  #engine: Fuente | null = null;
  #value: EstadoEnvio = resume(SIN_CUENTAS, SIN_CATALOGO, null, true);
  #stop: (() => void) | null = null;

  /** The engine of this tab, or null when it stopped. */
  connect(engine: Fuente | null): void {
    this.#engine = engine;
    if (!this.#stop) return;
    this.#stop();
    this.#start();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (!this.#stop) this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = null;
    };
  };

  get = (): EstadoEnvio => this.#value;

  #start(): void {
    const unwatch = [
      observa(
        async () => ({ desde: this.#guardados, cuentas: await leeCuentas() }),
        ({ desde, cuentas }) => {
          // The commit that this read missed has asked for another one.
          if (desde < this.#guardados) return;
          this.#cuentas = cuentas;
          this.#tell();
        },
      ),
      escuchaDespertador((reason) => {
        if (reason !== 'guardado') return;
        this.#guardados += 1;
        const { pendientes, total } = this.#cuentas;
        this.#cuentas = { ...this.#cuentas, pendientes: pendientes + 1, total: total + 1 };
        this.#tell();
      }),
      observa(leeCatalogo, (catalogo) => {
        this.#catalogo = catalogo;
        this.#tell();
      }),
    ];
    const unsubscribe = this.#engine?.subscribe(() => this.#tell());
    const tell = () => this.#tell();
    globalThis.addEventListener?.('online', tell);
    globalThis.addEventListener?.('offline', tell);
    this.#stop = () => {
      for (const off of unwatch) off();
      unsubscribe?.();
      globalThis.removeEventListener?.('online', tell);
      globalThis.removeEventListener?.('offline', tell);
    };
    this.#tell();
  }

  #tell(): void {
    const conRed = globalThis.navigator?.onLine ?? true;
    this.#value = resume(this.#cuentas, this.#catalogo, this.#engine?.status ?? null, conRed);
    for (const listener of [...this.#listeners]) listener();
  }
}

export const estadoEnvio = new EstadoStore();
