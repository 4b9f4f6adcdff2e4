import { execFile } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import pg from 'pg';
import type { Db } from '#server/platform/db/db.ts';
import { listDumps } from '#server/platform/db/dumps.ts';
import { type Cluster, findPostgres, OWNER } from '../db/cluster.ts';
import { azar } from '../sim/reloj.ts';
import { type Base, basePglite, basePostgres, creaBase } from './bases.ts';
import { Cable } from './cable.ts';
import { type Cuentas, compara, espera } from './cuentas.ts';
import { hazEscenas } from './escena.ts';
import { NODE, RAIZ } from './proceso.ts';
import { TelefonoReal } from './telefono.ts';

const run = promisify(execFile);

/** How the restored books come back, and what the server must make of them. */
export type Variante =
  | 'otro_cluster' // pg_restore into a new cluster: another system identifier, so another epoch
  | 'misma_epoca' // pg_restore into a database of the same cluster: only the lineage tells
  | 'pglite'; // scripts/dump.ts and scripts/restore.ts on the embedded database

export interface OpcionesRestaura {
  /** Of each phone before the dump, and again after it. */
  readonly lineas: number;
  readonly telefonos: number;
  readonly semilla: number;
}

export interface ResultadoRestaura extends Cuentas {
  readonly vaciadoMs: number;
  /** Acknowledged before the disaster and missing from the dump: what the phones have to bring back. */
  readonly enElAire: number;
  readonly detalle: string[];
}

export function hayPgDump(): boolean {
  const bin = findPostgres();
  return bin !== undefined && existsSync(path.join(bin, 'pg_dump'));
}

async function programa(nombre: string, ...args: string[]): Promise<void> {
  await run(path.join(findPostgres()!, nombre), args);
}

/** What docs/operacion.md asks for before a restore elsewhere: roles belong to the cluster and are in no dump. */
async function preparaRoles(cluster: Cluster): Promise<void> {
  const admin = new pg.Client({ connectionString: cluster.adminUrl });
  await admin.connect();
  for (const rol of ['anon', 'authenticated', 'service_role']) {
    const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [rol]);
    if (rowCount === 0) await admin.query(`create role ${rol} nologin noinherit`);
    await admin.query(`grant ${rol} to ${OWNER}`);
  }
  await admin.end();
}

async function script(nombre: string, carpeta: string, ...args: string[]): Promise<void> {
  const env = { PATH: process.env.PATH, DATA_DIR: carpeta };
  const { stdout } = await run(NODE, [path.join(RAIZ, 'scripts', nombre), ...args], { cwd: RAIZ, env });
  if (!/^(Respaldo escrito|Listo)/.test(stdout)) throw new Error(`${nombre}: ${stdout}`);
}

const epocaDe = (base: Base) =>
  base.abre(async (db: Db) => {
    const { rows } = await sql<{ epoch: string }>`select epoch from sync.meta`.execute(db.kysely);
    return rows[0]?.epoch;
  });

let bases = 0;

/**
 * The drill: phones work, a dump is taken, they work on and are told that it is kept, one of them is cloned; then the
 * server dies and comes back over the dump. `origen` has the books now, `destino` is the cluster of the restored ones.
 */
export async function ensayaRestauracion(
  variante: Variante,
  origen: Cluster | undefined,
  destino: Cluster | undefined,
  o: OpcionesRestaura,
): Promise<ResultadoRestaura> {
  bases += 1;
  const nombre = `ensayo_${process.pid}_${bases}`;
  const embebida = origen === undefined ? await basePglite() : undefined;
  const url = origen === undefined ? '' : await creaBase(origen, nombre);
  let base: Base = embebida ?? basePostgres(url);
  const escena = (await base.abre((db) => hazEscenas(db, 1, o.telefonos)))[0]!;
  const cable = await Cable.abre(azar(o.semilla));
  let servidor = await base.arranca();
  cable.destino = servidor.puerto;
  const vivos: TelefonoReal[] = [];
  const archivo = path.join(tmpdir(), `${nombre}.dump`);
  const detalle: string[] = [];

  const guarda = async (cuantas: number) => {
    for (const telefono of vivos)
      await telefono.cuenta(cuantas, telefono.persona.gerente ? escena : undefined);
  };
  const nivela = async (que: string) => {
    const { quedan, ms } = await espera(vivos);
    if (quedan > 0) detalle.push(`${que}: quedaron ${quedan}`);
    return ms;
  };

  try {
    for (const [i, persona] of escena.personas.entries()) {
      const telefono = new TelefonoReal(persona, () => cable.url, azar(o.semilla + 10 * (i + 1)));
      await telefono.empiezaConteo(escena.almacenId);
      telefono.enciende();
      vivos.push(telefono);
    }
    await guarda(o.lineas);
    await nivela('antes del respaldo');
    if (embebida) {
      cable.destino = null;
      await servidor.apaga();
      await script('dump.ts', embebida.carpeta);
      servidor = await base.arranca();
      cable.destino = servidor.puerto;
    } else {
      await programa('pg_dump', '-Fc', '-f', archivo, url);
    }
    for (const telefono of vivos) telefono.poke('online');

    // Work that the dump does not have, acknowledged; then a clone, which goes on by itself.
    await guarda(o.lineas);
    await nivela('después del respaldo');
    const enElAire = await acusadas(vivos, o.lineas * o.telefonos);
    const clon = await vivos.at(-1)!.clona(azar(o.semilla + 7));
    await clon.cuenta(Math.ceil(o.lineas / 2));
    cable.destino = null;
    await servidor.mata();
    const antes = await epocaDe(base);

    if (embebida) {
      // The server's own dumps at its ends are newer: the drill restores the one of that moment.
      await script('restore.ts', embebida.carpeta, (await listDumps(embebida.carpeta)).at(-1)!);
    } else {
      await preparaRoles(destino!);
      const nueva = await creaBase(destino!, `${nombre}_r`, { migrada: false });
      await programa('pg_restore', '--exit-on-error', '--no-owner', '-d', nueva, archivo);
      base = basePostgres(nueva);
    }
    // Meanwhile the phones count on.
    await guarda(Math.ceil(o.lineas / 2));
    servidor = await base.arranca();
    vivos.push(clon);
    clon.enciende();
    cable.destino = servidor.puerto;
    for (const telefono of vivos) telefono.poke('online');
    const vaciadoMs = await nivela('después de restaurar');
    if (base.exclusiva) await servidor.mata();
    const { cuentas, detalle: mas } = await base.abre((db) => compara(db, vivos, { clones: true }));
    const despues = await epocaDe(base);
    if ((antes !== despues) !== (variante === 'otro_cluster')) {
      detalle.push(`la época ${antes === despues ? 'no ' : ''}cambió`);
      cuentas.descuadres += 1;
    }
    return { ...cuentas, vaciadoMs, enElAire, detalle: [...detalle, ...mas] };
  } finally {
    if (servidor.vivo) await servidor.mata();
    await cable.cierra();
    for (const telefono of vivos) await telefono.tira();
    rmSync(archivo, { force: true });
    await embebida?.borra();
  }
}

/** How many lines the phones hold for acknowledged that the dump can't have; fails the drill when there are none. */
async function acusadas(telefonos: readonly TelefonoReal[], deAntes: number): Promise<number> {
  let total = 0;
  for (const telefono of telefonos) {
    total += await telefono.journal.db.mutations
      .where('state')
      .equals('enviada')
      .and((row) => row.name === 'conteo.linea/1')
      .count();
  }
  if (total <= deAntes) throw new Error('nothing was acknowledged after the dump: the drill proves nothing');
  return total - deAntes;
}
