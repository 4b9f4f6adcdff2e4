import type { ConteoVista } from '#client/offline/index.ts';
import type { Ahora, Firmas, RevisionBreve } from '#shared/contracts/tablero.ts';
import type { Rol } from '#shared/roles.ts';

export type Icono =
  | 'revision'
  | 'atraso'
  | 'contar'
  | 'firma'
  | 'equipo'
  | 'rechazo'
  | 'negativa'
  | 'minimo'
  | 'archivo'
  | 'periodo'
  | 'tarde';

/** One thing that waits, and where its rows are. */
export interface Fila {
  clave: string;
  icono: Icono;
  tono: 'bad' | 'warn' | 'neutral';
  /** The state in words. */
  marca: string;
  titulo: string;
  detalle: string;
  /** How many, where the row stands for several. */
  valor?: string;
  a: { to: string; params?: Record<string, string>; search?: Record<string, string> };
}

export interface Sabido {
  rol: Rol;
  /** What the phone knows of conteos; it holds without signal too. */
  conteos: readonly ConteoVista[];
  envio: { rechazadas: number };
  /** What the server said last; undefined: nothing yet, or not for this role. */
  ahora: Ahora | undefined;
  firmas: Firmas | undefined;
  breves: ReadonlyMap<string, RevisionBreve>;
  /** ms of this phone's clock, and the date that they are here. */
  en: number;
  hoy: string;
}

/** `Almacén Centro` says its shop by itself. */
export const lugarDe = (tienda: string, almacen: string): string =>
  almacen.includes(tienda) ? almacen : junta(tienda, almacen);

/** `a · b` of what there is to say. */
export const junta = (...partes: (string | null | undefined | false)[]): string =>
  partes.filter(Boolean).join(' · ');
