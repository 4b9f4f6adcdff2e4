import type { SupabaseClient } from '@supabase/supabase-js';
import type * as z from 'zod/mini';
import { plazo } from '#client/offline/core/senales.ts';
import {
  type AuthPort,
  elCacheReal,
  elJournalReal,
  type Identidad,
  iniciarOffline,
  NetFailure,
  releva,
  sincronizaYa,
} from '#client/offline/index.ts';
import type { TurnoRow } from '#client/offline/journal-db.ts';
import type { PrimerAdmin } from '#shared/contracts/usuarios.ts';
import { AppError } from '#shared/errores.ts';
import { olvidaConsultas } from './al-olvidar.ts';
import { bloqueo } from './bloqueo.ts';
import { type Almacen, almacenDe, Deposito } from './deposito.ts';
import { type Registro, registraEquipo } from './equipo.ts';
import { escuchaEventos } from './eventos.ts';
import { connectTokens } from './fetch-vigilado.ts';
import { huboAlguien, pendientesAlSalir, personaDelJournal } from './persona-del-journal.ts';
import { Pines } from './pines.ts';
import { termina } from './practica.ts';
import { errorDeAuth, estadoAcceso, proveedor } from './proveedor.ts';
import { api, creaPrimerAdmin, errorDe, subeArchivo, syncNet } from './trpc.ts';

/**
 * Who is in. The app opens on the shift identity of the journal; tokens only matter when something travels, and losing
 * them never takes the identity or a line away.
 */

/** How long one renewal may take; supabase-js alone would retry for half a minute. */
const RENOVAR_MS = 10_000;
/** A renewal this fresh answers for every 401 that was on its way. */
const RECIEN_RENOVADO_MS = 5_000;
/** A turno is renewed silently, while the session lives, this long before it ends. */
const TURNO_MARGEN_MS = 2 * 3_600_000;
const TURNO_REVISA_MS = 10 * 60_000;
/** Nobody receives mail there: what a user name is at Supabase, which knows e-mails only. */
const SIN_CORREO = 'usuarios.invalid';

const deposito = new Deposito('devcompras-sesion', {
  lee: () => elJournalReal().measured('sesion'),
  escribe: (valor) => elJournalReal().measure('sesion', valor),
});
export const pines = new Pines(elJournalReal);
let appVersion = 'desconocida';
let activo: Identidad | null = null;

export { estadoAcceso };

let cliente: Promise<SupabaseClient> | null = null;
let almacen: Almacen | null = null;

/** The next person or log-in gets a client of its own; what the former one still brings home is sealed for its owner. */
function retiraCliente(): void {
  cliente = null;
  almacen?.retira((usuarioId, sesion) => pines.sella(usuarioId, sesion));
  almacen = null;
}

/** supabase-js, loaded when it is first needed: 51 kB that the way to counting does without. */
function auth(): Promise<SupabaseClient> {
  cliente ??= (async () => {
    const own = { url: location.origin, anonKey: 'devcompras' };
    const { url, anonKey } = (await proveedor()) ?? own;
    const { createClient } = await import('@supabase/supabase-js');
    almacen = almacenDe(deposito);
    return createClient(url, anonKey, {
      auth: {
        storage: almacen,
        storageKey: deposito.key,
        persistSession: true,
        autoRefreshToken: false,
        detectSessionInUrl: false,
      },
    });
  })().catch((error: unknown) => {
    cliente = null;
    throw error;
  });
  return cliente;
}

/**
 * Log-in: password → tokens → this device is registered → turno and identity in the journal. Until the last step
 * the former person stays in, with their own tokens. Rejects with `AppError`.
 */
export async function entrar(correo: string, contrasena: string): Promise<Identidad> {
  const usuario = correo.trim();
  deposito.begin();
  try {
    // Asked anew: the server may have changed its provider since.
    const { supabase } = await estadoAcceso();
    retiraCliente();
    const client = await auth();
    const email =
      supabase !== null && !usuario.includes('@') ? `${usuario.toLowerCase()}@${SIN_CORREO}` : usuario;
    const { error } = await client.auth.signInWithPassword({ email, password: contrasena });
    if (error) throw errorDeAuth(error);
    const salida = await registraEquipo(appVersion, {
      signal: plazo(20_000),
      token: deposito.staged()?.accessToken,
    });
    await sellaLoMio(salida.turno.usuarioId);
    await deposito.commit();
    const identidad = await abreTurno(salida);
    await pines.perdona(identidad.usuarioId);
    conContrasena = identidad.usuarioId;
    await bloqueo.abre();
    return identidad;
  } catch (error) {
    deposito.rollback();
    if (error instanceof AppError) throw error;
    const { code, data } = errorDe(error);
    throw new AppError(code, data, error);
  }
}

/**
 * The first admin of an empty company, who is in when this resolves. At Supabase the account exists already (its
 * panel made it), and the server takes its word for who it is. Rejects with `AppError`.
 */
export async function entrarComoPrimerAdmin(datos: z.infer<typeof PrimerAdmin>): Promise<Identidad> {
  const { supabase } = await estadoAcceso().catch((error: unknown) => {
    const { code, data } = errorDe(error);
    throw new AppError(code, data, error);
  });
  deposito.begin();
  try {
    if (supabase !== null) {
      retiraCliente();
      const { email, password } = { email: datos.correo.trim(), password: datos.contrasena };
      const { error } = await (await auth()).auth.signInWithPassword({ email, password });
      if (error) throw errorDeAuth(error);
    }
    const token = deposito.staged()?.accessToken;
    if (token === undefined) await api.acceso.primerAdmin.mutate(datos);
    else await creaPrimerAdmin(datos, { signal: plazo(20_000), token });
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code, data } = errorDe(error);
    throw new AppError(code, data, error);
  } finally {
    deposito.rollback();
  }
  return entrar(datos.correo, datos.contrasena);
}

/** Changes the own password; the other sessions of the person end. Rejects with `AppError`. */
export async function cambiarContrasena(nueva: string): Promise<void> {
  const client = await auth();
  const { error } = await client.auth.updateUser({ password: nueva });
  if (!error) return;
  if (error.code === 'same_password') throw new AppError('CONTRASENA_IGUAL', {}, error);
  if (error.code === 'weak_password') throw new AppError('CONTRASENA_MALA', {}, error);
  if (error.status === 401 || error.status === 403) throw new AppError('SESION_VENCIDA', {}, error);
  throw errorDeAuth(error);
}

function partes({ turno }: Registro): [Identidad, TurnoRow] {
  const { usuarioId, nombre, correo, rol, tiendaIds, limiteAjuste, expiraEn, token, emitidoEn } = turno;
  return [
    { usuarioId, nombre, correo, rol, tiendaIds, limiteAjuste, expiraEn },
    { usuario: usuarioId, token, emitido_en: emitidoEn, expira_en: expiraEn },
  ];
}

async function abreTurno(registro: Registro): Promise<Identidad> {
  const [identidad, turno] = partes(registro);
  await toma(identidad, turno, registro.alta);
  return identidad;
}

/**
 * A renewal nobody waits for: its answer may come after the phone changed hands, and then it must not put the former
 * person back in the shift, whose name the next lines would carry.
 */
async function conservaTurno(registro: Registro): Promise<void> {
  const [identidad, turno] = partes(registro);
  const sigue = await elJournalReal().renew(identidad, turno, registro.alta);
  if (sigue && activo?.usuarioId === identidad.usuarioId) activo = identidad;
  sincronizaYa('persona');
}

async function toma(identidad: Identidad, turno: TurnoRow | null, alta?: Registro['alta']): Promise<void> {
  if (activo?.usuarioId !== identidad.usuarioId) {
    olvidaConsultas();
    await termina();
    // Bins chosen and places in lists, by the tab.
    sessionStorage.clear();
  }
  await releva(identidad, turno, alta);
  activo = identidad;
  arranca();
  sincronizaYa('persona');
}

/** Who came in with the password since this tab opened: may make a PIN without the one before. */
let conContrasena: string | null = null;

export const entroConContrasena = (usuarioId: string): boolean => conContrasena === usuarioId;

/** Puts the tokens at hand away for their owner, unless that is who comes in. Without a PIN they are lost, not left behind. */
async function sellaLoMio(entra: string | null): Promise<void> {
  const session = deposito.session();
  const texto = deposito.texto();
  if (session === null || texto === null || session.usuarioId === entra) return;
  await pines.sella(session.usuarioId, texto);
}

/**
 * `Cambiar de persona`, and the way back from the lock: by PIN, without network. The tokens of who comes in are the ones
 * sealed under that PIN; without them counting goes on and sending their pulls takes a log-in. PIN_INCORRECTO,
 * PIN_BLOQUEADO, PIN_SIN_PIN.
 */
export async function entrarConPin(persona: Identidad, pin: string): Promise<void> {
  const sesion = await pines.prueba(persona.usuarioId, persona.nombre, pin);
  const misma = activo?.usuarioId === persona.usuarioId;
  if (!misma || deposito.session()?.usuarioId !== persona.usuarioId) {
    retiraCliente();
    await sellaLoMio(persona.usuarioId);
    await deposito.clear();
    conContrasena = null;
    await toma(persona, null);
    if (sesion !== null) await deposito.setItem(deposito.key, sesion);
  }
  await bloqueo.abre();
  sincronizaYa('persona');
  void renuevaTurno(true);
}

/** Locks the phone: tokens are put away, the person stays in the shift and so does what the screen holds. */
export async function bloquear(): Promise<void> {
  if (activo === null || !(await pines.tiene(activo.usuarioId))) return;
  await bloqueo.cierra();
  retiraCliente();
  await sellaLoMio(null);
  await deposito.clear();
}

type Renovacion = 'ok' | 'refused' | 'unreachable';
let renovando: Promise<Renovacion> | null = null;
let renovadoEn = Number.NEGATIVE_INFINITY;

/**
 * Renews the access token once; callers at the same time share it, and a 401 of a call that left before a renewal
 * ended needs no other. Only a refusal of the server is `refused`: then the tokens go, and nothing else does.
 */
function renueva(): Promise<Renovacion> {
  renovando ??= renuevaUnaVez().finally(() => {
    renovando = null;
  });
  return renovando;
}

async function renuevaUnaVez(): Promise<Renovacion> {
  // The client is busy with somebody's log-in.
  if (deposito.staging) return 'unreachable';
  const before = deposito.session();
  if (before === null) return 'refused';
  if (performance.now() - renovadoEn < RECIEN_RENOVADO_MS) return 'ok';
  try {
    const client = await auth();
    const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), RENOVAR_MS));
    const outcome = await Promise.race([client.auth.refreshSession(), late]);
    if (outcome === 'late') return 'unreachable';
    const after = deposito.session();
    // Another tab may have renewed meanwhile: its tokens are as good.
    if (outcome.data.session !== null || (after !== null && after.accessToken !== before.accessToken)) {
      renovadoEn = performance.now();
      return 'ok';
    }
    const status = outcome.error?.status ?? 0;
    if (status < 400 || status >= 500 || status === 429) return 'unreachable';
    // supabase-js keeps them while this phone's clock believes the access token; the server said no to both.
    await deposito.clear();
    return 'refused';
  } catch {
    return 'unreachable';
  }
}

/** True when there are tokens, and they are of the person in the shift. */
function tieneSesion(): boolean {
  return activo !== null && deposito.session()?.usuarioId === activo.usuarioId;
}

const authDelMotor: AuthPort = {
  hasSession: tieneSesion,
  refresh: renueva,
  async register(_device, signal) {
    if (!tieneSesion()) return 'refused';
    for (let attempt = 0; ; attempt += 1) {
      try {
        await conservaTurno(await registraEquipo(appVersion, { signal }));
        return 'ok';
      } catch (error) {
        if (!(error instanceof NetFailure)) throw error;
        if (error.status !== 401) throw error;
        const outcome = attempt > 0 ? 'refused' : await renueva();
        if (outcome !== 'ok') return outcome;
      }
    }
  },
};

/** Brings role, shops and turno up to date while the session lives, so that an ended turno is the exception. */
async function renuevaTurno(siempre: boolean): Promise<void> {
  if (activo === null || !tieneSesion() || !navigator.onLine) return;
  const left = Date.parse(activo.expiraEn) - Date.now();
  if (!siempre && left > TURNO_MARGEN_MS) return;
  try {
    await authDelMotor.register({ id: '', secret: '' }, plazo(20_000));
  } catch {
    // why: the turno at hand stays good for what was done within it; the next check tries again
  }
}

let arrancado = false;

/** The engine and the hints, once per tab. A phone that nobody has used yet has nothing to say to the server. */
function arranca(): void {
  if (arrancado) return;
  arrancado = true;
  iniciarOffline({ net: syncNet, auth: authDelMotor, sube: subeArchivo, app: appVersion });
  escuchaEventos({ tieneSesion });
}

/**
 * Opens the app: reads the identity from the journal (no network, no waiting), starts the engine, the hints and the
 * renewal of the turno. Resolves with the person in the shift, or null for the log-in screen.
 */
export async function iniciarApp(opciones: { app: string }): Promise<Identidad | null> {
  appVersion = opciones.app;
  await deposito.restaura();
  connectTokens({
    token: () => (tieneSesion() ? (deposito.session()?.accessToken ?? null) : null),
    refresh: renueva,
  });
  activo = await personaDelJournal();
  window.addEventListener('storage', (event) => {
    if (event.key === deposito.key) void otraPestana();
  });
  await bloqueo.inicia({
    tienePin: async () => activo !== null && (await pines.tiene(activo.usuarioId)),
    cierra: bloquear,
  });
  if (await huboAlguien()) arranca();
  void renuevaTurno(true);
  setInterval(() => void renuevaTurno(false), TURNO_REVISA_MS);
  return activo;
}

/** Another tab of this phone changed the person or locked it. */
async function otraPestana(): Promise<void> {
  const ahora = await personaDelJournal();
  if (ahora?.usuarioId === activo?.usuarioId) return;
  retiraCliente();
  olvidaConsultas();
  await termina();
  sessionStorage.clear();
  activo = ahora;
}

/**
 * Ends the shift of the person. With something unsent and without `confirmado` it does nothing but tell how much, so
 * that the screen asks and offers the export. The journal stays in any case: what is unsent is sent by this device.
 */
export async function salir(
  opciones: { confirmado?: boolean } = {},
): Promise<{ salio: boolean; pendientes: number }> {
  const pendientes = await pendientesAlSalir();
  if (pendientes > 0 && !opciones.confirmado) return { salio: false, pendientes };
  await termina();
  await elJournalReal().leave();
  if (activo !== null) await pines.quita(activo.usuarioId);
  activo = null;
  olvidaConsultas();
  if (deposito.session() !== null && navigator.onLine) {
    const client = await auth().catch(() => null);
    const late = new Promise((resolve) => setTimeout(resolve, 3_000));
    await Promise.race([client?.auth.signOut({ scope: 'local' }), late]).catch(() => undefined);
  }
  await deposito.clear();
  await elCacheReal().purgeFor(null);
  return { salio: true, pendientes };
}
