import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths. */
const POR_SEGUNDO = 100;

interface Estado {
  readonly padre: number;
  /** Seconds of its own, and of its ended children. */
  readonly propios: number;
  readonly deHijos: number;
  readonly rssMb: number;
}

function lee(pid: number): Estado | undefined {
  try {
    const texto = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold anything.
    const campos = texto
      .slice(texto.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [padre, usuario, sistema, usuarioHijos, sistemaHijos, paginas] = [1, 11, 12, 13, 14, 21].map(
      (i) => campos[i] ?? 0,
    ) as [number, number, number, number, number, number];
    return {
      padre,
      propios: (usuario + sistema) / POR_SEGUNDO,
      deHijos: (usuarioHijos + sistemaHijos) / POR_SEGUNDO,
      rssMb: (paginas * 4_096) / 1024 / 1024,
    };
  } catch {
    return undefined;
  }
}

/** Seconds of processor that a process has used; 0 where the system does not say. */
export function cpuDe(pid: number): number {
  return lee(pid)?.propios ?? 0;
}

export function rssDe(pid: number): number {
  return lee(pid)?.rssMb ?? 0;
}

/** The same of a process with its children, those that ended included: PostgreSQL has one for each connection. */
export function cpuDeFamilia(pid: number): number {
  const raiz = lee(pid);
  if (raiz === undefined) return 0;
  let total = raiz.propios + raiz.deHijos;
  for (const nombre of readdirSync('/proc')) {
    const hijo = /^\d+$/.test(nombre) ? lee(Number(nombre)) : undefined;
    if (hijo?.padre === pid) total += hijo.propios;
  }
  return total;
}
