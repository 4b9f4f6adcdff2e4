import { sql } from 'kysely';
import { usaBases } from '#client/offline/bases.ts';
import { uneRechazos } from '#client/offline/rechazos.ts';
import { leeContado } from '#client/offline/vista-conteos.ts';
import { BasesReales } from './bases.ts';
import { exige } from './invariantes.ts';
import type { MundoSql } from './mundo-sql.ts';
import type { Telefono } from './telefono.ts';

/** A line that a person was told was saved. `negada`: one that the server never applies. */
export type GuardadaSql = {
  id: string;
  usuario: string;
  telefono: Telefono;
  negada: boolean;
  perdonada: boolean;
};

type Linea = { id: string; usuario: string; cantidad: string };
type Carta = { clave: string; usuario: string; args: string; hash: string; state: string };
type Servidor = { lineas: Map<string, Linea>; cartas: Carta[] };

const NEGADAS = ['rechazada', 'cuarentena', 'en_espera'];

/** What holds once everybody has been level: I1, I2, I7 of the server; I1, I3, I4, I7, I8 of each phone. */
export async function compruebaSql(mundo: MundoSql): Promise<void> {
  const servidor = await lee(mundo);
  await enElServidor(mundo, servidor);
  for (const telefono of mundo.telefonos) await enElTelefono(mundo, servidor, telefono);
}

async function lee({ servidor: { db }, gente }: MundoSql): Promise<Servidor> {
  const ids = sql.join(gente.map(({ id }) => id));
  const lineas = await sql<Linea>`
    select id, usuario_id as usuario, cantidad::text as cantidad
      from inventario.conteo_lineas where usuario_id in (${ids})`.execute(db.kysely);
  const cartas = await sql<Carta>`
    select r.device_id || ':' || r.mid as clave, r.usuario_id as usuario, r.args, m.args_hash as hash, r.state
      from sync.rejection r join sync.mutation m on m.device_id = r.device_id and m.mid = r.mid
     where r.usuario_id in (${ids})`.execute(db.kysely);
  return { lineas: new Map(lineas.rows.map((row) => [row.id, row])), cartas: cartas.rows };
}

/** I1, I2, I7: every line that was shown as saved is there as its author's, or in a dead letter with its content. */
async function enElServidor(mundo: MundoSql, { lineas, cartas }: Servidor): Promise<void> {
  const textos = new Map<string, string>();
  for (const { telefono } of mundo.guardadas.values()) {
    if (!mundo.telefonos.includes(telefono)) continue;
    for (const row of await telefono.bases.mutaciones()) {
      if (row.entidad !== null) textos.set(`${mundo.telefonos.indexOf(telefono)} ${row.entidad}`, row.args);
    }
  }
  const porTexto = new Map<string, number>();
  for (const { args } of cartas) porTexto.set(args, (porTexto.get(args) ?? 0) + 1);
  for (const line of mundo.guardadas.values()) {
    const fila = lineas.get(line.id);
    if (fila) exige(fila.usuario === line.usuario, 'I2', `${line.id} cambió de autor`);
    if (line.perdonada) continue;
    const args = textos.get(`${mundo.telefonos.indexOf(line.telefono)} ${line.id}`);
    exige(args !== undefined, 'I1', `el diario no tiene ${line.id}`);
    const veces = porTexto.get(args) ?? 0;
    exige(fila !== undefined || veces > 0, 'I1', `el servidor no tiene ${line.id}`);
    if (line.negada) exige(fila === undefined && veces > 0, 'I7', `${line.id} no tiene carta muerta`);
    if (!mundo.clonado && !mundo.restaurado) {
      exige(
        veces + (fila ? 1 : 0) === 1,
        'I2',
        `${line.id} está ${veces} veces rechazada, y también aplicada`,
      );
    }
  }
  // An id is a row once, by its key; another row would be a line that nobody counted.
  for (const id of lineas.keys()) exige(mundo.guardadas.has(id), 'I2', `nadie contó ${id}`);
}

async function enElTelefono(
  mundo: MundoSql,
  { lineas, cartas }: Servidor,
  telefono: Telefono,
): Promise<void> {
  const { bases, persona } = telefono;
  const { db } = mundo.servidor;
  const equipo = await bases.diario.device();
  const { rows: revocado } = await sql`
    select from sync.device where id = ${equipo.id} and revoked_at is not null`.execute(db.kysely);
  const entries = await bases.mutaciones();
  const { rows: meta } = await sql<{ min: number }>`select min_pull_schema as min from sync.meta`.execute(
    db.kysely,
  );
  // A phone that was put out, or whose app is too old to be given rows, keeps what it had, and gets nothing more.
  if (revocado.length > 0 || telefono.esquema < meta[0]!.min) return;
  exige(persona !== null, 'I5', 'nadie puede entrar en el teléfono');
  const { usuario } = persona;

  const { rows: scopes } = await sql<{ scope: string }>`
    select scope from sync.scopes_de(${usuario}::uuid) as s(scope)`.execute(db.kysely);
  const suyos = new Set(scopes.map(({ scope }) => scope));
  const filas = await bases.filas();
  for (const [key, { scope }] of filas) exige(suyos.has(scope), 'I4', `el teléfono tiene ${key} de ${scope}`);

  const { rows: anaqueles } = await sql<{ id: string; almacen: string }>`
    select u.id, u.almacen_id as almacen from inventario.ubicaciones u
      join inventario.almacenes a on a.id = u.almacen_id
      join inventario.usuario_tiendas t on t.tienda_id = a.tienda_id and t.usuario_id = ${usuario}`.execute(
    db.kysely,
  );
  const de = <F>(tbl: string) =>
    [...filas].flatMap(([key, { fila }]) => (key.startsWith(`${tbl}|`) ? [fila as F] : []));
  const aqui = de<{ id: string; almacenId: string }>('ubicaciones').map(
    ({ id, almacenId }) => `${id} ${almacenId}`,
  );
  exige(
    igualSin(
      aqui,
      anaqueles.map(({ id, almacen }) => `${id} ${almacen}`),
    ),
    'I3',
    `${aqui.length} anaqueles en la caché de ${anaqueles.length}`,
  );

  const enCache = de<{ id: string; cantidad: string }>('conteo_lineas');
  const delServidor = [...lineas.values()].filter((linea) => linea.usuario === usuario);
  exige(
    igualSin(
      enCache.map(({ id }) => id),
      delServidor.map(({ id }) => id),
    ),
    'I3',
    `${enCache.length} líneas en la caché de ${delServidor.length}`,
  );
  const suma = (rows: readonly { cantidad: string }[]) =>
    rows.reduce((sum, row) => sum + Number(row.cantidad), 0);
  exige(
    suma(enCache) === suma(delServidor),
    'I8',
    `el teléfono suma ${suma(enCache)} de ${suma(delServidor)}`,
  );

  const shown = uneRechazos({
    entries,
    rows: await bases.rechazos(),
    level: await bases.nivel(),
    usuarioId: usuario,
  });
  const abiertas = new Map(
    cartas.flatMap((carta) => (carta.state === 'abierta' ? [[carta.clave, carta]] : [])),
  );
  for (const entry of entries) {
    if (entry.usuario !== usuario) continue;
    const carta = abiertas.get(`${entry.device}:${entry.mid}`);
    if (carta?.hash !== entry.hash) continue;
    // Of one that a clone brought about, after a restore, this phone knows only that there is one.
    const conTexto = NEGADAS.includes(entry.state) || !mundo.restaurado;
    const visible = shown.some((row) => row.mid === entry.mid && (!conTexto || row.args === entry.args));
    exige(visible, 'I7', `la carta muerta de ${entry.entidad} no se ve con su contenido`);
  }
  const conteo = mundo.conteos.get(telefono)?.get(usuario);
  if (conteo === undefined || cartas.length > 0 || !(bases instanceof BasesReales)) return;
  usaBases({ journal: bases.journal, cache: bases.real });
  const contado = await leeContado(conteo, usuario);
  exige(
    contado.every((row) => row.estado === 'enviado'),
    'I1',
    'algo contado no se ve enviado',
  );
}

function igualSin(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && new Set([...a, ...b]).size === a.length;
}
