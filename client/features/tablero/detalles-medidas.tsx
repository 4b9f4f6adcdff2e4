import type { ReactNode } from 'react';
import { api } from '#client/app/trpc.ts';
import type { FilaMedida } from '#shared/contracts/estadisticas.ts';
import { CANTIDAD_ESCALA, formatDecimal, toDecimal } from '#shared/domain/decimal.ts';
import { plural } from '#shared/formato.ts';
import {
  columna,
  type Detalle,
  dinero,
  type FilaDicha,
  natural,
  numero,
  PRODUCTO,
  unidades,
} from './detalle.ts';
import { EnlaceProducto } from './enlace-producto.tsx';
import { pideAbc, pideCobertura, pideSinConteo, pideSinVenta } from './pide-medidas.ts';

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

/** Rows of one product in one almacén, as the statistics measure them. */
export const DETALLES_MEDIDAS: Readonly<Record<string, Detalle>> = {
  sin_conteo: {
    titulo: 'Sin contarse',
    filtros: ['dias'],
    columnas: [
      ...MEDIDA.slice(0, 1),
      numero('hace', 'Sin contarse', 'hero'),
      ...MEDIDA.slice(1),
      columna('clase', 'Clase'),
    ],
    archivo: { medida: 'sinConteo', pide: pideSinConteo },
    async lee(b, donde, limite) {
      const { frase, total, filas } = await api.estadisticas.sinConteo.query({
        ...pideSinConteo(b, donde),
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
    titulo: 'Clases ABC',
    filtros: ['clase'],
    columnas: [
      ...MEDIDA.slice(0, 1),
      numero('venta', 'Venta de un año', 'hero'),
      columna('clase', 'Clase'),
      columna('xyz', 'Variación'),
      ...MEDIDA.slice(1),
    ],
    archivo: { medida: 'abc', pide: pideAbc },
    async lee(b, donde, limite) {
      const { frase, matriz, filas } = await api.estadisticas.abc.query({ ...pideAbc(b, donde), limite });
      return {
        frase,
        total: matriz
          .filter((parte) => b.clase === '' || parte.clase === b.clase)
          .reduce((n, { productos }) => n + productos, 0),
        filas: filas.map((f) =>
          filaDeMedida(f, { venta: dinero(f.ventaNeta), clase: f.abcVentas ?? '—', xyz: f.xyz ?? '—' }),
        ),
      };
    },
  },
  cobertura: {
    titulo: 'Cobertura',
    filtros: ['dias'],
    columnas: [
      ...MEDIDA.slice(0, 1),
      numero('alcanza', 'Alcanza', 'hero'),
      ...MEDIDA.slice(1),
      numero('ritmo', 'Venta al día'),
    ],
    archivo: { medida: 'cobertura', pide: pideCobertura },
    async lee(b, donde, limite) {
      const { frase, filas, siguiente } = await api.estadisticas.cobertura.query({
        ...pideCobertura(b, donde),
        limite,
      });
      return {
        frase,
        total: siguiente === null ? filas.length : null,
        filas: filas.map((f) =>
          filaDeMedida(f, {
            alcanza: alcance(f),
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
    archivo: { medida: 'sinVenta', pide: pideSinVenta },
    async lee(b, donde, limite) {
      const { frase, total, filas } = await api.estadisticas.sinVenta.query({
        ...pideSinVenta(b, donde),
        limite,
      });
      return {
        frase,
        total: total.productos,
        filas: filas.map((f) => filaDeMedida(f, { hace: dias(f.diasSinVenta, 'nunca se vendió') })),
      };
    },
  },
};

/** What sells and is not there lasts no days: it is out. */
function alcance({ existencia, cobertura }: FilaMedida): string {
  if (toDecimal(existencia, CANTIDAD_ESCALA) <= 0n) return 'agotado';
  if (cobertura === null) return 'no se vende';
  const dias = toDecimal(cobertura, 1);
  return `${formatDecimal(dias, 1)} ${dias === 10n ? 'día' : 'días'}`;
}
