import type { Codigo } from '#shared/codes.ts';
import type { CreaConteo } from '#shared/contracts/conteos.ts';
import { type Proposito, type Rol, VE_EXISTENCIAS } from '#shared/roles.ts';
import { type CeldaTol, type TextosTol, TOL_VACIAS } from './tolerancias.ts';

/** What the form holds: everything as text and lists, nothing lost when the scope changes and comes back. */
export type Plan = {
  nombre: string;
  almacenId: string;
  alcance: CreaConteo['alcance'];
  zonas: readonly string[];
  ubicacionIds: readonly string[];
  categoriaId: string;
  claseAbc: string;
  productos: readonly { id: string; codigo: string; nombre: string }[];
  ciego: boolean;
  dobleCiego: boolean;
  reparto: CreaConteo['reparto'];
  contadores: readonly string[];
  /** Value of a datetime-local field in the shop's zone; '' = no hour. */
  vence: string;
  tolerancias: TextosTol;
  proposito: Proposito;
  /** The closed conteo that this one corrects; '' = none. */
  corrigeA: string;
  /** The real conteo that a test count is compared with; '' = the book only. */
  comparaCon: string;
};

export const PLAN_VACIO: Plan = {
  nombre: '',
  almacenId: '',
  alcance: 'ubicaciones',
  zonas: [],
  ubicacionIds: [],
  categoriaId: '',
  claseAbc: 'A',
  productos: [],
  ciego: true,
  dobleCiego: false,
  reparto: 'repartido',
  contadores: [],
  vence: '',
  tolerancias: TOL_VACIAS,
  proposito: 'conteo',
  corrigeA: '',
  comparaCon: '',
};

export const ALCANCES: readonly { value: CreaConteo['alcance']; label: string; detalle: string }[] = [
  { value: 'ubicaciones', label: 'Ubicaciones', detalle: 'Zonas completas o ubicaciones sueltas.' },
  { value: 'categoria', label: 'Categoría', detalle: 'Todo lo de una categoría y sus subcategorías.' },
  { value: 'abc', label: 'Clase ABC', detalle: 'Los productos de una clase en este almacén.' },
  { value: 'lista', label: 'Lista de productos', detalle: 'Solo los que elijas.' },
  {
    value: 'almacen',
    label: 'Todo el almacén',
    detalle:
      'Todo lo que tiene lugar o clase en este almacén. Al final, lo que nadie contó se pone en cero por lista.',
  },
  { value: 'libre', label: 'Libre', detalle: 'Se cuenta lo que se encuentre, sin lista.' },
];

export const REPARTOS: readonly { value: CreaConteo['reparto']; label: string; detail: string }[] = [
  {
    value: 'repartido',
    label: 'Se lo reparten',
    detail: 'Lo que cuenten varias personas en una misma ubicación se suma.',
  },
  {
    value: 'doble',
    label: 'Se verifican',
    detail: 'Cada quien cuenta todo y se comparan: si no coinciden, tú decides cuál vale.',
  },
  {
    value: 'ninguno',
    label: 'Sin decir',
    detail: 'Si dos cuentan lo mismo y coinciden vale una; si no, el producto espera tu decisión.',
  },
];

export type CampoPlan =
  | 'nombre'
  | 'almacen'
  | 'alcance'
  | 'ubicaciones'
  | 'categoria'
  | 'productos'
  | 'contadores'
  | 'vence'
  | 'corrigeA'
  | 'comparaCon'
  | CeldaTol;
export type ErroresPlan = Partial<Record<CampoPlan, string>>;

/** Who sees the book cannot count blind. */
export function puedeContar(rol: string, ciego: boolean): boolean {
  return !ciego || !VE_EXISTENCIAS.includes(rol as Rol);
}

/** A name for who left it empty: what is counted. `corregido`: folio of the conteo that it corrects. */
export function nombreSugerido(
  plan: Plan,
  categoria: string | undefined,
  corregido?: string | null | undefined,
): string {
  const que = loQueSeCuenta(plan, categoria);
  if (plan.proposito === 'prueba') return `Prueba: ${que}`;
  return corregido ? `Corrección de ${corregido}` : que;
}

function loQueSeCuenta(plan: Plan, categoria: string | undefined): string {
  const zonas = plan.zonas.map(nombreZona);
  switch (plan.alcance) {
    case 'ubicaciones':
      return zonas.length > 0
        ? zonas.slice(0, 3).join(', ') + (zonas.length > 3 ? ` y ${zonas.length - 3} más` : '')
        : 'Ubicaciones sueltas';
    case 'categoria':
      return categoria ?? 'Categoría';
    case 'abc':
      return `Clase ${plan.claseAbc}`;
    case 'lista':
      return plan.productos.length === 1
        ? plan.productos[0]!.nombre
        : `Lista de ${plan.productos.length} productos`;
    case 'almacen':
      return 'Todo el almacén';
    case 'libre':
      return 'Conteo libre';
  }
}

/** `A` → `Zona A`; one that says it already stays. */
export function nombreZona(zona: string): string {
  return /^zona\b/i.test(zona) ? zona : `Zona ${zona}`;
}

/** Refusals of the server that belong to one field; the rest is said above the form. */
export function campoDelError(code: Codigo): CampoPlan | null {
  switch (code) {
    case 'CONTADOR_NO_ASIGNABLE':
    case 'CONTADOR_VE_EXISTENCIAS':
      return 'contadores';
    case 'ALCANCE_VACIO':
      return 'alcance';
    case 'CORRIGE_NO_CERRADO':
      return 'corrigeA';
    case 'COMPARA_NO_VALIDO':
      return 'comparaCon';
    default:
      return null;
  }
}
