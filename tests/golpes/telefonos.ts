import { Agent, request } from 'node:http';
import type { Cluster } from '../db/cluster.ts';
import { azar } from '../sim/reloj.ts';
import { basePostgres, creaBase } from './bases.ts';
import { Cable } from './cable.ts';
import { type Cuentas, compara, espera } from './cuentas.ts';
import { hazEscenas } from './escena.ts';
import { TelefonoReal } from './telefono.ts';

export interface OpcionesTelefonos {
  readonly minutos: number;
  readonly telefonos: number;
  /** Share of what goes through the wire that meets an accident. */
  readonly maldad: number;
  readonly semilla: number;
  readonly alAvanzar?: (texto: string) => void;
}

/** Memory of one server over the run, MB. */
export interface Memoria {
  /** In use after a full collection: after a sixth of the run, when everything has been called, and at its end. */
  readonly enUsoMb: readonly [number, number];
  /** Resident. */
  readonly inicialMb: number;
  /** Means of the third and of the last quarter. */
  readonly terceroMb: number;
  readonly ultimoMb: number;
  /** Of a straight line through the second half, MB a minute. */
  readonly pendiente: number;
}

export interface ResultadoTelefonos extends Cuentas {
  readonly vaciadoMs: number;
  readonly golpesDeRed: number;
  readonly memorias: Memoria[];
  readonly detalle: string[];
}

/** A phone scans once in this, on average. */
const CADA_MS = 4_000;
const MUESTRA_MS = 2_000;
/** Growth of what is in use, in share and MB, from which memory is not flat. */
const CRECE = 1.15;
const HOLGURA_MB = 3;
const MB = 1024 * 1024;

function mide(muestras: readonly { min: number; mb: number }[]): Omit<Memoria, 'enUsoMb'> {
  const media = (parte: readonly { mb: number }[]) =>
    parte.reduce((total, uno) => total + uno.mb, 0) / Math.max(1, parte.length);
  const cuarto = (i: number) =>
    muestras.slice(Math.floor((muestras.length * i) / 4), Math.floor((muestras.length * (i + 1)) / 4));
  const mitad = muestras.slice(Math.floor(muestras.length / 2));
  const [x, y] = [mitad.reduce((t, m) => t + m.min, 0) / Math.max(1, mitad.length), media(mitad)];
  const arriba = mitad.reduce((t, m) => t + (m.min - x) * (m.mb - y), 0);
  const abajo = mitad.reduce((t, m) => t + (m.min - x) ** 2, 0);
  return {
    inicialMb: muestras[0]?.mb ?? 0,
    terceroMb: media(cuarto(2)),
    ultimoMb: media(cuarto(3)),
    pendiente: abajo === 0 ? 0 : arriba / abajo,
  };
}

/** Listens to the server's "pull now" as the app does, over a connection of its own; begins again when it breaks. */
function escucha(telefono: TelefonoReal, url: () => string, signal: AbortSignal): void {
  const agent = new Agent({ keepAlive: false });
  const abre = async () => {
    if (signal.aborted) return;
    const headers = {
      accept: 'text/event-stream',
      authorization: `Bearer ${await telefono.persona.token()}`,
    };
    const otra = () => setTimeout(() => void abre(), 3_000).unref();
    const call = request(`${url()}/api/eventos`, { agent, headers, signal }, (answer) => {
      answer.on('data', (trozo: Buffer) => trozo.includes('data:') && telefono.poke('aviso'));
      // why: a broken stream is one of the accidents; it is opened again at its end
      answer.on('error', () => {});
      answer.on('close', otra);
    });
    call.on('error', otra);
    call.end();
  };
  void abre();
}

/** Phones of one shop for each server process, both over one PostgreSQL, that count without pause on a bad network. */
export async function muchosTelefonos(cluster: Cluster, o: OpcionesTelefonos): Promise<ResultadoTelefonos> {
  const base = basePostgres(await creaBase(cluster, 'muchos'));
  const escenas = await base.abre((db) => hazEscenas(db, 5, Math.ceil(o.telefonos / 5)));
  const servidores = [await base.arranca(), await base.arranca()];
  const cables = [await Cable.abre(azar(o.semilla)), await Cable.abre(azar(o.semilla + 1))];
  const random = azar(o.semilla + 2);
  const stop = new AbortController();
  const detalle: string[] = [];
  const muestras: { min: number; mb: number }[][] = servidores.map(() => []);
  for (const [i, cable] of cables.entries()) {
    cable.destino = servidores[i]!.puerto;
    cable.maldad = o.maldad;
  }
  const telefonos: { telefono: TelefonoReal; escena: (typeof escenas)[number] }[] = [];
  const desde = performance.now();
  const minutos = () => (performance.now() - desde) / 60_000;
  const toma = setInterval(() => {
    for (const [i, servidor] of servidores.entries())
      muestras[i]!.push({ min: minutos(), mb: servidor.rss() / MB });
  }, MUESTRA_MS);
  const avisa = setInterval(() => {
    const lineas = telefonos.reduce((total, { telefono }) => total + telefono.lineas.size, 0);
    const mb = muestras.map((una) => `${Math.round(una.at(-1)?.mb ?? 0)} MB`).join(' y ');
    o.alAvanzar?.(`${minutos().toFixed(1)} min, ${lineas} líneas, servidores ${mb}`);
  }, 60_000);

  try {
    const personas = escenas.flatMap((escena) => escena.personas.map((persona) => ({ escena, persona })));
    for (const [i, { escena, persona }] of personas.slice(0, o.telefonos).entries()) {
      const url = () => cables[i % 2]!.url;
      const telefono = new TelefonoReal(persona, url, azar(o.semilla + 10 * (i + 1)));
      await telefono.empiezaConteo(escena.almacenId);
      telefono.enciende();
      escucha(telefono, url, stop.signal);
      telefonos.push({ telefono, escena });
    }
    const hasta = desde + o.minutos * 60_000;
    const enUso = () => Promise.all(servidores.map(async (servidor) => (await servidor.enUso()) / MB));
    const caliente = new Promise<void>((resolve) => setTimeout(resolve, o.minutos * 10_000)).then(enUso);
    const turnos = telefonos.map(async ({ telefono, escena }) => {
      while (performance.now() < hasta) {
        await new Promise((resolve) => setTimeout(resolve, random() * 2 * CADA_MS));
        // Mostly one scan; at times a carton, with its movement where the person may register one.
        await telefono.cuenta(random() < 0.1 ? 20 : 1, telefono.persona.gerente ? escena : undefined);
      }
    });
    await Promise.all(turnos);
    for (const cable of cables) cable.maldad = 0;
    clearInterval(toma);
    const todos = telefonos.map(({ telefono }) => telefono);
    const { ms, quedan } = await espera(todos);
    if (quedan > 0) detalle.push(`quedaron ${quedan} sin enviar`);
    const { cuentas, detalle: mas } = await base.abre((db) => compara(db, todos));
    const [al, alFinal] = [await caliente, await enUso()];
    const memorias = muestras.map((una, i) => ({ ...mide(una), enUsoMb: [al[i]!, alFinal[i]!] as const }));
    for (const { enUsoMb } of memorias) {
      const [antes, despues] = enUsoMb;
      if (despues <= antes * CRECE + HOLGURA_MB) continue;
      cuentas.descuadres += 1;
      detalle.push(`la memoria en uso crece: ${antes.toFixed(0)} → ${despues.toFixed(0)} MB`);
    }
    for (const servidor of servidores) {
      if (servidor.vivo) continue;
      cuentas.descuadres += 1;
      detalle.push(`un servidor se apagó: ${servidor.dicho.slice(-400)}`);
    }
    const golpesDeRed = cables.flatMap((cable) => [...cable.golpes.values()]).reduce((a, b) => a + b, 0);
    return { ...cuentas, vaciadoMs: ms, golpesDeRed, memorias, detalle: [...detalle, ...mas] };
  } finally {
    clearInterval(toma);
    clearInterval(avisa);
    stop.abort();
    for (const { telefono } of telefonos) telefono.apaga();
    for (const servidor of servidores) if (servidor.vivo) await servidor.mata();
    for (const cable of cables) await cable.cierra();
  }
}
