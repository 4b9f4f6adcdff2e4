import { registraEquipo } from '#client/app/equipo.ts';
import { connectTokens } from '#client/app/fetch-vigilado.ts';
import { subeArchivo, syncNet } from '#client/app/trpc.ts';
import { contar, contexto, crearConteoLibre, guarda, linea } from '#client/offline/acciones.ts';
import { iniciarOffline } from '#client/offline/arranque.ts';
import { elCache, elJournal } from '#client/offline/bases.ts';
import { despierta } from '#client/offline/despertador.ts';
import { leeCatalogo, leeCuentas } from '#client/offline/estado.ts';
import type { AuthPort } from '#client/offline/index.ts';
import { observa } from '#client/offline/live.ts';
import { buscarCodigo } from '#client/offline/productos.ts';
import { releva } from '#client/offline/relevo.ts';
import { corre, espera } from '../pista.ts';

/** The app's own engine, journal, cache and network, without the screens. */

const APP = 'carrera';
const TOKEN = 'carrera-token';
/** How often the databases are asked whether the work is done, ms: that much every figure of ours may be too long. */
const MIRA_MS = 10;
/** Lines saved in one transaction. */
const LOTE = 500;

const token = () => localStorage.getItem(TOKEN);
const auth: AuthPort = {
  hasSession: () => token() !== null,
  refresh: async () => 'refused',
  register: async () => 'ok',
};

async function entra(): Promise<void> {
  const { usuario, contrasena } = (await (await fetch('/persona.json')).json()) as Record<string, string>;
  const response = await fetch('/api/auth/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: usuario, password: contrasena }),
  });
  if (!response.ok) throw new Error(`no entra: ${response.status}`);
  const { access_token } = (await response.json()) as { access_token: string };
  localStorage.setItem(TOKEN, access_token);
  const { turno } = await registraEquipo(APP, { signal: AbortSignal.timeout(20_000) });
  const { usuarioId, nombre, correo, rol, tiendaIds, limiteAjuste, expiraEn } = turno;
  await releva(
    { usuarioId, nombre, correo, rol, tiendaIds, limiteAjuste, expiraEn },
    { usuario: usuarioId, token: turno.token, emitido_en: turno.emitidoEn, expira_en: expiraEn },
  );
}

function motor(): void {
  connectTokens({ token, refresh: async () => 'refused' });
  iniciarOffline({ net: syncNet, auth, sube: subeArchivo, app: APP });
}

const PLAZO_MS = 900_000;

async function hasta(listo: () => Promise<boolean>, cadaMs = MIRA_MS): Promise<void> {
  const fin = performance.now() + PLAZO_MS;
  while (!(await listo())) {
    if (performance.now() > fin) throw new Error('no termina');
    await espera(cadaMs);
  }
}

async function unaLinea(clave: string, conteoId: string) {
  const [hallado] = await buscarCodigo(clave);
  return {
    conteoId,
    intento: 1,
    ubicacionId: null,
    codigoCrudo: clave,
    simbologia: 'EAN_13',
    fuente: 'pistola' as const,
    productoId: hallado?.producto.id ?? null,
    cantidad: '1',
    factor: '1',
  };
}

let conteo = '';
/** Since when being level counts: the opening of the page, then the end of the last push. */
let enviado = new Date(performance.timeOrigin).toISOString();

async function elConteo(): Promise<string> {
  if (conteo !== '') return conteo;
  const almacen = await elCache().db.almacenes.toCollection().first();
  if (almacen === undefined) throw new Error('la persona no tiene almacén');
  conteo = await crearConteoLibre({ almacenId: almacen.id });
  return conteo;
}

corre({
  async prepara() {
    connectTokens({ token, refresh: async () => 'refused' });
    await entra();
  },
  async baja() {
    motor();
    await hasta(async () => (await leeCatalogo()).completo);
  },
  async arranca() {
    motor();
  },
  async busca(clave) {
    return (await buscarCodigo(clave))[0]?.producto.precio ?? null;
  },
  async guarda(cuantas, claves) {
    const conteoId = await elConteo();
    const ctx = await contexto();
    const campos = await Promise.all(claves.map((clave) => unaLinea(clave, conteoId)));
    for (let desde = 0; desde < cuantas; desde += LOTE) {
      const de = Math.min(LOTE, cuantas - desde);
      await guarda(
        Array.from(
          { length: de },
          (_, i) =>
            linea(ctx, { ...campos[(desde + i) % campos.length]!, tipo: 'suma', anula: null }).mutacion,
        ),
      );
    }
  },
  async guardaUna(clave) {
    await contar(await unaLinea(clave, await elConteo()));
  },
  async espera() {
    await hasta(async () => ((await elJournal().measured('ultimaSync')) ?? '') > enviado);
  },
  async sube() {
    // A look at the queue waits for whoever writes to it, and who writes waits for the look: once after each commit.
    const listo = new Promise<void>((done, falla) => {
      const plazo = setTimeout(() => falla(new Error('no termina')), PLAZO_MS);
      const mira = observa(
        () => elJournal().db.mutations.where('state').equals('pendiente').limit(1).primaryKeys(),
        (quedan) => {
          if (quedan.length > 0) return;
          mira();
          clearTimeout(plazo);
          done();
        },
      );
    });
    despierta('online');
    await listo;
    enviado = new Date().toISOString();
    const { rechazadas, pendientes } = await leeCuentas();
    if (rechazadas + pendientes > 0) throw new Error(`rechazadas ${rechazadas}, pendientes ${pendientes}`);
  },
  async nivela() {
    const antes = await elJournal().measured('ultimaSync');
    despierta('online');
    await hasta(async () => (await elJournal().measured('ultimaSync')) !== antes);
  },
});
