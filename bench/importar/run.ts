/**
 * Dry-run reading of 100,000 rows × 8 columns against a catalogue of 100,000 products, as the server does it (a process of its
 * own, its start and the hand-over of the catalogue counted), beside pandas + openpyxl that only load the same file. By turns,
 * medians of `--vueltas` (3). Needs python3-pandas and python3-openpyxl: `apt-get install -y python3-pandas python3-openpyxl`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { analiza, type CatalogoImportacion } from '#server/importar/analiza.ts';

const PRODUCTOS = 100_000;
const MEGA = 1024;
const vueltas = Number(process.argv[process.argv.indexOf('--vueltas') + 1] ?? 3) || 3;
// Debian's own, which has what apt installs, before another in the path.
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const aqui = import.meta.dirname;

function uuid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

const numeros = Array.from({ length: PRODUCTOS }, (_, i) => i);
const catalogo: CatalogoImportacion = {
  productos: {
    id: numeros.map(uuid),
    codigo: numeros.map((i) => `P${String(i).padStart(6, '0')}`),
    nombre: numeros.map((i) => `Producto número ${i} de línea`),
    decimales: numeros.map(() => 0),
  },
  codigos: {
    codigo: numeros.map((i) => `75${String(i).padStart(11, '0')}`),
    claveGtin: numeros.map(() => null),
    producto: numeros,
    factor: numeros.map(() => '1'),
  },
  almacenes: [
    {
      id: uuid(900_001),
      codigo: 'CDMX-01-G',
      nombre: 'General',
      tienda: { id: uuid(900_002), codigo: 'CDMX-01', nombre: 'Centro' },
      esGeneral: true,
    },
  ],
  categorias: [],
};

/** Highest resident memory of this process's children, MB: the kernel keeps the mark of each while it lives. */
function vigilaHijos(): () => number {
  let mayor = 0;
  const mira = (): void => {
    for (const hilo of readdirSync('/proc/self/task')) {
      const hijos = readFileSync(`/proc/self/task/${hilo}/children`, 'utf8').trim().split(' ');
      for (const pid of hijos) {
        try {
          const marca = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
          mayor = Math.max(mayor, Number(marca?.[1] ?? 0) / MEGA);
        } catch {
          // It ended meanwhile.
        }
      }
    }
  };
  const reloj = setInterval(mira, 10);
  return () => {
    clearInterval(reloj);
    return mayor;
  };
}

async function nuestra(bytes: Uint8Array): Promise<{ segundos: number; mb: number; filas: number }> {
  let filas = 0;
  const acaba = vigilaHijos();
  const desde = performance.now();
  await analiza(
    { bytes, filename: 'ventas.xlsx', opciones: {}, catalogo, mapas: {}, hoy: '2026-11-24' },
    {
      filas: async (lote) => {
        filas += lote.length;
      },
      problemas: async () => {},
      reparaciones: async () => {},
      avance: () => {},
    },
  );
  return { segundos: (performance.now() - desde) / 1000, mb: acaba(), filas };
}

function mediana(valores: readonly number[]): number {
  return valores.toSorted((a, b) => a - b)[Math.floor(valores.length / 2)]!;
}

const carpeta = mkdtempSync(path.join(os.tmpdir(), 'bench-importar-'));
const archivo = path.join(carpeta, 'ventas.xlsx');
try {
  execFileSync(python, [path.join(aqui, 'genera.py'), archivo]);
  const bytes = readFileSync(archivo);
  const suyas: { segundos: number; mb: number; filas: number; version: string }[] = [];
  const nuestras: { segundos: number; mb: number; filas: number }[] = [];
  for (let vuelta = 0; vuelta < vueltas; vuelta += 1) {
    nuestras.push(await nuestra(bytes));
    suyas.push(
      JSON.parse(
        execFileSync(python, [path.join(aqui, 'pandas-openpyxl.py'), archivo], { encoding: 'utf8' }),
      ),
    );
    const [n, s] = [nuestras.at(-1)!, suyas.at(-1)!];
    console.log(
      `vuelta ${vuelta + 1}: nuestra ${n.segundos.toFixed(2)} s, ${n.mb.toFixed(0)} MB, ${n.filas} filas; pandas ${s.segundos.toFixed(2)} s, ${s.mb.toFixed(0)} MB, ${s.filas} filas; carga ${os.loadavg()[0]!.toFixed(1)}`,
    );
  }
  const [ns, ps] = [
    mediana(nuestras.map(({ segundos }) => segundos)),
    mediana(suyas.map(({ segundos }) => segundos)),
  ];
  const [nm, pm] = [Math.max(...nuestras.map(({ mb }) => mb)), Math.max(...suyas.map(({ mb }) => mb))];
  console.log(
    `\n${(bytes.length / MEGA / MEGA).toFixed(1)} MB, mediana de ${vueltas}: ensayo ${ns.toFixed(2)} s y ${nm.toFixed(0)} MB; pandas + openpyxl (${suyas[0]!.version}) ${ps.toFixed(2)} s y ${pm.toFixed(0)} MB: ${(ps / ns).toFixed(1)} veces`,
  );
  if (nuestras.some(({ filas }) => filas !== PRODUCTOS) || ns >= ps || nm > 400) process.exitCode = 1;
} finally {
  rmSync(carpeta, { recursive: true, force: true });
}
