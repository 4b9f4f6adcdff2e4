import type { MutationRow } from '#client/offline/journal-db.ts';
import type { ArgsDe } from '#shared/contracts/mutadores.ts';
import { LEER } from './catalogo.ts';

export type ClavePaso = 'lee' | 'caja' | 'suma' | 'cual' | 'desconocido' | 'cero' | 'anula' | 'termina';
export type Paso = { clave: ClavePaso; titulo: string; como: string };

/** What there is to try, in the order in which a count goes. Any other order ticks as well. */
export const PASOS: readonly Paso[] = [
  {
    clave: 'lee',
    titulo: 'Lee un producto',
    como: 'Con la pistola, la cámara o escribiendo PR-01. Cada lectura suma uno.',
  },
  {
    clave: 'caja',
    titulo: 'Lee una caja cerrada',
    como: 'El código de la caja suma sus 12 piezas de una vez.',
  },
  {
    clave: 'suma',
    titulo: 'Suma varios de golpe',
    como: 'Con un producto en la tarjeta, teclea 5 y toca Sumar.',
  },
  {
    clave: 'cual',
    titulo: 'Lee un código que está en dos productos',
    como: 'La app no adivina: te enseña los dos y tú eliges.',
  },
  {
    clave: 'desconocido',
    titulo: 'Lee un código que no existe',
    como: 'Se guarda tal cual y sigues contando; después alguien dice qué era.',
  },
  {
    clave: 'cero',
    titulo: 'Pon un cero',
    como: 'Toca «Faltan por contar» y Cero. Lo que nadie cuenta no es cero: queda sin contar.',
  },
  { clave: 'anula', titulo: 'Quita algo', como: 'Toca Deshacer, o un renglón de lo contado y Anular.' },
  { clave: 'termina', titulo: 'Termina tu parte', como: 'Terminar conteo y luego Enviar a revisión.' },
];

type Entrada = Pick<MutationRow, 'name' | 'args'>;

/** Which steps a line does. */
function deLinea(args: ArgsDe<'conteo.linea/1'>): ClavePaso | null {
  if (args.tipo === 'cero') return 'cero';
  if (args.tipo === 'anula') return 'anula';
  if (args.productoId === null) return 'desconocido';
  if (args.codigoCrudo === null) return Number(args.cantidad) > 1 ? 'suma' : null;
  if (args.codigoCrudo === LEER.foco) return 'cual';
  return args.factor === '1' ? 'lee' : 'caja';
}

/** The steps that what was practised has done. */
export function logros(entradas: readonly Entrada[]): ReadonlySet<ClavePaso> {
  const hechos = new Set<ClavePaso>();
  for (const { name, args } of entradas) {
    if (name === 'conteo.parte/1') hechos.add('termina');
    if (name !== 'conteo.linea/1') continue;
    const paso = deLinea(JSON.parse(args) as ArgsDe<'conteo.linea/1'>);
    if (paso !== null) hechos.add(paso);
  }
  return hechos;
}
