import { aCsv } from '#server/platform/csv.ts';
import { COLUMNAS_HUELLA } from '#shared/domain/huella-acta.ts';
import { desfaseDeZona } from '#shared/domain/instante.ts';
import type { Acta, ActaProducto } from './forma.ts';
import { CONDICION, decisionVista } from './palabras.ts';

export const TABLAS = ['productos', 'intentos', 'lineas'] as const;
export type TablaCsv = (typeof TABLAS)[number];

/** `2026-03-02 10:05:00` in the shop's zone: what a spreadsheet sorts and reads as a date. */
export function fechaHoja(iso: string | null, zona: string): string {
  if (iso === null) return '';
  const ms = Date.parse(iso);
  return new Date(ms + desfaseDeZona(ms, zona) * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}

export const COLUMNAS_PRODUCTOS = [
  'folio',
  'codigo',
  'nombre',
  'unidad',
  'clase_abc',
  'intento',
  'contado',
  'teorico',
  'teorico_desde',
  'teorico_hasta',
  'diferencia',
  'costo_unitario',
  'costo_fuente',
  'importe',
  'contado_en',
  'decision',
  'ajuste_id',
  'autorizo',
  'autorizado_en',
  'motivo',
  'asentado_en',
  'contaron',
  'condiciones',
  'ubicaciones_faltantes',
  'notas',
] as const;

/** One product of the acta in the order of {@link COLUMNAS_PRODUCTOS}; what is not known is empty, never 0. */
export function filaProducto(p: ActaProducto, { conteo }: Acta): string[] {
  const zona = conteo.zonaHoraria;
  const vale = p.intentos.find(({ intento }) => intento === p.intento);
  return [
    conteo.folio ?? '',
    p.codigo,
    p.nombre,
    p.unidad,
    p.claseAbc ?? '',
    String(p.intento),
    p.contado,
    p.teorico ?? '',
    p.lo ?? '',
    p.hi ?? '',
    p.variacion ?? '',
    p.costoUnitario ?? '',
    p.costoFuente,
    p.valor ?? '',
    fechaHoja(p.instante, zona),
    decisionVista(p, conteo.estado),
    p.ajusteId ?? '',
    p.aprobadoPor ?? '',
    fechaHoja(p.aprobadoEn, zona),
    p.motivo ?? '',
    fechaHoja(p.asentadoEn, zona),
    p.ceroDeclarado === null
      ? (vale?.contadores ?? []).map((c) => `${c.nombre} ${c.unidades}`).join(' · ')
      : `${p.ceroDeclarado.por} (cero declarado)`,
    Object.entries(p.condiciones)
      .map(([condicion, unidades]) => `${CONDICION[condicion] ?? condicion} ${unidades}`)
      .join(' · '),
    p.ubicacionesFaltantes.join(' '),
    p.notas.map(({ contador, nota }) => `${contador}: ${nota}`).join(' · '),
  ];
}

export function filasProductos(acta: Acta): string[][] {
  const blancos = COLUMNAS_PRODUCTOS.length - 4;
  return [
    ...acta.productos.map((p) => filaProducto(p, acta)),
    ...acta.sinContar.map(({ codigo, nombre, unidad }) => [
      acta.conteo.folio ?? '',
      codigo,
      nombre,
      unidad,
      ...Array.from({ length: blancos }, (_, lugar) =>
        COLUMNAS_PRODUCTOS[lugar + 4] === 'decision' ? 'Sin contar' : '',
      ),
    ]),
  ];
}

export const COLUMNAS_INTENTOS = [
  'folio',
  'codigo',
  'nombre',
  'intento',
  'vale',
  'persona',
  'unidades',
  'contado_del_intento',
  'diferencia_del_intento',
  'contado_en',
] as const;

/** One row per product, attempt and person. */
export function filasIntentos(acta: Acta): string[][] {
  return acta.productos.flatMap((p) =>
    p.intentos.flatMap((i) =>
      i.contadores.map((c) => [
        acta.conteo.folio ?? '',
        p.codigo,
        p.nombre,
        String(i.intento),
        i.intento === p.intento ? 'sí' : 'no',
        c.nombre,
        c.unidades,
        i.contado,
        i.variacion ?? '',
        fechaHoja(i.instante, acta.conteo.zonaHoraria),
      ]),
    ),
  );
}

export const COLUMNAS_LINEAS = [...COLUMNAS_HUELLA, 'codigo', 'producto', 'ubicacion', 'persona'] as const;

/** The records of the huella, whose columns come first, and the names of what their ids stand for. */
export function filasLineas(acta: Acta): string[][] {
  return acta.lineas.map((l) => [
    ...COLUMNAS_HUELLA.map((columna) => l.huella[columna]),
    l.codigo,
    l.nombre,
    l.ubicacion,
    l.persona,
  ]);
}

export function csvDelActa(acta: Acta, tabla: TablaCsv): string {
  switch (tabla) {
    case 'productos':
      return aCsv([COLUMNAS_PRODUCTOS, ...filasProductos(acta)]);
    case 'intentos':
      return aCsv([COLUMNAS_INTENTOS, ...filasIntentos(acta)]);
    case 'lineas':
      return aCsv([COLUMNAS_LINEAS, ...filasLineas(acta)]);
  }
}
