import { findRecuentos } from '#server/estadisticas/conteos.sql.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Claims, Db, Tx } from '#server/platform/db/db.ts';
import type { Propuesta } from '#shared/contracts/planeacion.ts';
import { lineasPorHora } from '#shared/domain/estadisticas/ritmo.ts';
import { fechaLocal } from '#shared/domain/instante.ts';
import { fraseDePlan, nombreDelDia, porque } from '#shared/domain/planeacion/frases.ts';
import { lineasQueCaben, type Plan, planea, RITMO_USUAL } from '#shared/domain/planeacion/propuesta.ts';
import type { Candidato } from '#shared/domain/planeacion/puntos.ts';
import { AppError } from '#shared/errores.ts';
import { type AjustesRow, type CandidatoRow, findAjustes, findCandidatos } from './planeacion.sql.ts';

/** How far back a shop's pace is measured. */
const DIAS_RITMO = 90;
const DIA_MS = 86_400_000;
/** What a manager may choose from, beyond what fits. */
const SIGUIENTES = 60;

type Producto = Candidato & { fila: CandidatoRow };
export interface PlanDelDia {
  plan: Plan<Producto>;
  ajustes: AjustesRow;
  lineasPorHora: number;
  medido: boolean;
  fecha: string;
}

export const diasDe = (a: Pick<AjustesRow, 'dias_a' | 'dias_b' | 'dias_c'>) => ({
  A: a.dias_a,
  B: a.dias_b,
  C: a.dias_c,
});

/** What to count in an almacén in so many minutes, at the pace of its shop. Throws NO_ENCONTRADO. */
export async function planDelDia(
  tx: Tx,
  ahora: Date,
  almacenId: string,
  minutos: number,
): Promise<PlanDelDia> {
  const [ajustes] = await findAjustes(tx, almacenId);
  if (ajustes === undefined) throw new AppError('NO_ENCONTRADO');
  const fecha = fechaLocal(ahora.getTime(), ajustes.zona_horaria);
  const desde = fechaLocal(ahora.getTime() - DIAS_RITMO * DIA_MS, ajustes.zona_horaria);
  const deLaTienda = { tiendaIds: [ajustes.tienda_id], almacenId: null, categoriaId: null };
  const [ritmo] = await findRecuentos(tx, { ...deLaTienda, desde, hasta: null }, 'tienda');
  const medido = ritmo === undefined ? null : lineasPorHora(ritmo.lineas, ritmo.segundos);
  const candidatos = (await findCandidatos(tx, almacenId, ahora)).map(
    (fila): Producto => ({
      fila,
      productoId: fila.producto_id,
      claseAbc: fila.clase,
      existencia: fila.existencia,
      costo: fila.costo,
      ventaDiaria: fila.venta_diaria,
      conteos: fila.conteos,
      conteosMal: fila.conteos_mal,
      diasSinConteo: fila.dias_sin_conteo,
      minimo: fila.minimo,
      seVacio: fila.se_vacio,
      ubicaciones: fila.bins.length,
    }),
  );
  const porHora = medido ?? RITMO_USUAL;
  const plan = planea(candidatos, {
    lineas: lineasQueCaben(minutos, porHora),
    dias: diasDe(ajustes),
    siguientes: SIGUIENTES,
  });
  return { plan, ajustes, lineasPorHora: porHora, medido: medido !== null, fecha };
}

/** The proposal with its reasons, for who plans. Under row-level security: another shop's almacén is not found. */
export async function proposeConteo(
  db: Db,
  clock: Clock,
  claims: Claims,
  { almacenId, minutos }: { almacenId: string; minutos: number },
): Promise<Propuesta> {
  const { plan, ajustes, fecha, ...ritmo } = await db.withUser(
    claims,
    (tx) => planDelDia(tx, clock.now(), almacenId, minutos),
    { readOnly: true },
  );
  const renglones = [...plan.caben, ...plan.siguen].map(({ candidato: c, puntos, razon }) => ({
    productoId: c.productoId,
    codigo: c.fila.codigo,
    nombre: c.fila.nombre,
    unidad: c.fila.unidad,
    ubicaciones: c.fila.bins,
    claseAbc: c.claseAbc,
    puntos,
    cero: c.existencia <= 0,
    razon,
    porque: porque(razon, c, c.fila.unidad, diasDe(ajustes)),
  }));
  const caben = plan.caben.length;
  return {
    frase: fraseDePlan({ minutos, caben, vencidos: plan.vencidos, ...ritmo }),
    ...ritmo,
    caben,
    vencidos: plan.vencidos,
    renglones,
    nombre: nombreDelDia(fecha),
  };
}
