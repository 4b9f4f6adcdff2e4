import type { Campo } from './campo.ts';

export const IVA_TASAS = [
  { value: '16', label: '16 %' },
  { value: '8', label: '8 % (frontera)' },
  { value: '0', label: '0 %' },
  { value: 'exento', label: 'Exento' },
] as const;

const DECIMALES = [
  { value: '0', label: 'Enteros (piezas)' },
  { value: '1', label: '1 decimal' },
  { value: '2', label: '2 decimales' },
  { value: '3', label: '3 decimales (kg, m, l)' },
] as const;

/** «30 x 20 x 10»: length, width and height in centimetres. */
function medidas(texto: string): string | null {
  return /^\d{1,6}(\.\d{1,2})?(\s*[x×]\s*\d{1,6}(\.\d{1,2})?){2}$/i.test(texto)
    ? null
    : 'se escriben largo x ancho x alto en cm, por ejemplo 30 x 20 x 10';
}

/** Every field of a product that a person may change. Codes, bins, photo and suppliers are rows of their own. */
export const CAMPOS_PRODUCTO: readonly Campo[] = [
  { campo: 'codigo', columna: 'codigo', nombre: 'Código', tipo: 'texto', maximo: 100, requerido: true },
  { campo: 'nombre', columna: 'nombre', nombre: 'Nombre', tipo: 'texto', maximo: 500, requerido: true },
  { campo: 'descripcion', columna: 'descripcion', nombre: 'Descripción', tipo: 'area', maximo: 5_000 },
  { campo: 'categoriaId', columna: 'categoria_id', nombre: 'Categoría', tipo: 'id', enBloque: true },
  { campo: 'marca', columna: 'marca', nombre: 'Marca', tipo: 'texto', maximo: 255, enBloque: true },
  { campo: 'modelo', columna: 'modelo', nombre: 'Modelo', tipo: 'texto', maximo: 255, enBloque: true },
  {
    campo: 'unidad',
    columna: 'unidad',
    nombre: 'Unidad',
    tipo: 'texto',
    maximo: 50,
    requerido: true,
    enBloque: true,
  },
  {
    campo: 'decimales',
    columna: 'decimales',
    nombre: 'Se cuenta en',
    tipo: 'opcion',
    opciones: DECIMALES,
    requerido: true,
    enBloque: true,
  },
  { campo: 'precio', columna: 'precio', nombre: 'Precio', tipo: 'dinero', requerido: true, enBloque: true },
  {
    campo: 'precioMayoreo',
    columna: 'precio_mayoreo',
    nombre: 'Precio de mayoreo',
    tipo: 'dinero',
    enBloque: true,
  },
  { campo: 'costo', columna: 'costo', nombre: 'Costo', tipo: 'costo', enBloque: true },
  {
    campo: 'precioConIva',
    columna: 'precio_con_iva',
    nombre: 'El precio ya trae IVA',
    tipo: 'si_no',
    enBloque: true,
  },
  {
    campo: 'ivaTasa',
    columna: 'iva_tasa',
    nombre: 'IVA',
    tipo: 'opcion',
    opciones: IVA_TASAS,
    requerido: true,
    enBloque: true,
  },
  {
    campo: 'claveProdServ',
    columna: 'clave_prod_serv',
    nombre: 'Clave SAT del producto',
    tipo: 'texto',
    maximo: 8,
    enBloque: true,
    revisa: (texto) => (/^\d{8}$/.test(texto) ? null : 'son 8 dígitos, como 25171700'),
  },
  {
    campo: 'claveUnidad',
    columna: 'clave_unidad',
    nombre: 'Clave SAT de la unidad',
    tipo: 'texto',
    maximo: 3,
    enBloque: true,
    revisa: (texto) =>
      /^[A-Z0-9]{2,3}$/.test(texto) ? null : 'son 2 o 3 letras o dígitos en mayúsculas, como H87',
  },
  { campo: 'sku', columna: 'sku', nombre: 'SKU', tipo: 'texto', maximo: 100 },
  { campo: 'upc', columna: 'upc', nombre: 'UPC', tipo: 'texto', maximo: 50 },
  { campo: 'peso', columna: 'peso', nombre: 'Peso (kg)', tipo: 'cantidad' },
  {
    campo: 'dimensiones',
    columna: 'dimensiones',
    nombre: 'Medidas (cm)',
    tipo: 'json',
    revisa: medidas,
  },
  { campo: 'pideLote', columna: 'pide_lote', nombre: 'Pide lote', tipo: 'si_no', enBloque: true },
  {
    campo: 'pideCaducidad',
    columna: 'pide_caducidad',
    nombre: 'Pide caducidad',
    tipo: 'si_no',
    enBloque: true,
  },
  { campo: 'esServicio', columna: 'es_servicio', nombre: 'Es un servicio', tipo: 'si_no', enBloque: true },
  { campo: 'esJuego', columna: 'es_juego', nombre: 'Es un juego de partes', tipo: 'si_no' },
];

/** Fields that a phone may change without signal. */
export const CAMPOS_SIN_SENAL = ['nombre', 'precio', 'unidad', 'categoriaId'] as const;

export const CAMPO_PRODUCTO: ReadonlyMap<string, Campo> = new Map(CAMPOS_PRODUCTO.map((c) => [c.campo, c]));

/** `{largo, ancho, alto}` in cm as they are kept, of what `medidas` accepted. */
export function medidasDe(texto: string): { largo: string; ancho: string; alto: string } {
  const [largo = '0', ancho = '0', alto = '0'] = texto.split(/\s*[x×]\s*/i);
  return { largo, ancho, alto };
}
