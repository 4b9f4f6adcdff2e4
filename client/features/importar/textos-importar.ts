import type { CampoImportacion, EstadoImportacion, TipoImportacion } from '#shared/contracts/importar.ts';
import { plural } from '#shared/formato.ts';

export const NOMBRE_TIPO: Record<TipoImportacion, string> = {
  inventario: 'Inventario',
  ventas: 'Ventas',
  compras: 'Compras',
  productos: 'Catálogo de productos',
};

const COSAS: Record<TipoImportacion, readonly [string, string]> = {
  inventario: ['existencia', 'existencias'],
  ventas: ['venta', 'ventas'],
  compras: ['compra', 'compras'],
  productos: ['producto', 'productos'],
};

/** «1,204 existencias». */
export function cosas(tipo: TipoImportacion | null, cuantas: number): string {
  const [una, varias] = tipo === null ? ['fila', 'filas'] : COSAS[tipo];
  return plural(cuantas, una!, varias!);
}

export const NOMBRE_ESTADO: Record<EstadoImportacion, string> = {
  pending: 'en fila',
  processing: 'leyéndose',
  ready: 'por aplicar',
  applying: 'aplicándose',
  completed: 'aplicado',
  failed: 'no se pudo',
  cancelled: 'cancelado',
  reverting: 'deshaciéndose',
  reverted: 'deshecho',
};

export const TONO_ESTADO: Record<EstadoImportacion, 'neutral' | 'ok' | 'warn' | 'bad' | 'info'> = {
  pending: 'info',
  processing: 'info',
  ready: 'warn',
  applying: 'info',
  completed: 'ok',
  failed: 'bad',
  cancelled: 'neutral',
  reverting: 'info',
  reverted: 'neutral',
};

export const NOMBRE_CAMPO: Record<CampoImportacion, string> = {
  codigo: 'Código',
  codigoBarras: 'Código de barras',
  nombre: 'Nombre',
  cantidad: 'Cantidad',
  costo: 'Costo unitario',
  precio: 'Precio unitario',
  importe: 'Importe',
  descuento: 'Descuento',
  impuesto: 'Impuesto',
  fecha: 'Fecha',
  hora: 'Hora',
  fechaDesde: 'Desde (periodo)',
  fechaHasta: 'Hasta (periodo)',
  folio: 'Folio',
  partida: 'Partida',
  tienda: 'Tienda',
  almacen: 'Almacén',
  ubicacion: 'Ubicación',
  categoria: 'Categoría',
  marca: 'Marca',
  unidad: 'Unidad',
  factor: 'Factor (piezas por empaque)',
  ivaTasa: 'Tasa de IVA',
  claveProdServ: 'Clave SAT del producto',
  claveUnidad: 'Clave SAT de unidad',
  proveedor: 'Proveedor',
  devolucion: 'Devolución',
  activo: 'Activo',
};

/** Names of what a changed row says before and after. */
export const NOMBRE_CAMBIO: Readonly<Record<string, string>> = {
  cantidad: 'cantidad',
  precio: 'precio',
  costo_unitario: 'costo',
  costo: 'costo',
  total: 'importe',
  tipo: 'movimiento',
  producto: 'producto',
  hora: 'hora',
  fecha: 'fecha',
  nombre: 'nombre',
  categoria: 'categoría',
  marca: 'marca',
  unidad: 'unidad',
  ivaTasa: 'IVA',
  claveProdServ: 'clave SAT',
  claveUnidad: 'clave SAT de unidad',
  activo: 'activo',
};

const ETAPA = {
  en_fila: 'En fila para leerse',
  leyendo: 'Leyendo el archivo',
  comparando: 'Comparando con lo que hay',
  aplicando: 'Aplicando',
  deshaciendo: 'Deshaciendo',
} as const;

export function etapaDicha(etapa: keyof typeof ETAPA): string {
  return ETAPA[etapa];
}

/** «3,400 de 12,000 filas · faltan 8 s». */
export function avanceDicho(hechas: number, total: number | null, restan: number | null): string {
  const filas =
    total === null
      ? plural(hechas, 'fila', 'filas')
      : `${hechas.toLocaleString('es-MX')} de ${plural(total, 'fila', 'filas')}`;
  if (restan === null) return filas;
  return restan < 90 ? `${filas} · faltan ${restan} s` : `${filas} · faltan ${Math.ceil(restan / 60)} min`;
}

export function tamanoDicho(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** What was done with a file, for the history. */
export function hechoDicho(u: {
  status: EstadoImportacion;
  file_type: TipoImportacion | null;
  records_processed: number;
  ensayo: { nuevos: number; cambiados: number } | null;
  error: { user_message: string } | null;
}): string {
  switch (u.status) {
    case 'completed':
      return `Se aplicaron ${cosas(u.file_type, u.records_processed)}`;
    case 'reverted':
      return `Se deshicieron ${cosas(u.file_type, u.records_processed)}`;
    case 'ready': {
      const n = (u.ensayo?.nuevos ?? 0) + (u.ensayo?.cambiados ?? 0);
      return n === 0 ? 'No cambia nada' : `Cambiaría ${cosas(u.file_type, n)}`;
    }
    case 'failed':
      return u.error?.user_message ?? 'No se pudo leer';
    default:
      return '';
  }
}
