import { CreaConteo } from '#shared/contracts/conteos.ts';
import type { Zona } from '#shared/domain/instante.ts';
import { type CampoPlan, type ErroresPlan, nombreSugerido, type Plan, puedeContar } from './plan.ts';
import { aPlan, erroresTol } from './tolerancias.ts';

type CampoConFrase = Exclude<CampoPlan, `tol.${string}`>;

/** Which field a path of the contract belongs to. */
const CAMPO_DE: Record<string, CampoConFrase> = {
  nombre: 'nombre',
  almacenId: 'almacen',
  alcance: 'alcance',
  zonas: 'ubicaciones',
  ubicacionIds: 'ubicaciones',
  categoriaId: 'categoria',
  productoIds: 'productos',
  contadores: 'contadores',
  vence: 'vence',
  corrigeA: 'corrigeA',
  comparaCon: 'comparaCon',
};

const SENTENCIA: Record<CampoConFrase, string> = {
  nombre: 'El nombre es demasiado largo. Usa menos de 200 letras.',
  almacen: 'Falta el almacén. Elige dónde se cuenta.',
  alcance: 'Elige qué se cuenta.',
  ubicaciones: 'Elige al menos una zona o una ubicación.',
  categoria: 'Falta la categoría. Elige cuál se cuenta.',
  productos: 'Agrega al menos un producto.',
  contadores: 'Elige al menos a una persona que cuente.',
  vence: 'Esa fecha y hora no se entiende.',
  corrigeA: 'Elige un conteo cerrado de este almacén.',
  comparaCon: 'Elige un conteo real de este almacén.',
};

export type EntornoPlan = {
  /** Made once by the form: however often it is sent, it is one conteo. */
  id: string;
  zona: Zona;
  /** ms. */
  ahora: number;
  /** Reads the hour in the shop's zone, ms. */
  deCampo: (texto: string, zona: Zona) => number | null;
  categoria?: string | undefined;
  /** Folio of the conteo that this one corrects. */
  corregido?: string | null | undefined;
  /** Role of who may count, by id. */
  roles: ReadonlyMap<string, string>;
};

/** The plan as `conteos.crea` takes it, or one sentence a field. */
export function validaPlan(
  plan: Plan,
  entorno: EntornoPlan,
): { ok: true; value: CreaConteo } | { ok: false; errores: ErroresPlan } {
  const { alcance, proposito } = plan;
  const errores: ErroresPlan = proposito === 'prueba' ? {} : erroresTol(plan.tolerancias);
  const conTolMala = Object.keys(errores).length > 0;
  const falta = (campo: CampoConFrase) => {
    errores[campo] ??= SENTENCIA[campo];
  };
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
    nombre: plan.nombre.trim() || nombreSugerido(plan, entorno.categoria, entorno.corregido),
    almacenId: plan.almacenId,
    alcance,
    zonas: alcance === 'ubicaciones' ? plan.zonas : [],
    ubicacionIds: alcance === 'ubicaciones' ? plan.ubicacionIds : [],
    categoriaId: alcance === 'categoria' && plan.categoriaId !== '' ? plan.categoriaId : null,
    claseAbc: alcance === 'abc' ? plan.claseAbc : null,
    productoIds: alcance === 'lista' ? plan.productos.map(({ id }) => id) : [],
    ciego: plan.ciego,
    dobleCiego: plan.ciego && plan.dobleCiego,
    reparto: plan.reparto,
    contadores,
    vence: vence === null ? null : new Date(vence).toISOString(),
    // A tolerance spares a recount before an ajuste; a test count has neither.
    ...(conTolMala || proposito === 'prueba'
      ? { tolUnidades: null, tolPorcentaje: null, tolPesos: null }
      : aPlan(plan.tolerancias)),
    proposito,
    corrigeA: proposito === 'conteo' ? plan.corrigeA || null : null,
    comparaCon: proposito === 'prueba' ? plan.comparaCon || null : null,
  });
  if (!leido.success) {
    for (const { path } of leido.error.issues) falta(CAMPO_DE[String(path[0])] ?? 'alcance');
  }
  if (!leido.success || Object.keys(errores).length > 0) return { ok: false, errores };
  return { ok: true, value: leido.data };
}
