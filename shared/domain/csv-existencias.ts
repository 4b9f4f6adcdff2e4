import type { AlmacenValuado, ExistenciasValuadas } from '../contracts/valuadas.ts';
import { horaVista, plural } from '../formato.ts';
import { type CeldaCsv, csvDe } from './csv.ts';
import { CANTIDAD_ESCALA, formatDecimal, toDecimal } from './decimal.ts';
import { fechaLocal } from './instante.ts';

const FUENTE = {
  promedio: 'promedio del almacén',
  ultimo: 'última compra',
  catalogo: 'catálogo',
  sin_costo: 'sin costo',
} as const;

const numero = (texto: string | null): CeldaCsv => (texto === null ? 'sin costo' : { numero: texto });

/** What a row says beside its figures. */
function aviso({ cantidad, tieneBase }: { cantidad: string; tieneBase: boolean }): string {
  return [
    cantidad.startsWith('-') ? 'falta registrar una entrada' : '',
    tieneBase ? '' : 'sin existencia inicial',
  ]
    .filter(Boolean)
    .join('; ');
}

const horaLocal = ({ al, zonaHoraria }: AlmacenValuado) =>
  `${fechaLocal(Date.parse(al), zonaHoraria)} ${horaVista(Date.parse(al), zonaHoraria)}`;

/** The stock of a date as a file: one row a product and almacén, then the total of each almacén. */
export function csvDeExistencias({ almacenes, filas }: ExistenciasValuadas): string {
  const porId = new Map(almacenes.map((a) => [a.id, a]));
  const cuerpo = filas.map((f): CeldaCsv[] => {
    const a = porId.get(f.almacenId);
    return [
      f.codigo,
      f.nombre,
      a?.tienda ?? '',
      a?.nombre ?? '',
      { numero: formatDecimal(toDecimal(f.cantidad, CANTIDAD_ESCALA), CANTIDAD_ESCALA) },
      f.unidad,
      numero(f.costo),
      FUENTE[f.fuente],
      numero(f.valor),
      aviso(f),
      a === undefined ? '' : horaLocal(a),
    ];
  });
  const totales = almacenes.map((a): CeldaCsv[] => {
    const { tienda, nombre, totales: t } = a;
    return [
      'TOTAL',
      plural(t.productos, 'producto', 'productos'),
      tienda,
      nombre,
      null,
      null,
      null,
      null,
      { numero: t.valor },
      t.negativos === 0
        ? ''
        : `aparte, en ${plural(t.negativos, 'producto negativo', 'productos negativos')}: ${t.valorNegativos}`,
      horaLocal(a),
    ];
  });
  return csvDe(
    [
      'Código',
      'Nombre',
      'Tienda',
      'Almacén',
      'Existencia',
      'Unidad',
      'Costo unitario',
      'De dónde sale el costo',
      'Valor',
      'Aviso',
      'A la hora de la tienda',
    ],
    [...cuerpo, ...totales],
  );
}
