import { FORMATO_TROZO, type ManifiestoSnapshot, SCOPE_SNAPSHOT } from '#shared/contracts/snapshot.ts';
import { aFilas, type FilaCruda, type TablaColumnar } from '#shared/domain/columnas.ts';
import { type DeviceInfo, type EnginePorts, NetFailure } from './ports.ts';
import type { Call } from './pull.ts';

/** After something about snapshots failed, the catalogue comes by pull for this long. */
const APAGADA_MS = 10 * 60_000;
/** Rounds that the network ends before pull gets its chance: some proxy may refuse only these addresses. */
const FALLAS_MAX = 3;
/** A chunk that is not what its name says is fetched again; so is the manifest when its chunks are gone. */
const INTENTOS = 2;
const MANIFIESTOS = 3;

/** Between two chunks the screen has the phone's processor to itself: nothing else sets their pace. */
const PAUSA_MS = 40;

/** Server-side states that pass by themselves: the round ends and the next one goes on. */
const PASAJEROS = [401, 502, 503, 504];

class TrozoMalo extends Error {}

type Store = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Takes the catalogue down as a snapshot: manifest, then chunk by chunk, each checked by its SHA-256 and stored with the
 * note that it is done, so that a kill costs at most two chunks. Whatever goes wrong with it, pull brings the same rows.
 */
export class Foto {
  readonly #ports: EnginePorts;
  readonly #store: Store;
  #manifiesto: ManifiestoSnapshot | null = null;
  #apagadaHasta = Number.NEGATIVE_INFINITY;
  #fallas = 0;

  constructor(ports: EnginePorts, store: Store) {
    this.#ports = ports;
    this.#store = store;
  }

  /** Whether the catalogue can come as a snapshot: the server has one in a coding that this version reads. */
  async prepara(device: DeviceInfo, call: Call): Promise<boolean> {
    const { cache, net, clock } = this.#ports;
    if (!cache.foto || !net.manifiesto || !net.trozo || clock.mono() < this.#apagadaHasta) return false;
    try {
      this.#manifiesto = await this.#pide(device, call);
      return true;
    } catch (error) {
      return this.#falla(error);
    }
  }

  async #pide(device: DeviceInfo, call: Call): Promise<ManifiestoSnapshot> {
    const { cache, net } = this.#ports;
    const input = { deviceId: device.id, secret: device.secret, scope: SCOPE_SNAPSHOT, schema: cache.schema };
    const manifiesto = await call((signal) => net.manifiesto!(input, signal));
    if (manifiesto.formato !== FORMATO_TROZO || manifiesto.scope !== SCOPE_SNAPSHOT) throw new TrozoMalo();
    return manifiesto;
  }

  /**
   * The first chunk of what `prepara` found, while the other scopes come: the first labels are found at once. Whatever
   * goes wrong here, `baja` meets it again and says so.
   */
  async adelanta(device: DeviceInfo, call: Call): Promise<void> {
    const foto = this.#ports.cache.foto!;
    const manifiesto = this.#manifiesto!;
    try {
      const avance = await this.#store(() => foto.empieza(manifiesto));
      const [primero] = manifiesto.trozos;
      if (avance === null || primero === undefined || avance.hechos.size > 0) return;
      const tablas = await this.#trozo(primero.sha256, device, call);
      if (tablas !== null) await this.#store(() => foto.guarda(avance.serie, primero.sha256, tablas));
    } catch (error) {
      this.#ports.log('foto.adelanto', { error: String(error) });
    }
  }

  /** The chunks that `prepara` found, until the catalogue has a cursor or its snapshot is given up. */
  async baja(device: DeviceInfo, call: Call): Promise<void> {
    const foto = this.#ports.cache.foto!;
    try {
      for (let vez = 0; vez < MANIFIESTOS; vez += 1) {
        const manifiesto = this.#manifiesto ?? (await this.#pide(device, call));
        this.#manifiesto = null;
        const avance = await this.#store(() => foto.empieza(manifiesto));
        if (avance === null) return;
        const faltan = manifiesto.trozos.filter(({ sha256 }) => !avance.hechos.has(sha256));
        const fin = await this.#trozos(faltan, avance.serie, device, call);
        if (fin === 'ajeno') return;
        if (fin === 'idos') continue;
        await this.#store(() => foto.termina(avance.serie));
        this.#fallas = 0;
        // A server that does not know the cursor it gave starts the catalogue anew: by pull, then.
        this.#apaga();
        return;
      }
      throw new TrozoMalo('every manifest lost its chunks');
    } catch (error) {
      if (error instanceof Error && error.name === 'CacheFailure') throw error;
      this.#falla(error);
      await this.#store(() => foto.abandona());
    }
  }

  async #trozos(
    faltan: ManifiestoSnapshot['trozos'],
    serie: string,
    device: DeviceInfo,
    call: Call,
  ): Promise<'todos' | 'idos' | 'ajeno'> {
    const foto = this.#ports.cache.foto!;
    const pide = (n: number) => {
      const trozo = faltan[n];
      const work = trozo === undefined ? null : this.#trozo(trozo.sha256, device, call);
      // why: when the chunk before it cannot be stored, nobody waits for this one any more
      work?.catch(() => {});
      return work;
    };
    let viene = pide(0);
    for (let n = 0; viene !== null; n += 1) {
      const tablas = await viene;
      if (tablas === null) return 'idos';
      viene = pide(n + 1);
      if (!(await this.#store(() => foto.guarda(serie, faltan[n]!.sha256, tablas)))) return 'ajeno';
      this.#fallas = 0;
      await this.#ports.clock.sleep(PAUSA_MS, new AbortController().signal);
    }
    return 'todos';
  }

  /** Rows of a chunk by table; null: the server has it no more. */
  async #trozo(
    sha256: string,
    device: DeviceInfo,
    call: Call,
  ): Promise<Map<string, readonly FilaCruda[]> | null> {
    const { cache, net, log } = this.#ports;
    const input = { deviceId: device.id, secret: device.secret, scope: SCOPE_SNAPSHOT, sha256 };
    for (let intento = 0; intento < INTENTOS; intento += 1) {
      try {
        const bytes = await call((signal) => net.trozo!(input, signal));
        if ((await cache.foto!.huella(bytes)) === sha256) return decodifica(bytes);
      } catch (error) {
        if (!(error instanceof NetFailure)) throw error;
        if (error.status === 404) return null;
        if (error.kind !== 'extrana') throw error;
      }
      log('foto.trozo', { sha256, intento });
    }
    throw new TrozoMalo(sha256);
  }

  #apaga(): void {
    this.#fallas = 0;
    this.#apagadaHasta = this.#ports.clock.mono() + APAGADA_MS;
  }

  /** False: give it up and pull. Rethrows what ends the round and passes by itself, some times in a row. */
  #falla(error: unknown): false {
    const delMomento =
      error instanceof NetFailure &&
      (error.kind === 'sin_red' || error.kind === 'tiempo' || PASAJEROS.includes(error.status));
    // A server that is full would not be helped by the same rows coming by pull, at many times the cost.
    if (error instanceof NetFailure && error.status === 429) throw error;
    if (delMomento) {
      this.#fallas += 1;
      if (this.#fallas < FALLAS_MAX) throw error;
    }
    this.#ports.log('foto.falla', { error: String(error) });
    this.#apaga();
    return false;
  }
}

function decodifica(bytes: Uint8Array): Map<string, readonly FilaCruda[]> {
  const tablas = new Map<string, readonly FilaCruda[]>();
  const dicho = JSON.parse(new TextDecoder().decode(bytes)) as { formato: number; tablas: TablaColumnar[] };
  if (dicho.formato !== FORMATO_TROZO) throw new TrozoMalo('formato');
  for (const tabla of dicho.tablas) tablas.set(tabla.tabla, aFilas(tabla, tablas));
  return tablas;
}
