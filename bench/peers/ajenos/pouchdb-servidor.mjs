import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import compression from 'compression';
import express from 'express';

/** express-pouchdb over LevelDB, on Express 4. `node pouchdb-servidor.mjs FILE_OF_PRODUCTS FOLDER` */

const require = createRequire(import.meta.url);
const [archivo, carpeta] = process.argv.slice(2);
const PouchDB = require('pouchdb-core')
  .plugin(require('pouchdb-adapter-leveldb'))
  .plugin(require('pouchdb-mapreduce'))
  .plugin(require('pouchdb-replication'))
  .defaults({ prefix: `${carpeta}/`, adapter: 'leveldb' });

// First: it knows only the databases that are made after it.
const app = express();
app.use(compression({ threshold: 0 }));
app.use(
  '/rival/db',
  require('express-pouchdb')(PouchDB, {
    mode: 'minimumForPouchDB',
    inMemoryConfig: true,
    configPath: join(carpeta, 'config.json'),
    logPath: join(carpeta, 'log.txt'),
  }),
);

const productos = new PouchDB('productos');
const articulos = readFileSync(archivo, 'utf8').split('\n').filter(Boolean).map(JSON.parse);
for (let desde = 0; desde < articulos.length; desde += 2_000) {
  const lote = articulos.slice(desde, desde + 2_000).map(({ clave, ...resto }) => ({ _id: clave, ...resto }));
  const mal = (await productos.bulkDocs(lote)).filter((fila) => fila.error);
  if (mal.length > 0) throw new Error(`${mal.length} productos sin guardar`);
}
const lineas = new PouchDB('lineas');
/** Lines of the runs before: a database that is destroyed under express-pouchdb leaves the next run waiting. */
let previas = 0;
await lineas.info();

/** For the runner. */
app.post('/banco/cambia', express.json({ limit: '64mb' }), async (request, response) => {
  const { claves, precio } = request.body;
  const { rows } = await productos.allDocs({ keys: claves, include_docs: true });
  await productos.bulkDocs(rows.map(({ doc }) => ({ ...doc, precio })));
  response.json({});
});
app.post('/banco/vacia', async (_request, response) => {
  previas = (await lineas.info()).doc_count;
  response.json({});
});
app.get('/banco/lineas', async (_request, response) => {
  response.json({ lineas: (await lineas.info()).doc_count - previas });
});

process.once('SIGTERM', () => process.exit(0));
// Whoever started it is gone.
process.once('disconnect', () => process.exit(0));
const server = app.listen(0, '127.0.0.1', () => console.log(`puerto ${server.address().port}`));
