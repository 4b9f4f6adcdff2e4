import { cuentaParaLibro, type LineaViva, type Reparto } from './conteo.ts';
import type { Cantidad } from './decimal.ts';

/** What a manager chose where two counters counted the same: add both, or let one person's total stand. */
export interface DecisionTraslape {
  decision: 'suma' | 'uno';
  usuarioId: string | null;
}

export type EstadoTraslape =
  /** They share the bin: both totals are summed. */
  | 'suma'
  /** Equal totals: one is taken. */
  | 'coinciden'
  /** Different totals: nobody may approve until someone chooses. */
  | 'sin_decidir'
  | 'decidido'
  /** Somebody counted without a bin, so nothing proves that it is the same shelf: summed and flagged. */
  | 'sin_ubicacion';

export interface Traslape {
  ubicacionId: string | null;
  /** In order of user id. */
  usuarios: { usuarioId: string; unidades: Cantidad }[];
  estado: EstadoTraslape;
  /** Units to take off the plain sum of the lines. */
  resta: Cantidad;
}

/**
 * Overlaps of one product in one intento: "Ana y Luis contaron A-03-2". `lineas` are living lines of that product and
 * intento. Only lines with a bin prove an overlap; in a `doble` conteo lines without a bin count as one place, because
 * the plan itself says that both count the same.
 */
export function traslapes(
  lineas: readonly LineaViva[],
  reparto: Reparto,
  decision: DecisionTraslape | null = null,
  porEntregarEnLibro = false,
): Traslape[] {
  const lugares = new Map<string | null, Map<string, Cantidad>>();
  const personas = new Set<string>();
  for (const linea of lineas) {
    personas.add(linea.usuarioId);
    const usuarios = lugares.get(linea.ubicacionId) ?? new Map<string, Cantidad>();
    lugares.set(linea.ubicacionId, usuarios);
    const suma = cuentaParaLibro(linea.condicion, porEntregarEnLibro) ? linea.unidades : 0n;
    usuarios.set(linea.usuarioId, (usuarios.get(linea.usuarioId) ?? 0n) + suma);
  }
  if (personas.size < 2) return [];
  const encontrados: Traslape[] = [];
  const ordenados = [...lugares].sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1));
  for (const [ubicacionId, porUsuario] of ordenados) {
    const usuarios = [...porUsuario]
      .map(([usuarioId, unidades]) => ({ usuarioId, unidades }))
      .sort((a, b) => (a.usuarioId < b.usuarioId ? -1 : 1));
    const probado = usuarios.length > 1 && (ubicacionId !== null || reparto === 'doble');
    if (probado) encontrados.push({ ubicacionId, usuarios, ...resuelve(usuarios, reparto, decision) });
    else if (ubicacionId === null && reparto !== 'repartido') {
      encontrados.push({ ubicacionId, usuarios, estado: 'sin_ubicacion', resta: 0n });
    }
  }
  return encontrados;
}

function resuelve(
  usuarios: Traslape['usuarios'],
  reparto: Reparto,
  decision: DecisionTraslape | null,
): { estado: EstadoTraslape; resta: Cantidad } {
  const suma = usuarios.reduce((total, { unidades }) => total + unidades, 0n);
  if (reparto === 'repartido') return { estado: 'suma', resta: 0n };
  if (decision?.decision === 'suma') return { estado: 'decidido', resta: 0n };
  const primero = usuarios[0]!.unidades;
  if (usuarios.every(({ unidades }) => unidades === primero)) {
    return { estado: 'coinciden', resta: suma - primero };
  }
  const elegido = usuarios.find(({ usuarioId }) => usuarioId === decision?.usuarioId);
  if (elegido === undefined) return { estado: 'sin_decidir', resta: 0n };
  return { estado: 'decidido', resta: suma - elegido.unidades };
}

/** True while some overlap has different totals and nobody has chosen. */
export function hayTraslapePendiente(encontrados: readonly Traslape[]): boolean {
  return encontrados.some(({ estado }) => estado === 'sin_decidir');
}
