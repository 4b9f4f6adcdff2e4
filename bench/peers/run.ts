/**
 * The race: the same work in the same Chromium, ours and the peers in turns. `node bench/peers/run.ts
 * [--productos N] [--vueltas K] [--solo a,b,c,d] [--quien nuestra,rxdb,pouchdb] [--lote N]`. Needs PostgreSQL and Chromium;
 * the peers are installed the first time. PORT: the first of as many ports as there are runners. PERFIL: a folder for the
 * page's CPU profile of each part. BITACORA=1: every request. `--crece 10000,100000,1000000`: how the cost of ours grows with
 * the catalogue (crece.ts). `--copias 1,10,100`: with the phones that come at once, empty (copias.ts).
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CONTRASENA_DEMO } from '../../database/seed/demo-fijos.ts';
import { copias } from './copias.ts';
import { type Cifras, corrida, type Parte } from './corrida.ts';
import { crece } from './crece.ts';
import { Frente } from './frente.ts';
import { construye, instala } from './paginas.ts';
import { abreRival, Nuestros, type Servidor } from './servidores.ts';
import { tabla } from './tabla.ts';

const { values } = parseArgs({
  options: {
    productos: { type: 'string', default: '100000' },
    vueltas: { type: 'string', default: '3' },
    solo: { type: 'string', default: 'a,b,c,d' },
    quien: { type: 'string', default: 'nuestra,rxdb,pouchdb' },
    /** Documents in a batch of the peers; left out: what was quickest here. */
    lote: { type: 'string' },
    /** Lines of part b. */
    lineas: { type: 'string', default: '10000' },
    /** Instead of the race: ours alone with so many products, one size after the other. */
    crece: { type: 'string' },
    /** Instead of the race: so many empty phones at once. */
    copias: { type: 'string' },
    /** Seconds that one size of `crece` may take on the phone. */
    plazo: { type: 'string', default: '240' },
    /** Every run's figures as JSON. */
    json: { type: 'string' },
  },
});
const PRODUCTOS = Number(values.productos);
const PERSONA = { usuario: 'almacen1@demo.mx', contrasena: CONTRASENA_DEMO };
const RIVALES: Record<string, { entrada: string; servidor: string; lote: number }> = {
  rxdb: { entrada: 'ajenos/rxdb.ts', servidor: 'rxdb-servidor.mjs', lote: 1_000 },
  pouchdb: { entrada: 'ajenos/pouchdb.ts', servidor: 'pouchdb-servidor.mjs', lote: 1_000 },
  zero: { entrada: 'ajenos/zero/pagina.ts', servidor: 'zero/servidor.mjs', lote: 0 },
};

const puerto = Number(process.env.PORT ?? 0);
const temporal = mkdtempSync(join(tmpdir(), 'devcompras-carrera-'));
const quienes = values.quien.split(',');
const partes = new Set(values.solo.split(',')) as Set<Parte>;
if (quienes.some((quien) => quien === 'rxdb' || quien === 'pouchdb')) instala('rxdb');
if (quienes.includes('zero')) instala('@rocicorp/zero', 'zero');

if (values.crece !== undefined) {
  await crece(values.crece.split(',').map(Number), {
    plazoMs: Number(values.plazo) * 1_000,
    puerto,
    persona: PERSONA,
    json: values.json,
  });
  process.exit(0);
}
if (values.copias !== undefined) {
  await copias(values.copias.split(',').map(Number), PRODUCTOS, PERSONA);
  process.exit(0);
}
const nuestros = await Nuestros.prepara(PRODUCTOS);
const cierres: (() => Promise<void>)[] = [];
const corridas = new Map<string, Cifras[]>(quienes.map((quien) => [quien, []]));
try {
  const articulos = await nuestros.articulos();
  console.log(`${articulos.length} productos, partes ${[...partes].join()}, ${values.vueltas} vueltas`);
  const archivo = join(temporal, 'productos.jsonl');
  writeFileSync(archivo, articulos.map((articulo) => JSON.stringify(articulo)).join('\n'));
  const rivales = new Map<string, Servidor>();
  const paginas = new Map<string, string>();
  for (const quien of quienes) {
    const rival = RIVALES[quien];
    const carpeta = join(temporal, `${quien}-pagina`);
    const bytes = await construye(rival?.entrada ?? 'nuestra/pagina.ts', carpeta);
    paginas.set(quien, carpeta);
    console.log(`${quien}${version(quien)}: página de ${(bytes / 1e3).toFixed(0)} kB sin comprimir`);
    if (!rival) continue;
    const antes = performance.now();
    const servidor = await abreRival(rival.servidor, archivo, join(temporal, quien));
    console.log(`${quien}: su servidor está lleno tras ${((performance.now() - antes) / 1000).toFixed(0)} s`);
    rivales.set(quien, servidor);
    cierres.push(() => servidor.cierra());
  }
  for (let vuelta = 0; vuelta < Number(values.vueltas); vuelta += 1) {
    for (const [lugar, quien] of quienes.entries()) {
      const servidor = rivales.get(quien) ?? (await nuestros.abre());
      const frente = new Frente(servidor.url, paginas.get(quien)!, { '/persona.json': PERSONA });
      await frente.abre(puerto === 0 ? 0 : puerto + lugar);
      try {
        const lote = RIVALES[quien] ? Number(values.lote ?? RIVALES[quien].lote) : null;
        // Zero writes only through a server's own mutators: it runs what it is compared in.
        const suyas = quien === 'zero' ? new Set([...partes].filter((p) => p === 'a' || p === 'd')) : partes;
        const cifras = await corrida(frente, servidor, articulos, suyas, {
          lote,
          precio: `${1_000 + vuelta}.5`,
          lineas: Number(values.lineas),
        });
        corridas.get(quien)!.push(cifras);
        if (values.json) writeFileSync(values.json, JSON.stringify([...corridas], null, 1));
        console.log(
          `${vuelta + 1} ${quien}: ${dichas(cifras)} (${[...frente.codificadas].join()}) · carga ${loadavg()[0]!.toFixed(1)}`,
        );
      } finally {
        await frente.cierra();
        if (!rivales.has(quien)) await servidor.cierra();
        else await servidor.vacia?.();
      }
    }
  }
  console.log(`\n${tabla(corridas)}`);
} finally {
  for (const cierra of cierres) await cierra();
  await nuestros.cierra();
  rmSync(temporal, { recursive: true, force: true });
}

function version(quien: string): string {
  const paquete = {
    rxdb: 'node_modules/rxdb',
    pouchdb: 'node_modules/pouchdb-browser',
    zero: 'zero/node_modules/@rocicorp/zero',
  }[quien];
  if (paquete === undefined) return '';
  const { version: v } = JSON.parse(
    readFileSync(join(import.meta.dirname, 'ajenos', paquete, 'package.json'), 'utf8'),
  ) as { version: string };
  return ` ${v}`;
}

function dichas(cifras: Cifras): string {
  const segundos = (campo: string) => `${campo} ${((cifras[campo] ?? Number.NaN) / 1000).toFixed(2)} s`;
  return ['a.ms', 'a.primeraMs', 'b.ms', 'c.ms', 'd.ms']
    .filter((campo) => campo in cifras)
    .map(segundos)
    .join(', ');
}
