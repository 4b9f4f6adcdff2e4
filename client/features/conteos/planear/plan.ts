import type { Codigo } from '#shared/codes.ts';
import { CreaConteo } from '#shared/contracts/conteos.ts';
import type { Zona } from '#shared/domain/instante.ts';
import { type Rol, VE_EXISTENCIAS } from '#shared/roles.ts';

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
  reparto: CreaConteo['reparto'];
  contadores: readonly string[];
  /** Value of a datetime-local field in the shop's zone; '' = no hour. */
  vence: string;
  tolUnidades: string;
  tolPorcentaje: string;
  tolPesos: string;
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
  reparto: 'repartido',
  contadores: [],
  vence: '',
  tolUnidades: '',
  tolPorcentaje: '',
  tolPesos: '',
};

export const ALCANCES: readonly { value: CreaConteo['alcance']; label: string; detalle: string }[] = [
  { value: 'ubicaciones', label: 'Ubicaciones', detalle: 'Zonas completas o ubicaciones sueltas.' },
  { value: 'categoria', label: 'Categoría', detalle: 'Todo lo de una categoría y sus subcategorías.' },
  { value: 'abc', label: 'Clase ABC', detalle: 'Los productos de una clase en este almacén.' },
  { value: 'lista', label: 'Lista de productos', detalle: 'Solo los que elijas.' },
  { value: 'almacen', label: 'Todo el almacén', detalle: 'Todo lo que tiene lugar o clase en este almacén.' },
  { value: 'libre', label: 'Libre', detalle: 'Se cuenta lo que se encuentre, sin lista.' },
];

export const REPARTOS: readonly { value: CreaConteo['reparto']; label: string; detalle: string }[] = [
  {
    value: 'repartido',
    label: 'Se lo reparten',
    detalle: 'Lo que cuenten varias personas en una ubicación se suma.',
  },
  { value: 'doble', label: 'Se verifican', detalle: 'Cada quien cuenta todo y se comparan.' },
  {
    value: 'ninguno',
    label: 'Sin decir',
    detalle: 'Si dos cuentan lo mismo y coinciden vale una; si no, tú decides.',
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
  | 'tolUnidades'
  | 'tolPorcentaje'
  | 'tolPesos';
export type ErroresPlan = Partial<Record<CampoPlan, string>>;

/** Who sees the book cannot count blind. */
export function puedeContar(rol: string, ciego: boolean): boolean {
  return !ciego || !VE_EXISTENCIAS.includes(rol as Rol);
}

/** A name for who left it empty: what is counted. */
export function nombreSugerido(plan: Plan, categoria: string | undefined): string {
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

/** Which field a path of the contract belongs to. */
const CAMPO_DE: Record<string, CampoPlan> = {
  nombre: 'nombre',
  almacenId: 'almacen',
  alcance: 'alcance',
  zonas: 'ubicaciones',
  ubicacionIds: 'ubicaciones',
  categoriaId: 'categoria',
  productoIds: 'productos',
  contadores: 'contadores',
  vence: 'vence',
  tolUnidades: 'tolUnidades',
  tolPorcentaje: 'tolPorcentaje',
  tolPesos: 'tolPesos',
};

const SENTENCIA: Record<CampoPlan, string> = {
  nombre: 'El nombre es demasiado largo. Usa menos de 200 letras.',
  almacen: 'Falta el almacén. Elige dónde se cuenta.',
  alcance: 'Elige qué se cuenta.',
  ubicaciones: 'Elige al menos una zona o una ubicación.',
  categoria: 'Falta la categoría. Elige cuál se cuenta.',
  productos: 'Agrega al menos un producto.',
  contadores: 'Elige al menos a una persona que cuente.',
  vence: 'Esa fecha y hora no se entiende.',
  tolUnidades: 'Escribe solo números, con punto para los decimales.',
  tolPorcentaje: 'Escribe el porcentaje con hasta dos decimales, como 2.5.',
  tolPesos: 'Escribe pesos con hasta dos decimales.',
};

const numero = (texto: string) => texto.trim().replace(/\.$/, '') || null;

/**
 * The plan as `conteos.crea` takes it, or one sentence a field. `id` is made once by the form; `deCampo` reads the hour in
 * the shop's zone; `ahora` in ms.
 */
export function validaPlan(
  plan: Plan,
  entorno: {
    id: string;
    zona: Zona;
    ahora: number;
    deCampo: (texto: string, zona: Zona) => number | null;
    categoria?: string | undefined;
    /** Role of who may count, by id. */
    roles: ReadonlyMap<string, string>;
  },
): { ok: true; value: CreaConteo } | { ok: false; errores: ErroresPlan } {
  const errores: ErroresPlan = {};
  const falta = (campo: CampoPlan) => {
    errores[campo] ??= SENTENCIA[campo];
  };
  const { alcance } = plan;
  if (plan.almacenId === '') falta('almacen');
  if (alcance === 'ubicaciones' && plan.zonas.length + plan.ubicacionIds.length === 0) falta('ubicaciones');
  if (alcance === 'categoria' && plan.categoriaId === '') falta('categoria');
  if (alcance === 'lista' && plan.productos.length === 0) falta('productos');
  const contadores = plan.contadores.filter((id) => {
    const rol = entorno.roles.get(id);
    return rol !== undefined && puedeContar(rol, plan.ciego);
  });
  if (contadores.length === 0) falta('contadores');
  const vence = plan.vence === '' ? null : entorno.deCampo(plan.vence, entorno.zona);
  if (plan.vence !== '' && vence === null) falta('vence');
  else if (vence !== null && vence <= entorno.ahora)
    errores.vence = 'Esa hora ya pasó. Pon una que falte por llegar.';

  const leido = CreaConteo.safeParse({
    id: entorno.id,
    nombre: plan.nombre.trim() || nombreSugerido(plan, entorno.categoria),
    almacenId: plan.almacenId,
    alcance,
    zonas: alcance === 'ubicaciones' ? plan.zonas : [],
    ubicacionIds: alcance === 'ubicaciones' ? plan.ubicacionIds : [],
    categoriaId: alcance === 'categoria' && plan.categoriaId !== '' ? plan.categoriaId : null,
    claseAbc: alcance === 'abc' ? plan.claseAbc : null,
    productoIds: alcance === 'lista' ? plan.productos.map(({ id }) => id) : [],
    ciego: plan.ciego,
    reparto: plan.reparto,
    contadores,
    vence: vence === null ? null : new Date(vence).toISOString(),
    tolUnidades: numero(plan.tolUnidades),
    tolPorcentaje: numero(plan.tolPorcentaje),
    tolPesos: numero(plan.tolPesos),
  });
  if (!leido.success) {
    for (const { path } of leido.error.issues) falta(CAMPO_DE[String(path[0])] ?? 'alcance');
  }
  if (!leido.success || Object.keys(errores).length > 0) return { ok: false, errores };
  return { ok: true, value: leido.data };
}

/** Refusals of the server that belong to one field; the rest is said above the form. */
export function campoDelError(code: Codigo): CampoPlan | null {
  switch (code) {
    case 'CONTADOR_NO_ASIGNABLE':
    case 'CONTADOR_VE_EXISTENCIAS':
      return 'contadores';
    case 'ALCANCE_VACIO':
      return 'alcance';
    default:
      return null;
  }
}
