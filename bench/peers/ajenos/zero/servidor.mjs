import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mustGetQuery } from '@rocicorp/zero';
import { handleQueryRequest } from '@rocicorp/zero/server';
import pg from 'pg';
import { startCluster } from '../../../../tests/db/cluster.ts';
import { queries, schema } from './esquema.ts';

/** zero-cache over a PostgreSQL of its own. `node servidor.mjs FILE_OF_PRODUCTS FOLDER` */

const [archivo, carpeta] = process.argv.slice(2);
const cluster = await startCluster({ wal_level: 'logical', max_wal_senders: '10' });
const client = new pg.Client({ connectionString: cluster.adminUrl });
await client.connect();
await client.query(`create table productos (
  clave text primary key, id text, codigo text, nombre text, "categoriaId" text, precio text, unidad text, decimales int,
  marca text, modelo text, sku text, upc text, "imagenUrl" text, "pideLote" bool, "pideCaducidad" bool, "esServicio" bool,
  "esJuego" bool, "fusionadoEn" text, "isActive" bool)`);
const articulos = readFileSync(archivo, 'utf8').split('\n').filter(Boolean);
for (let desde = 0; desde < articulos.length; desde += 5_000) {
  await client.query('insert into productos select * from json_populate_recordset(null::productos, $1)', [
    `[${articulos.slice(desde, desde + 5_000).join()}]`,
  ]);
}
await client.end();

/** What zero-cache asks to know what a query's name stands for. */
const consultas = createServer(async (request, response) => {
  let texto = '';
  for await (const trozo of request) texto += trozo;
  const dicho = await handleQueryRequest({
    handler: (name, args) => mustGetQuery(queries, name).fn({ args, ctx: {} }),
    schema,
    userID: 'ana',
    query: new URL(request.url, 'http://x').searchParams,
    body: JSON.parse(texto),
  });
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(dicho));
});
await new Promise((done) => consultas.listen(0, '127.0.0.1', done));

const puerto = consultas.address().port + 1;
const cache = spawn(process.execPath, [join(import.meta.dirname, 'node_modules/.bin/zero-cache')], {
  cwd: carpeta,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: {
    ...process.env,
    NODE_ENV: 'development',
    DO_NOT_TRACK: '1',
    ZERO_ENABLE_TELEMETRY: 'false',
    ZERO_UPSTREAM_DB: cluster.adminUrl,
    ZERO_QUERY_URL: `http://127.0.0.1:${consultas.address().port}/query`,
    ZERO_REPLICA_FILE: join(carpeta, 'zero.db'),
    ZERO_PORT: String(puerto),
    ZERO_NUM_SYNC_WORKERS: '1',
    ZERO_WEBSOCKET_COMPRESSION: 'true',
    ZERO_LOG_LEVEL: 'error',
  },
});
const acaba = async () => {
  cache.kill('SIGTERM');
  await Promise.race([new Promise((done) => cache.once('exit', done)), sleep(5_000)]);
  cache.kill('SIGKILL');
  await cluster.stop();
  process.exit(0);
};
process.once('SIGTERM', acaba);
// Whoever started it is gone.
process.once('disconnect', acaba);
for (;;) {
  const ok = await fetch(`http://127.0.0.1:${puerto}/`).then(
    (response) => response.ok,
    () => false,
  );
  if (ok) break;
  await sleep(200);
}
console.log(`puerto ${puerto}`);
