import Dexie, { type Table } from 'dexie';

/**
 * The journal's database: append-only truth about what people did on this phone. The tables of version 1
 * are frozen: later versions only add tables, so that an upgrade rewrites no row, and a tab of an older version lets go of
 * its handle and opens the newer database. Every write is strict: the promise resolves after the bytes are on disk. No
 * mutation is cleared by a sign-out.
 */
export const JOURNAL_NAME = 'journal';
/** The journal of practice: it is deleted when practice ends, and nobody sends it. */
export const JOURNAL_PRACTICA = 'devcompras-practica';

export type EstadoMutacion =
  | 'pendiente' // not on the server yet
  | 'enviada' // applied
  | 'tardia' // kept by the server, after its product was approved
  | 'en_espera' // the server does not know this mutator yet
  | 'rechazada' // dead letter on the server
  | 'cuarentena' // revoked device or person: kept for an admin
  | 'apartada'; // no server took it three times alone: set aside here, `mid` negative

/** States in which the server has the mutation. */
export const EN_SERVIDOR: readonly EstadoMutacion[] = [
  'enviada',
  'tardia',
  'en_espera',
  'rechazada',
  'cuarentena',
];

export type MutationRow = {
  /** Order of saving on this phone. */
  seq: number;
  device: string;
  /** Number in the device's stream, contiguous from 1; `-seq` while set aside. */
  mid: number;
  name: string;
  /** JSON text exactly as hashed and sent. */
  args: string;
  hash: string;
  /** Author. */
  usuario: string;
  /** Raw phone clock, ISO. */
  created_at: string;
  /** Server − phone in ms as last measured when saved, or null. */
  desfase_guardar_ms: number | null;
  state: EstadoMutacion;
  attempts: number;
  last_error: string | null;
  enviada_en: string | null;
  /** Id of the row that the mutation makes, for the union by id; null when it makes none. */
  entidad: string | null;
  conteo: string | null;
};

export type DeviceRow = { k: 'este'; id: string; secret: string; nextMid: number; nombre: string };

export type BlobRow = {
  /** lineaId:sha256 */
  id: string;
  sha256: string;
  lineaId: string;
  conteoId: string;
  usuario: string;
  mime: string;
  /** null once sent and older than three days. */
  bytes: ArrayBuffer | null;
  estado: 'pendiente' | 'enviada';
  creada_en: string;
  attempts: number;
  last_error: string | null;
};

export type TurnoRow = {
  usuario: string;
  token: string;
  emitido_en: string;
  expira_en: string;
  /** The phone took a new id since: it was issued to this one. Nothing is sent with it until the server moved it. */
  de?: { deviceId: string; secret: string };
};

export type IdentidadRow = {
  usuarioId: string;
  nombre: string;
  correo: string | null;
  rol: 'admin' | 'gerente' | 'comprador' | 'almacenista' | 'chofer' | 'auditor';
  tiendaIds: string[];
  limiteAjuste: string | null;
  expiraEn: string;
  /** 1 for the person who is using the phone now. */
  activa: 0 | 1;
  desde: string;
};

/** What AES-GCM made: nonce and text with its tag. */
export type Sellado = { iv: Uint8Array<ArrayBuffer>; datos: ArrayBuffer };

/** A person's offline PIN on this phone; client/app/sello.ts says how it is made. Neither PIN nor tokens are readable here. */
export type PinRow = {
  usuarioId: string;
  sal: Uint8Array<ArrayBuffer>;
  iteraciones: number;
  /** The private key under the key that PBKDF2 makes of the PIN: a wrong PIN does not open it. */
  privada: Sellado;
  publica: JsonWebKey;
  /** The person's tokens, sealed to `publica` when they left the phone. */
  sesion: (Sellado & { efimera: JsonWebKey }) | null;
  /** Wrong tries in a row, counted before each try. Only the right PIN or the password brings it back to 0; no clock does. */
  fallos: number;
};

/** Measured facts: `desfase` (ms, server − phone), `ultimaSync`, `epoch`, `lastMid`, `almacen`… */
export type MedidaRow = { k: string; valor: string; en: string };

export class JournalDb extends Dexie {
  declare device: Table<DeviceRow, string>;
  declare mutations: Table<MutationRow, number>;
  declare blobs: Table<BlobRow, string>;
  declare turnos: Table<TurnoRow, string>;
  declare identidad: Table<IdentidadRow, string>;
  declare medidas: Table<MedidaRow, string>;
  declare pines: Table<PinRow, string>;

  constructor(name = JOURNAL_NAME) {
    super(name, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({
      device: 'k',
      mutations: '++seq, &[device+mid], state, hash, name, entidad, conteo',
      blobs: 'id, estado, lineaId',
      turnos: 'usuario',
      identidad: 'usuarioId, activa',
      medidas: 'k',
    });
    this.version(2).stores({ pines: 'usuarioId' });
  }

  get esDePractica(): boolean {
    return this.name === JOURNAL_PRACTICA;
  }
}
