import type * as z from 'zod/mini';
import type { Clock } from '#server/platform/clock.ts';
import type { Claims, Db } from '#server/platform/db/db.ts';
import type * as contrato from '#shared/contracts/estadisticas.ts';
import { CANTIDAD_ESCALA, COSTO_ESCALA, formatDecimal, toDecimal } from '#shared/domain/decimal.ts';
import * as frases from '#shared/domain/estadisticas/frases.ts';
import * as donde from './condiciones.sql.ts';
import { corta, leeCursor } from './cursor.ts';
import {
  findMedidas,
  findValorPorGrupo,
  type MedidaRow,
  type PaginaDeMedidas,
  TOTAL_DE_VALOR,
} from './medidas.sql.ts';

type De<T extends z.ZodMiniType> = z.infer<T>;
type PideUna = De<typeof contrato.PideValor>;

const NUMERO = /^-?\d{1,40}(\.\d{1,20})?$/;

function aFila(f: MedidaRow): contrato.FilaMedida {
  const texto = (t: string) => formatDecimal(toDecimal(t, CANTIDAD_ESCALA), CANTIDAD_ESCALA);
  return {
    productoId: f.producto_id,
    codigo: f.codigo,
    nombre: f.nombre,
    unidad: f.unidad,
    categoria: f.categoria,
    almacenId: f.almacen_id,
    almacen: f.almacen,
    existencia: texto(f.existencia),
    tieneBase: f.tiene_base,
    costo:
      f.costo === null
        ? null
        : formatDecimal(toDecimal(f.costo, COSTO_ESCALA), COSTO_ESCALA, { minDecimales: 2 }),
    costoFuente: f.fuente,
    valor: f.valor,
    ventaDiaria: texto(f.venta_diaria),
    cobertura: f.cobertura,
    ventaNeta: f.venta_neta,
    claseAbc: f.clase,
    claseFijada: f.fijada,
    abcVentas: f.abc_ventas,
    abcExistencia: f.abc_existencia,
    xyz: f.xyz,
    variabilidad: f.variabilidad,
    ultimaVenta: f.ultima_venta,
    diasSinVenta: f.dias_sin_venta,
    ultimoConteo: f.ultimo_conteo === null ? null : new Date(f.ultimo_conteo).toISOString(),
    diasSinConteo: f.dias_sin_conteo,
  };
}

/** A page of a measure and what is told of all of it. */
async function lista<Total>(
  db: Db,
  clock: Clock,
  claims: Claims,
  pide: PideUna,
  de: Pick<PaginaDeMedidas, 'donde' | 'total' | 'tambien'>,
) {
  const cursor = leeCursor(pide.cursor, pide.orden === 'codigo' ? undefined : NUMERO);
  const pagina = {
    ...de,
    alcance: pide,
    ahora: clock.now(),
    orden: pide.orden,
    dir: pide.dir,
    cursor,
    limite: pide.limite,
  };
  const leida = await db.withUser(claims, (tx) => findMedidas<Total>(tx, pagina), { readOnly: true });
  const { pagina: filas, siguiente } = corta(leida.filas, pide.limite, (f) => ({
    clave: f.clave,
    id: `${f.producto_id}${f.almacen_id}`,
  }));
  return {
    medidoEn: leida.medido_en?.toISOString() ?? null,
    total: leida.total,
    filas: filas.map(aFila),
    siguiente,
  };
}

/** Stock of now at cost, net of IVA: negatives apart, what has no cost in no sum. */
export async function measureValor(db: Db, clock: Clock, claims: Claims, pide: PideUna) {
  type Total = De<typeof contrato.MedidaValor>['total'];
  const leida = await lista<Total>(db, clock, claims, pide, { donde: donde.HAY, total: TOTAL_DE_VALOR });
  return { frase: frases.fraseDeValor(leida.total), ...leida };
}

export async function measureValorGrupos(
  db: Db,
  clock: Clock,
  claims: Claims,
  pide: De<typeof contrato.PideValorGrupos>,
) {
  const { medido_en, filas } = await db.withUser(
    claims,
    (tx) => findValorPorGrupo(tx, pide, clock.now(), pide.por),
    { readOnly: true },
  );
  const suma = (de: (f: (typeof filas)[number]) => number) => filas.reduce((n, f) => n + de(f), 0);
  const frase = frases.fraseDeValor({
    productos: suma((f) => f.productos),
    valor: formatDecimal(
      filas.reduce((n, f) => n + toDecimal(f.valor, 2), 0n),
      2,
      { minDecimales: 2 },
    ),
    negativos: suma((f) => f.negativos),
    sinCosto: suma((f) => f.sinCosto),
  });
  return { frase, medidoEn: medido_en?.toISOString() ?? null, filas };
}

/** How many days the stock lasts at the pace of 90 days. */
export async function measureCobertura(
  db: Db,
  clock: Clock,
  claims: Claims,
  pide: De<typeof contrato.PideCobertura>,
) {
  type Total = De<typeof contrato.MedidaCobertura>['total'];
  const de = {
    donde: donde.HAY_O_SE_VENDE,
    total: donde.TOTAL_DE_COBERTURA,
    tambien: donde.hastaCobertura(pide.hasta),
  };
  const leida = await lista<Total>(db, clock, claims, pide, de);
  return { frase: frases.fraseDeCobertura(leida.total, leida.medidoEn), ...leida };
}

/** Classes by value, and by how much the weekly demand varies. */
export async function measureAbc(db: Db, clock: Clock, claims: Claims, pide: De<typeof contrato.PideAbc>) {
  type Respuesta = De<typeof contrato.MedidaAbc>;
  const de = {
    donde: donde.dondeAbc(pide.por),
    total: donde.totalDeAbc(pide.por),
    tambien: donde.deClase(pide.por, pide.clase, pide.xyz),
  };
  const leida = await lista<Respuesta['total'] & { matriz: Respuesta['matriz'] }>(
    db,
    clock,
    claims,
    pide,
    de,
  );
  const { matriz, ...total } = leida.total;
  return { frase: frases.fraseDeAbc(pide.por, matriz, leida.medidoEn), ...leida, matriz, total };
}

/** Stock that did not sell in so many days. */
export async function measureSinVenta(
  db: Db,
  clock: Clock,
  claims: Claims,
  pide: De<typeof contrato.PideSinVenta>,
) {
  type Total = De<typeof contrato.MedidaSinVenta>['total'];
  const leida = await lista<Total>(db, clock, claims, pide, {
    donde: donde.dondeSinVenta(pide.dias),
    total: TOTAL_DE_VALOR,
  });
  return { frase: frases.fraseSinVenta(pide.dias, leida.total, leida.medidoEn), ...leida };
}

/** Days since the last count. */
export async function measureSinConteo(
  db: Db,
  clock: Clock,
  claims: Claims,
  pide: De<typeof contrato.PideSinConteo>,
) {
  type Total = De<typeof contrato.MedidaSinConteo>['total'];
  const leida = await lista<Total>(db, clock, claims, pide, {
    donde: donde.dondeSinConteo(pide.dias),
    total: donde.TOTAL_SIN_CONTEO,
  });
  return { frase: frases.fraseSinConteo(leida.total, leida.medidoEn), ...leida };
}
