import type * as z from 'zod/mini';
import type * as contrato from '#shared/contracts/estadisticas.ts';
import type { MedidaArchivo } from '#shared/contracts/estadisticas.ts';

/** How a spreadsheet shows a column; a text is never a formula. */
export type Formato = 'texto' | 'cantidad' | 'pesos' | 'costo' | 'porcentaje' | 'numero' | 'fecha';
export interface Columna<Fila> {
  readonly titulo: string;
  readonly ancho: number;
  readonly formato: Formato;
  /** Decimal text, or a text; null: an empty cell. */
  readonly de: (fila: Fila) => string | null;
}

type De<T extends z.ZodMiniType> = z.infer<T>;
type Respuestas = {
  productos: De<typeof contrato.EstadisticaProductos>;
  grupos: De<typeof contrato.EstadisticaGrupos>;
  valor: De<typeof contrato.MedidaValor>;
  cobertura: De<typeof contrato.MedidaCobertura>;
  abc: De<typeof contrato.MedidaAbc>;
  sinVenta: De<typeof contrato.MedidaSinVenta>;
  sinConteo: De<typeof contrato.MedidaSinConteo>;
  merma: De<typeof contrato.MedidaMerma>;
  exactitud: De<typeof contrato.MedidaExactitud>;
  recuentos: De<typeof contrato.MedidaRecuentos>;
};
type FilaDe<M extends MedidaArchivo> = Respuestas[M]['filas'][number];

const col = <Fila>(
  titulo: string,
  ancho: number,
  formato: Formato,
  de: (fila: Fila) => string | null,
): Columna<Fila> => ({ titulo, ancho, formato, de });

type Cifras = FilaDe<'grupos'>;
const CIFRAS: readonly Columna<Omit<Cifras, 'clave' | 'nombre'>>[] = [
  col('Movimientos', 13, 'numero', (f) => String(f.movimientos)),
  col('Unidades', 13, 'cantidad', (f) => f.unidades),
  col('Importe', 16, 'pesos', (f) => f.importe),
  col('Sin IVA', 16, 'pesos', (f) => f.neto),
  col('Costo', 16, 'pesos', (f) => f.costo),
  col('Margen', 16, 'pesos', (f) => f.margen),
  col('Margen %', 11, 'porcentaje', (f) => f.margenPct),
  col('Unidades sin costo', 18, 'cantidad', (f) => f.sinCosto),
];
const PRODUCTO: readonly Columna<{
  codigo: string;
  nombre: string;
  categoria: string | null;
  unidad: string;
}>[] = [
  col('Código', 18, 'texto', (f) => f.codigo),
  col('Producto', 44, 'texto', (f) => f.nombre),
  col('Categoría', 22, 'texto', (f) => f.categoria),
  col('Unidad', 9, 'texto', (f) => f.unidad),
];
const MEDIDA: readonly Columna<contrato.FilaMedida>[] = [
  ...PRODUCTO,
  col('Almacén', 24, 'texto', (f) => f.almacen),
  col('Existencia', 13, 'cantidad', (f) => f.existencia),
  col('Costo unitario', 15, 'costo', (f) => f.costo),
  col('Valor', 16, 'pesos', (f) => f.valor),
  col('Venta diaria', 13, 'cantidad', (f) => f.ventaDiaria),
  col('Días de cobertura', 17, 'numero', (f) => f.cobertura),
  col('Venta de un año, sin IVA', 22, 'pesos', (f) => f.ventaNeta),
  col('Clase', 8, 'texto', (f) => f.claseAbc),
  col('Fijada a mano', 14, 'texto', (f) => (f.claseFijada ? 'sí' : null)),
  col('ABC por venta', 14, 'texto', (f) => f.abcVentas),
  col('ABC por existencia', 18, 'texto', (f) => f.abcExistencia),
  col('XYZ', 6, 'texto', (f) => f.xyz),
  col('Variación semanal', 17, 'numero', (f) => f.variabilidad),
  col('Última venta', 13, 'fecha', (f) => f.ultimaVenta),
  col('Último conteo', 13, 'fecha', (f) => f.ultimoConteo?.slice(0, 10) ?? null),
  col('Días sin contarse', 17, 'numero', (f) => (f.diasSinConteo === null ? null : String(f.diasSinConteo))),
];
const NOMBRE = <F extends { nombre: string }>(titulo: string): Columna<F> =>
  col(titulo, 40, 'texto', (f: F) => f.nombre);

const COLUMNAS: { [M in MedidaArchivo]: readonly Columna<FilaDe<M>>[] } = {
  productos: [
    ...PRODUCTO,
    col('Precio', 13, 'pesos', (f) => f.precio),
    ...CIFRAS,
    col('Unidades por movimiento', 22, 'cantidad', (f) => f.promedio),
    col('Tiendas', 9, 'numero', (f) => String(f.tiendas)),
    col('Primer movimiento', 17, 'fecha', (f) => f.primera),
    col('Último movimiento', 17, 'fecha', (f) => f.ultima),
  ],
  grupos: [NOMBRE('Grupo'), ...CIFRAS],
  valor: MEDIDA,
  cobertura: MEDIDA,
  abc: MEDIDA,
  sinVenta: MEDIDA,
  sinConteo: MEDIDA,
  merma: [
    NOMBRE('Grupo'),
    col('Movimientos', 13, 'numero', (f) => String(f.movimientos)),
    col('Faltante', 16, 'pesos', (f) => f.faltante),
    col('Sobrante', 16, 'pesos', (f) => f.sobrante),
    col('Neto', 16, 'pesos', (f) => f.neto),
    col('Bruto', 16, 'pesos', (f) => f.bruto),
    col('Sin costo', 11, 'numero', (f) => String(f.sinCosto)),
  ],
  exactitud: [
    NOMBRE('Grupo'),
    col('Productos contados', 18, 'numero', (f) => String(f.productos)),
    col('Coincidieron', 13, 'numero', (f) => String(f.exactos)),
    col('Exactitud %', 13, 'porcentaje', (f) => f.lineasPct),
    col('Valor esperado', 16, 'pesos', (f) => f.esperado),
    col('Diferencia, sin signo', 20, 'pesos', (f) => f.diferencia),
    col('Exactitud en pesos %', 20, 'porcentaje', (f) => f.valorPct),
  ],
  recuentos: [
    NOMBRE('Grupo'),
    col('Recuentos', 12, 'numero', (f) => String(f.recontados)),
    col('Coincidieron', 13, 'numero', (f) => String(f.coinciden)),
    col('Coinciden %', 12, 'porcentaje', (f) => f.coincidenPct),
    col('Líneas', 10, 'numero', (f) => String(f.lineas)),
    col('Horas contando', 15, 'numero', (f) => f.horas),
    col('Líneas por hora', 15, 'numero', (f) => (f.lineasPorHora === null ? null : String(f.lineasPorHora))),
  ],
};

export function columnasDe<M extends MedidaArchivo>(medida: M): readonly Columna<FilaDe<M>>[] {
  return COLUMNAS[medida];
}

export const TITULO: Record<MedidaArchivo, string> = {
  productos: 'Por producto',
  grupos: 'Por grupo',
  valor: 'Valor de existencia',
  cobertura: 'Días de cobertura',
  abc: 'Clases ABC y XYZ',
  sinVenta: 'Sin venta',
  sinConteo: 'Sin contarse',
  merma: 'Merma',
  exactitud: 'Exactitud',
  recuentos: 'Recuentos y ritmo',
};
