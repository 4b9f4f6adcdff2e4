import { azar } from '../sim/reloj.ts';
import type { Base } from './bases.ts';
import { Cable } from './cable.ts';
import { CERO, type Cuentas, compara, espera, suma } from './cuentas.ts';
import { type Escena, hazEscenas } from './escena.ts';
import { TelefonoReal } from './telefono.ts';

export interface OpcionesServidor {
  /** Times that the server is killed. */
  readonly ciclos: number;
  /** Lines of the whole run, as many around each kill. */
  readonly lineas: number;
  /** Kills of one round of phones: after them everything must drain, is compared, and new phones begin. */
  readonly porTanda: number;
  readonly telefonos: number;
  readonly semilla: number;
  readonly maldad?: number;
  /** Of `performance.now()`: past it no other round begins, and what was done is what is reported. */
  readonly hasta?: number;
  readonly alAvanzar?: (texto: string) => void;
}

export interface Resultado extends Cuentas {
  readonly ciclos: number;
  /** Kills that found a call without its answer. */
  readonly enVuelo: number;
  /** Longest drain after the faults ended, ms. */
  readonly vaciadoMs: number;
  readonly golpesDeRed: number;
  readonly detalle: string[];
}

/** After a push begins, the server dies within this. */
const MUERTE_MS = 500;

/**
 * Phones push through a wire that cuts bytes, to a server process that is killed with SIGKILL over and over and
 * started again. The choices come from the seed; what they meet depends on real time.
 */
export async function golpeaServidor(base: Base, o: OpcionesServidor): Promise<Resultado> {
  const random = azar(o.semilla);
  const tandas = Math.ceil(o.ciclos / o.porTanda);
  const escenas = await base.abre((db) => hazEscenas(db, tandas, o.telefonos));
  const cable = await Cable.abre(azar(o.semilla + 1));
  if (o.ciclos > 10) await (await base.arranca()).apaga();
  let servidor = await base.arranca();
  cable.destino = servidor.puerto;
  const total = { ciclos: 0, enVuelo: 0, vaciadoMs: 0, detalle: [] as string[] };
  let cuentas: Cuentas = CERO;

  const mata = async () => {
    if (cable.enVuelo > 0) total.enVuelo += 1;
    cable.destino = null;
    await servidor.mata();
    total.ciclos += 1;
  };
  const revive = async () => {
    servidor = await base.arranca();
    cable.destino = servidor.puerto;
  };

  async function tanda(escena: Escena, muertes: number): Promise<void> {
    const telefonos = escena.personas.map(
      (persona, i) => new TelefonoReal(persona, () => cable.url, azar(o.semilla + 10 * (i + 1))),
    );
    for (const telefono of telefonos) {
      await telefono.empiezaConteo(escena.almacenId);
      telefono.enciende();
    }
    cable.maldad = o.maldad ?? 0.1;
    const cada = Math.ceil(o.lineas / o.ciclos / telefonos.length);
    const guarda = async (cuantas: number) => {
      for (const telefono of telefonos) {
        await telefono.cuenta(cuantas, telefono.persona.gerente ? escena : undefined);
      }
    };
    for (let i = 0; i < muertes; i += 1) {
      await guarda(Math.ceil(cada / 2));
      await cable.subida(2_000, 5_000);
      const [fin] = await Promise.all([
        new Promise<void>((resolve) => setTimeout(resolve, random() * MUERTE_MS)),
        guarda(Math.floor(cada / 2)),
      ]);
      void fin;
      await mata();
      await revive();
      // As the phone's own "online" event does; the drain at the end gets no such help.
      for (const telefono of telefonos) telefono.poke('online');
    }
    cable.maldad = 0;
    const { ms, quedan } = await espera(telefonos);
    total.vaciadoMs = Math.max(total.vaciadoMs, ms);
    if (quedan > 0) total.detalle.push(`quedaron ${quedan} sin enviar`);
    if (base.exclusiva) await mata();
    const fallo = await base.abre((db) => compara(db, telefonos));
    if (base.exclusiva && total.ciclos < o.ciclos) await revive();
    cuentas = suma(cuentas, fallo.cuentas);
    total.detalle.push(...fallo.detalle);
    for (const telefono of telefonos) await telefono.tira();
  }

  try {
    for (const escena of escenas) {
      if (total.ciclos >= o.ciclos || performance.now() > (o.hasta ?? Infinity)) break;
      await tanda(escena, Math.max(1, Math.min(o.porTanda, o.ciclos - total.ciclos)));
      o.alAvanzar?.(`${total.ciclos}/${o.ciclos} muertes, ${cuentas.lineas} líneas`);
    }
  } finally {
    if (servidor.vivo) await servidor.mata();
    await cable.cierra();
  }
  const golpesDeRed = [...cable.golpes.values()].reduce((a, b) => a + b, 0);
  return { ...total, ...cuentas, golpesDeRed };
}
