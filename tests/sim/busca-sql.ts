import pg from 'pg';
import { createDb } from '#server/platform/db/create-db.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { OWNER, startCluster } from '../db/cluster.ts';
import { type Busqueda, buscaCon } from './busca.ts';
import { abreServidor, historiasSql, viveSql } from './historia-sql.ts';

/** Over a throw-away PostgreSQL of its own. */
export async function buscaSql(): Promise<Busqueda> {
  const cluster = await startCluster();
  const admin = new pg.Client({ connectionString: cluster.adminUrl });
  await admin.connect();
  await admin.query(`create database simulacion owner ${OWNER}`);
  await admin.end();
  const db = await createDb({ kind: 'postgres', url: cluster.ownerUrl('simulacion'), max: 5 });
  await migrate(db);
  await abreServidor(db);
  return {
    juega: (bloque) => buscaCon(historiasSql(bloque.pasos), (historia) => viveSql(db, historia), bloque),
    cierra: async () => {
      await db.close();
      await cluster.stop();
    },
  };
}
