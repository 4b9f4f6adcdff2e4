import { readFileSync } from 'node:fs';
import compression from 'compression';
import express from 'express';

/**
 * The server of RxDB's replication: pull by checkpoint, push with conflicts. Everything in memory, which no real one
 * would do: in its favour. `node rxdb-servidor.mjs FILE_OF_PRODUCTS`, one JSON a line.
 */

const productos = readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean).map(JSON.parse);
/** Every write in order: the checkpoint is a place in it. */
const diario = [...productos.keys()];
const lineas = new Map();

const app = express();
app.use(compression({ threshold: 0 }));
app.use(express.json({ limit: '64mb' }));

app.post('/rival/pull', (request, response) => {
  const desde = request.body.desde?.lugar ?? 0;
  const hasta = Math.min(diario.length, desde + request.body.lote);
  response.json({
    documents: [...new Set(diario.slice(desde, hasta))].map((n) => ({ ...productos[n], _deleted: false })),
    checkpoint: { lugar: hasta },
  });
});
app.post('/rival/push', (request, response) => {
  const conflictos = [];
  for (const { newDocumentState: nueva, assumedMasterState: supuesta } of request.body) {
    const hay = lineas.get(nueva.id);
    if (hay !== undefined && !supuesta) conflictos.push(hay);
    else lineas.set(nueva.id, nueva);
  }
  response.json(conflictos);
});

/** For the runner. */
app.post('/banco/cambia', (request, response) => {
  const { claves, precio } = request.body;
  const cuales = new Set(claves);
  for (const [n, producto] of productos.entries()) {
    if (!cuales.has(producto.clave)) continue;
    productos[n] = { ...producto, precio };
    diario.push(n);
  }
  response.json({});
});
app.post('/banco/vacia', (_request, response) => {
  lineas.clear();
  response.json({});
});
app.get('/banco/lineas', (_request, response) => response.json({ lineas: lineas.size }));

process.once('SIGTERM', () => process.exit(0));
// Whoever started it is gone.
process.once('disconnect', () => process.exit(0));
const server = app.listen(0, '127.0.0.1', () => console.log(`puerto ${server.address().port}`));
