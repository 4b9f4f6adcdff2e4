import type { MutationRow } from '#client/offline/journal-db.ts';
import { uneRechazos } from '#client/offline/rechazos.ts';
import { exige, igual } from './invariantes.ts';
import type { Servidor } from './servidor.ts';
import { cubre } from './servidor-estado.ts';
import type { Telefono } from './telefono.ts';

/** A line that a person was told was saved. `perdonada`: the browser threw the phone's data away, nobody can help it. */
export type Guardada = { id: string; usuario: string; args: string; telefono: Telefono; perdonada: boolean };

export type Vista = {
  servidor: Servidor;
  telefonos: readonly Telefono[];
  guardadas: ReadonlyMap<string, Guardada>;
};

const EN_COLA = ['pendiente', 'apartada'];
const NEGADAS = ['rechazada', 'cuarentena', 'en_espera'];

/** What holds at every moment: I1, I2, I4 of private scopes, I6, I7. */
export async function compruebaSiempre(vista: Vista): Promise<void> {
  for (const telefono of vista.telefonos) {
    const mutaciones = await telefono.bases.mutaciones();
    enUnSoloLugar(vista, telefono, mutaciones);
    await rechazosALaVista(vista.servidor, telefono, mutaciones);
    await cursores(vista.servidor, telefono);
    await nadaAjeno(telefono);
  }
}

/** I1, I2, I7: in the phone's journal once, whole; and on the server, once, when the phone shows it as sent. */
function enUnSoloLugar(
  { servidor, guardadas }: Vista,
  telefono: Telefono,
  rows: readonly MutationRow[],
): void {
  const porLinea = new Map<string, MutationRow[]>();
  for (const row of rows) porLinea.set(row.entidad!, [...(porLinea.get(row.entidad!) ?? []), row]);
  for (const line of guardadas.values()) {
    if (line.perdonada || line.telefono !== telefono) continue;
    const suyas = porLinea.get(line.id) ?? [];
    exige(suyas.length === 1, 'I1', `${line.id} está ${suyas.length} veces en el diario`);
    const { args, state } = suyas[0]!;
    exige(args === line.args, 'I1', `${line.id} perdió su contenido en el diario`);
    const { filas, cartas } = servidor.lugares(line.id);
    exige(filas.length <= 1, 'I2', `${line.id} está ${filas.length} veces en el servidor`);
    if (EN_COLA.includes(state) || servidor.restaurado) continue;
    const alguno = filas.length + cartas.length > 0;
    exige(alguno, 'I1', `${line.id} se ve enviada y el servidor no la tiene`);
  }
}

/** I6: a cursor covers only rows that are stored. */
async function cursores(servidor: Servidor, telefono: Telefono): Promise<void> {
  const filas = await telefono.bases.filas('cursor');
  for (const [scope, texto] of Object.entries(await telefono.bases.cache.cursors())) {
    const cursor = servidor.lee(texto, scope);
    if (!cursor) continue;
    const debe = cubre(servidor.estado, scope, cursor);
    for (const [key, fila] of debe.filas) {
      exige(igual(filas.get(key)?.fila, fila), 'I6', `${scope} va en ${texto} y falta ${key}`);
    }
    for (const key of debe.ausentes) {
      exige(filas.get(key)?.scope !== scope, 'I6', `${scope} va en ${texto} y sobra ${key}`);
    }
  }
}

/** I4 at any moment: nothing that is of one person alone while another one, or nobody, has the phone. */
async function nadaAjeno(telefono: Telefono): Promise<void> {
  const usuario = telefono.persona?.usuario;
  for (const [key, { scope }] of await telefono.bases.filas()) {
    const [kind, first, second] = scope.split(':');
    const dueno = kind === 'usuario' ? first : kind === 'lineas' ? second : usuario;
    exige(dueno === usuario, 'I4', `${usuario ?? 'nadie'} tiene el teléfono y ahí está ${key} de ${scope}`);
  }
}

/** I7: what the server refused of the person in the shift is on the screen, with its content. */
async function rechazosALaVista(
  servidor: Servidor,
  telefono: Telefono,
  entries: readonly MutationRow[],
): Promise<void> {
  const { persona, bases } = telefono;
  if (!persona) return;
  const suyas = entries.filter((entry) => entry.usuario === persona.usuario && NEGADAS.includes(entry.state));
  if (suyas.length === 0) return;
  const rows = await bases.rechazos();
  const shown = uneRechazos({ entries, rows, level: await bases.nivel(), usuarioId: persona.usuario });
  const settled = new Set(
    rows.filter((row) => row.state !== 'abierta').map((row) => `${row.deviceId}:${row.mid}`),
  );
  for (const entry of suyas) {
    const key = `${entry.device}:${entry.mid}`;
    if (settled.has(key)) continue;
    // A clone may have sent it again to a restored server, which took it this time.
    if (servidor.lugares(entry.entidad!).filas.length > 0 && !servidor.estado.cartas.has(key)) continue;
    // Lost in a restore, its number now another's: the phone learns it at its next hello, and sends it again.
    const conocida = servidor.estado.equipos.get(entry.device)?.mutaciones.get(entry.mid);
    if (servidor.restaurado && conocida?.hash !== entry.hash) continue;
    const visible = shown.some((row) => row.seq === entry.seq && row.args === entry.args);
    exige(visible, 'I7', `el rechazo de ${entry.entidad} no se ve`);
  }
}

/** I5: nothing waits any more. */
export async function colaVacia(telefonos: readonly Telefono[]): Promise<void> {
  for (const telefono of telefonos) {
    const left = (await telefono.bases.mutaciones()).filter((row) => EN_COLA.includes(row.state));
    exige(left.length === 0, 'I5', `quedan ${left.length} sin enviar`);
  }
}

/** What holds once everybody has been level: I1, I2, I7, I8 of the server, I3, I4, I7, I8 of each phone. */
export async function compruebaNivelado(vista: Vista): Promise<void> {
  const { servidor, guardadas, telefonos } = vista;
  for (const line of guardadas.values()) {
    const { filas, cartas } = servidor.lugares(line.id);
    if (line.perdonada && filas.length + cartas.length === 0) continue;
    exige(filas.length + cartas.length > 0, 'I1', `el servidor no tiene ${line.id}`);
    exige(filas.length <= 1, 'I2', `${line.id} está ${filas.length} veces en el servidor`);
    for (const carta of cartas) exige(carta.args === line.args, 'I7', `la carta muerta de ${line.id} cambió`);
    for (const fila of filas) {
      const { usuarioId, ...args } = fila;
      exige(usuarioId === line.usuario, 'I2', `${line.id} cambió de autor`);
      exige(JSON.stringify(args) === line.args, 'I1', `${line.id} cambió de contenido`);
    }
  }
  sumasDelServidor(servidor);
  for (const [i, telefono] of telefonos.entries()) {
    if (telefono.persona === null || (await noRecibe(servidor, telefono))) continue;
    await cacheNivelada(servidor, telefono, telefono.persona.usuario, i);
    await rechazosDelServidor(servidor, telefono, telefono.persona.usuario);
  }
}

/** True for a phone that is not given rows: a revoked one, or one whose version is too old. */
async function noRecibe(servidor: Servidor, { bases, esquema }: Telefono): Promise<boolean> {
  const { id } = await bases.diario.device();
  return esquema < servidor.minPullSchema || servidor.estado.equipos.get(id)?.revocado === true;
}

/** I8: what the server adds up is each line once, whatever came twice, late or in another order. */
function sumasDelServidor(servidor: Servidor): void {
  const porUsuario = new Map<string, Map<string, number>>();
  for (const [key, { fila }] of servidor.estado.filas) {
    if (!key.startsWith('conteo_lineas|')) continue;
    const usuario = fila.usuarioId as string;
    porUsuario.set(usuario, (porUsuario.get(usuario) ?? new Map()).set(fila.id, fila.n));
  }
  for (const [usuario, lineas] of porUsuario) {
    const suma = [...lineas.values()].reduce((a, b) => a + b, 0);
    exige(
      servidor.suma(usuario) === suma,
      'I8',
      `la suma de ${usuario} es ${servidor.suma(usuario)}, no ${suma}`,
    );
  }
}

async function cacheNivelada(
  servidor: Servidor,
  telefono: Telefono,
  usuario: string,
  i: number,
): Promise<void> {
  const suyos = servidor.scopesDe(usuario);
  const actuales = await telefono.bases.filas();
  for (const [key, { scope }] of actuales) {
    exige(suyos.includes(scope), 'I4', `el teléfono ${i} tiene ${key} de ${scope}`);
  }
  let esperadas = 0;
  for (const [key, row] of servidor.estado.filas) {
    if (!suyos.includes(row.scope)) continue;
    esperadas += 1;
    exige(igual(actuales.get(key)?.fila, row.fila), 'I3', `el teléfono ${i} no tiene al día ${key}`);
  }
  exige(actuales.size === esperadas, 'I3', `al teléfono ${i} le sobran filas`);
  let suma = 0;
  for (const [key, { fila }] of actuales) {
    if (key.startsWith('conteo_lineas|')) suma += (fila as { n: number }).n;
  }
  exige(suma === servidor.suma(usuario), 'I8', `el teléfono ${i} suma ${suma} de ${usuario}`);
}

/** I7 the other way: a dead letter of a line that this phone saved is on its screen, and with its payload. */
async function rechazosDelServidor(servidor: Servidor, telefono: Telefono, usuario: string): Promise<void> {
  const entries = await telefono.bases.mutaciones();
  const shown = uneRechazos({
    entries,
    rows: await telefono.bases.rechazos(),
    level: await telefono.bases.nivel(),
    usuarioId: usuario,
  });
  for (const entry of entries) {
    const carta = servidor.estado.cartas.get(`${entry.device}:${entry.mid}`);
    if (!carta || entry.usuario !== usuario || carta.hash !== entry.hash) continue;
    // Of one that a clone brought about, after a restore, this phone knows only that there is one.
    const conTexto = NEGADAS.includes(entry.state) || !servidor.restaurado;
    const visible = shown.some((row) => row.mid === entry.mid && (!conTexto || row.args === entry.args));
    exige(visible, 'I7', `la carta muerta de ${entry.entidad} no se ve con su contenido`);
  }
}
