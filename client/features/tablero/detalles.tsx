import type { ReactNode } from 'react';
import { api } from '#client/app/trpc.ts';
import type { TableColumn } from '#client/ui/data-table.tsx';
import type { FilaMedida } from '#shared/contracts/estadisticas.ts';
import type { BajoMinimo, Resultados } from '#shared/contracts/tablero.ts';
import { CANTIDAD_ESCALA, DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import {
  cantidadNatural,
  cantidadVista,
  cuenta,
  diaVisto,
  pesos,
  plural,
  porcentaje,
} from '#shared/formato.ts';
import { type Donde, filtroDonde } from './donde.ts';
import { EnlaceProducto } from './enlace-producto.tsx';
import type { Busqueda } from './use-busqueda.ts';

/** Filters that a list of rows understands, besides the shop. */
export type Filtro = 'dias' | 'desde' | 'hasta' | 'clase';

export interface Pagina {
  frase: string;
  total: number;
  /** Rows of one kind, already drawn as cells. */
  filas: readonly FilaDicha[];
}
export interface FilaDicha {
  clave: string;
  celdas: Readonly<Record<string, ReactNode>>;
  tono?: 'warn' | undefined;
}
export interface Detalle {
  titulo: string;
  filtros: readonly Filtro[];
  columnas: readonly TableColumn<FilaDicha>[];
  lee: (b: Busqueda, donde: Donde, limite: number) => Promise<Pagina>;
}

const dinero = (texto: string | null) =>
  texto === null ? 'sin costo' : pesos(toDecimal(texto, DINERO_ESCALA), { centavos: true });
const conSigno = (texto: string | null) =>
  texto === null ? 'sin costo' : pesos(toDecimal(texto, DINERO_ESCALA), { centavos: true, signo: true });
const unidades = (texto: string) => cantidadVista(toDecimal(texto, CANTIDAD_ESCALA));
const natural = (texto: string, unidad: string) => cantidadNatural(toDecimal(texto, CANTIDAD_ESCALA), unidad);

function columna(
  key: string,
  header: string,
  opciones: Partial<TableColumn<FilaDicha>> = {},
): TableColumn<FilaDicha> {
  return { key, header, cell: ({ celdas }) => celdas[key], ...opciones };
}
const PRODUCTO = columna('producto', 'Producto', { card: 'title' });
const numero = (key: string, header: string, card: 'hero' | 'line' = 'line') =>
  columna(key, header, { align: 'end', card });

const rango = ({ desde, hasta }: Busqueda) => ({ desde: desde || null, hasta: hasta || null });

const MEDIDA = [
  PRODUCTO,
  columna('almacen', 'Almacén'),
  numero('existencia', 'Existencia'),
  numero('valor', 'Valor'),
];

function filaDeMedida(fila: FilaMedida, extra: Record<string, ReactNode>): FilaDicha {
  return {
    clave: `${fila.productoId}${fila.almacenId}`,
    celdas: {
      producto: <EnlaceProducto id={fila.productoId} codigo={fila.codigo} nombre={fila.nombre} />,
      almacen: fila.almacen,
      existencia: natural(fila.existencia, fila.unidad),
      valor: dinero(fila.valor),
      ...extra,
    },
  };
}
const dias = (n: number | null, nunca: string) => (n === null ? nunca : plural(n, 'día', 'días'));

/** The rows behind each figure of the dashboard, by the name that the URL gives them. */
export const DETALLES: Readonly<Record<string, Detalle>> = {
  ventas: {
    titulo: 'Lo vendido',
    filtros: ['desde', 'hasta'],
    columnas: [
      PRODUCTO,
      numero('neto', 'Venta sin IVA', 'hero'),
      numero('unidades', 'Unidades'),
      numero('margen', 'Margen'),
      numero('parte', 'Margen %'),
    ],
    async lee(b, donde, limite) {
      const { frase, total, filas } = await api.estadisticas.productos.query({
        ...filtroDonde(donde),
        ...rango(b),
        tipo: 'venta',
        orden: 'neto',
        dir: 'desc',
        cursor: null,
        limite,
      });
      return {
        frase,
        total: total.productos,
        filas: filas.map((f) => ({
          clave: f.productoId,
          celdas: {
            producto: <EnlaceProducto id={f.productoId} codigo={f.codigo} nombre={f.nombre} />,
            neto: dinero(f.neto),
            unidades: natural(f.unidades, f.unidad),
            margen: dinero(f.margen),
            parte: f.margenPct === null ? '—' : porcentaje(toDecimal(f.margenPct, 2)),
          },
        })),
      };
    },
  },
  resultados: {
    titulo: 'Lo contado y aprobado',
    filtros: ['desde', 'hasta'],
    columnas: [
      PRODUCTO,
      numero('valor', 'Diferencia', 'hero'),
      columna('conteo', 'Conteo'),
      columna('donde', 'Zona'),
      columna('fecha', 'Día'),
      numero('contado', 'Contado'),
      numero('teorico', 'Teórico'),
      numero('variacion', 'Variación'),
    ],
    async lee(b, donde, limite) {
      const { total, filas } = await api.tablero.resultados.query({
        ...filtroDonde(donde),
        ...rango(b),
        zona: b.zona ?? null,
        limite,
      });
      return {
        frase: fraseResultados(total, b.zona),
        total: total.productos,
        filas: filas.map(filaDeResultado),
      };
    },
  },
  merma: {
    titulo: 'Merma por producto',
    filtros: ['desde', 'hasta'],
    columnas: [
      PRODUCTO,
      numero('neto', 'Neto', 'hero'),
      numero('faltante', 'Faltante'),
      numero('sobrante', 'Sobrante'),
      numero('movimientos', 'Movimientos'),
    ],
    async lee(b, donde, limite) {
      const { frase, filas, siguiente } = await api.estadisticas.merma.query({
        ...filtroDonde(donde),
        ...rango(b),
        por: 'producto',
        cursor: null,
        limite,
      });
      return {
        frase,
        total: siguiente === null ? filas.length : filas.length + 1,
        filas: filas.map((f) => ({
          clave: f.clave,
          celdas: {
            producto: <EnlaceProducto id={f.clave} nombre={f.nombre} />,
            neto: conSigno(f.neto),
            faltante: dinero(f.faltante),
            sobrante: dinero(f.sobrante),
            movimientos: cuenta(f.movimientos),
          },
        })),
      };
    },
  },
  sin_conteo: {
    titulo: 'Días desde el último conteo',
    filtros: ['dias'],
    columnas: [
      ...MEDIDA.slice(0, 1),
      numero('hace', 'Sin contarse', 'hero'),
      ...MEDIDA.slice(1),
      columna('clase', 'Clase'),
    ],
    async lee(b, donde, limite) {
      const { frase, total, filas } = await api.estadisticas.sinConteo.query({
        ...filtroDonde(donde),
        dias: Number(b.dias || '0'),
        orden: 'diasSinConteo',
        dir: 'desc',
        cursor: null,
        limite,
      });
      return {
        frase,
        total: total.productos,
        filas: filas.map((f) =>
          filaDeMedida(f, { hace: dias(f.diasSinConteo, 'nunca'), clase: f.claseAbc ?? '—' }),
        ),
      };
    },
  },
  abc: {
    titulo: 'Clases de la venta',
    filtros: ['clase'],
    columnas: [
      ...MEDIDA.slice(0, 1),
      numero('venta', 'Venta de un año', 'hero'),
      columna('clase', 'Clase'),
      columna('xyz', 'Variación'),
      ...MEDIDA.slice(1),
    ],
    async lee(b, donde, limite) {
      const { frase, total, filas } = await api.estadisticas.abc.query({
        ...filtroDonde(donde),
        por: 'ventas',
        clase: b.clase === '' ? null : (b.clase as 'A' | 'B' | 'C'),
        xyz: null,
        orden: 'ventaNeta',
        dir: 'desc',
        cursor: null,
        limite,
      });
      return {
        frase,
        total: total.productos,
        filas: filas.map((f) =>
          filaDeMedida(f, { venta: dinero(f.ventaNeta), clase: f.abcVentas ?? '—', xyz: f.xyz ?? '—' }),
        ),
      };
    },
  },
  cobertura: {
    titulo: 'Para cuánto alcanza',
    filtros: ['dias'],
    columnas: [
      ...MEDIDA.slice(0, 1),
      numero('alcanza', 'Alcanza', 'hero'),
      ...MEDIDA.slice(1),
      numero('ritmo', 'Venta al día'),
    ],
    async lee(b, donde, limite) {
      const { frase, total, filas } = await api.estadisticas.cobertura.query({
        ...filtroDonde(donde),
        hasta: b.dias === '' ? null : Number(b.dias),
        orden: 'cobertura',
        dir: b.dias === '' ? 'desc' : 'asc',
        cursor: null,
        limite,
      });
      return {
        frase,
        total: total.productos,
        filas: filas.map((f) =>
          filaDeMedida(f, {
            alcanza: f.cobertura === null ? 'no se vende' : `${f.cobertura} días`,
            ritmo: unidades(f.ventaDiaria),
          }),
        ),
      };
    },
  },
  sin_venta: {
    titulo: 'Sin venta',
    filtros: ['dias'],
    columnas: [...MEDIDA.slice(0, 1), numero('hace', 'Sin venderse', 'hero'), ...MEDIDA.slice(1)],
    async lee(b, donde, limite) {
      const { frase, total, filas } = await api.estadisticas.sinVenta.query({
        ...filtroDonde(donde),
        dias: Number(b.dias || '90'),
        orden: 'valor',
        dir: 'desc',
        cursor: null,
        limite,
      });
      return {
        frase,
        total: total.productos,
        filas: filas.map((f) => filaDeMedida(f, { hace: dias(f.diasSinVenta, 'nunca se vendió') })),
      };
    },
  },
  minimos: {
    titulo: 'Debajo de su mínimo',
    filtros: [],
    columnas: [
      PRODUCTO,
      numero('falta', 'Falta', 'hero'),
      columna('almacen', 'Almacén'),
      numero('existencia', 'Existencia'),
      numero('minimo', 'Mínimo'),
    ],
    async lee(_, donde, limite) {
      const filas = await api.tablero.minimos.query({ tiendaId: donde.tienda || null, limite });
      return {
        frase:
          filas.length === 0
            ? 'Ningún producto está debajo de su mínimo.'
            : 'Por el libro: lo que más lejos está de su mínimo va primero. Lo que falta es hasta su máximo, si tiene.',
        total: filas.length,
        filas: filas.map(filaDeMinimo),
      };
    },
  },
};

function fraseResultados(total: Resultados['total'], zona: string | undefined): string {
  const donde =
    zona === undefined
      ? ''
      : zona.endsWith('zona') || zona.endsWith('zonas')
        ? ` (${zona.toLowerCase()})`
        : ` en la zona ${zona}`;
  if (total.productos === 0) return `No se aprobó ningún producto${donde} en estos días.`;
  const diferencia = toDecimal(total.diferencia, DINERO_ESCALA);
  return `${cuenta(total.exactos)} de ${plural(total.productos, 'producto coincidió', 'productos coincidieron')} con el libro${donde}; lo demás suma ${pesos(diferencia)} de diferencia, entre faltantes y sobrantes.`;
}

function filaDeResultado(f: Resultados['filas'][number]): FilaDicha {
  const variacion = toDecimal(f.variacion, CANTIDAD_ESCALA);
  return {
    clave: `${f.conteoId}${f.productoId}`,
    celdas: {
      producto: <EnlaceProducto id={f.productoId} codigo={f.codigo} nombre={f.nombre} conteo={f.conteoId} />,
      valor: variacion === 0n ? 'coincide' : conSigno(f.valor),
      conteo: f.folio ?? '—',
      donde: f.zona,
      fecha: diaVisto(f.fecha),
      contado: natural(f.contado, f.unidad),
      teorico: natural(f.teorico, f.unidad),
      variacion: cantidadVista(variacion, { signo: true }),
    },
    tono: variacion === 0n ? undefined : 'warn',
  };
}

function filaDeMinimo(f: BajoMinimo): FilaDicha {
  return {
    clave: `${f.productoId}${f.almacen}`,
    celdas: {
      producto: <EnlaceProducto id={f.productoId} codigo={f.codigo} nombre={f.nombre} />,
      falta: natural(f.falta, f.unidad),
      almacen: f.almacen,
      existencia: natural(f.existencia, f.unidad),
      minimo: natural(f.minimo, f.unidad),
    },
  };
}
