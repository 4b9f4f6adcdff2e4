import { api } from '#client/app/trpc.ts';
import type { BajoMinimo, Resultados } from '#shared/contracts/tablero.ts';
import { CANTIDAD_ESCALA, DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { cantidadVista, cuenta, diaVisto, pesos, plural, porcentaje } from '#shared/formato.ts';
import {
  columna,
  conSigno,
  type Detalle,
  dinero,
  type FilaDicha,
  natural,
  numero,
  PRODUCTO,
  rango,
} from './detalle.ts';
import { DETALLES_MEDIDAS } from './detalles-medidas.tsx';
import { filtroDonde } from './donde.ts';
import { EnlaceProducto } from './enlace-producto.tsx';
import { pideMerma, pideProductos } from './pide-medidas.ts';

/** The rows behind each figure of the dashboard, by the name that the URL gives them. */
export const DETALLES: Readonly<Record<string, Detalle>> = {
  ventas: {
    titulo: 'Lo vendido',
    filtros: ['desde'],
    columnas: [
      PRODUCTO,
      numero('neto', 'Venta sin IVA', 'hero'),
      numero('unidades', 'Unidades'),
      numero('margen', 'Margen'),
      numero('parte', 'Margen %'),
    ],
    archivo: { medida: 'productos', pide: pideProductos },
    async lee(b, donde, limite) {
      const { frase, total, filas } = await api.estadisticas.productos.query({
        ...pideProductos(b, donde),
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
    titulo: 'Lo contado',
    filtros: ['desde'],
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
    titulo: 'Merma',
    filtros: ['desde'],
    columnas: [
      PRODUCTO,
      numero('neto', 'Neto', 'hero'),
      numero('faltante', 'Faltante'),
      numero('sobrante', 'Sobrante'),
      numero('movimientos', 'Movimientos'),
    ],
    archivo: { medida: 'merma', pide: pideMerma },
    async lee(b, donde, limite) {
      const { frase, filas, siguiente } = await api.estadisticas.merma.query({
        ...pideMerma(b, donde),
        limite,
      });
      return {
        frase,
        total: siguiente === null ? filas.length : null,
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
  ...DETALLES_MEDIDAS,
  minimos: {
    titulo: 'Bajo su mínimo',
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
        total: filas.length < limite ? filas.length : null,
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
