// `npm run sim -- --histories N --seed S [--steps 60] [--sql | --indexeddb] [--fresh]`: plays random histories of a bad
// week, any number of them, and goes on where it was stopped. Ends with 1 and the shrunk history when one breaks.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { busca, type Clase, type Hallazgo } from '#tests/sim/busca.ts';

const BLOQUE: Record<Clase, number> = { modelo: 500, indexeddb: 50, sql: 10 };
const CADA_MS = 10_000;

type Estado = { hechas: number; segundos: number; cpu: number; hallazgo: Hallazgo | null };

function entero(nombre: string, texto: string, minimo: number): number {
  const numero = Number(texto);
  if (Number.isSafeInteger(numero) && numero >= minimo) return numero;
  process.stderr.write(`--${nombre} tiene que ser un entero de ${minimo} en adelante, y dice «${texto}».\n`);
  process.exit(2);
}

const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    steps: { type: 'string', default: '60' },
    sql: { type: 'boolean', default: false },
    indexeddb: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
  },
});
const total = entero('histories', values.histories, 1);
const semilla = entero('seed', values.seed, 0);
const pasos = entero('steps', values.steps, 1);
const clase: Clase = values.sql ? 'sql' : values.indexeddb ? 'indexeddb' : 'modelo';

const carpeta = path.resolve(import.meta.dirname, '..', '.cache', 'sim');
const archivo = path.join(carpeta, `${clase}-${semilla}-${pasos}.json`);
mkdirSync(carpeta, { recursive: true });

function lee(): Estado {
  try {
    if (!values.fresh) return JSON.parse(readFileSync(archivo, 'utf8')) as Estado;
  } catch {
    // why: no run of this seed has been here
  }
  return { hechas: 0, segundos: 0, cpu: 0, hallazgo: null };
}

function guarda(estado: Estado): void {
  writeFileSync(`${archivo}.nuevo`, JSON.stringify(estado));
  renameSync(`${archivo}.nuevo`, archivo);
}

const estado = lee();
// A history that broke is played again: it may be mended by now.
estado.hallazgo = null;
const como = `npm run sim -- --histories ${total} --seed ${semilla} --steps ${pasos}${clase === 'modelo' ? '' : ` --${clase}`}`;
process.stdout.write(`${como}\n`);
if (estado.hechas > 0) process.stdout.write(`Sigue desde la historia ${estado.hechas} (${archivo}).\n`);

const busqueda = await busca(clase);
let dicho = 0;
while (estado.hechas < total && estado.hallazgo === null) {
  const cuantas = Math.min(BLOQUE[clase] - (estado.hechas % BLOQUE[clase]), total - estado.hechas);
  const bloque = Math.floor(estado.hechas / BLOQUE[clase]);
  const empezo = performance.now();
  const cpu = process.cpuUsage();
  // A block cut short by the total is played whole when more are asked for.
  estado.hallazgo = await busqueda.juega({ semilla: semilla + bloque, cuantas, pasos });
  const gastado = process.cpuUsage(cpu);
  estado.segundos += (performance.now() - empezo) / 1000;
  estado.cpu += (gastado.user + gastado.system) / 1e6;
  if (estado.hallazgo === null) estado.hechas += cuantas;
  guarda(estado);
  if (performance.now() - dicho < CADA_MS && estado.hechas < total) continue;
  dicho = performance.now();
  const memoria = Math.round(process.memoryUsage().rss / 2 ** 20);
  process.stdout.write(
    `${estado.hechas} de ${total} historias, ${Math.round(estado.segundos)} s (${Math.round(estado.cpu)} de procesador), ${memoria} MB\n`,
  );
}
await busqueda.cierra();
if (estado.hallazgo) {
  process.stdout.write(
    `\nSe rompió con la semilla ${semilla}, en la historia ${estado.hechas + estado.hallazgo.antes}:\n`,
  );
  process.stdout.write(`${estado.hallazgo.error}\n\n${estado.hallazgo.historia}\n\n`);
  process.stdout.write(
    clase === 'sql'
      ? 'Para que no vuelva: juega esa historia con viveSql en una prueba de tests/sim/manejadores.sim.test.ts.\n'
      : 'Para que no vuelva: agrega esa historia, con un nombre, a REGRESIONES en tests/sim/regresiones.ts.\n',
  );
  process.exit(1);
}
process.stdout.write(`${estado.hechas} historias, ninguna rompió un invariante.\n`);
process.exit(0);
