import pg from 'pg';
import { createDb } from '#server/platform/db/create-db.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { OWNER, startCluster } from '../db/cluster.ts';
import { type Busqueda, buscaCon } from './busca.ts';
import { historiasSql, viveSql } from './historia-sql.ts';
import { ServidorSql } from './servidor-sql.ts';

/** Over a throw-away PostgreSQL of its own. */
export async function buscaSql(): Promise<Busqueda> {
  const cluster = await startCluster();
  const admin = new pg.Client({ connectionString: cluster.adminUrl });
  await admin.connect();
  await admin.query(`create database simulacion owner ${OWNER}`);
  await admin.end();
  const db = await createDb({ kind: 'postgres', url: cluster.ownerUrl('simulacion'), max: 5 });
  await migrate(db);
  const servidor = await ServidorSql.abre(db, cluster.adminUrl.replace(/postgres$/, 'simulacion'));
  return {
    juega: async (bloque) => {
      await servidor.vacia();
      return buscaCon(historiasSql(bloque.pasos), (historia) => viveSql(servidor, historia), bloque);
    },
    cierra: async () => {
      await servidor.cierra();
      await db.close();
      await cluster.stop();
    },
  };
}
