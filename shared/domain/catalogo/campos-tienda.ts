import type { Campo } from './campo.ts';

/** IANA zones of Mexico: who lives by which hour. Border towns keep summer time; Sonora and Quintana Roo never had it. */
export const ZONAS_MEXICO = [
  { value: 'America/Mexico_City', label: 'Centro (CDMX, Guadalajara)' },
  { value: 'America/Monterrey', label: 'Noreste (Monterrey)' },
  { value: 'America/Merida', label: 'Yucatán y Campeche' },
  { value: 'America/Cancun', label: 'Quintana Roo' },
  { value: 'America/Chihuahua', label: 'Chihuahua' },
  { value: 'America/Ciudad_Juarez', label: 'Ciudad Juárez' },
  { value: 'America/Ojinaga', label: 'Ojinaga' },
  { value: 'America/Matamoros', label: 'Frontera noreste (Reynosa, Nuevo Laredo)' },
  { value: 'America/Mazatlan', label: 'Pacífico (Mazatlán, La Paz)' },
  { value: 'America/Bahia_Banderas', label: 'Bahía de Banderas' },
  { value: 'America/Hermosillo', label: 'Sonora' },
  { value: 'America/Tijuana', label: 'Baja California (Tijuana)' },
] as const;

export const TIPOS_ALMACEN = [
  { value: 'general', label: 'General' },
  { value: 'mostrador', label: 'Mostrador' },
  { value: 'merma', label: 'Merma' },
  { value: 'garantias', label: 'Garantías' },
  { value: 'transito', label: 'En tránsito' },
  { value: 'ajeno', label: 'Ajeno (consignación)' },
] as const;

const codigo: Campo = {
  campo: 'codigo',
  columna: 'codigo',
  nombre: 'Código',
  tipo: 'texto',
  maximo: 50,
  requerido: true,
};
const nombre: Campo = {
  campo: 'nombre',
  columna: 'nombre',
  nombre: 'Nombre',
  tipo: 'texto',
  maximo: 255,
  requerido: true,
};

export const CAMPOS_TIENDA: readonly Campo[] = [
  codigo,
  nombre,
  { campo: 'direccion', columna: 'direccion', nombre: 'Dirección', tipo: 'texto', maximo: 500 },
  { campo: 'ciudad', columna: 'ciudad', nombre: 'Ciudad', tipo: 'texto', maximo: 100 },
  { campo: 'estado', columna: 'estado', nombre: 'Estado', tipo: 'texto', maximo: 100 },
  {
    campo: 'codigoPostal',
    columna: 'codigo_postal',
    nombre: 'Código postal',
    tipo: 'texto',
    maximo: 10,
    revisa: (texto) => (/^\d{5}$/.test(texto) ? null : 'son 5 dígitos'),
  },
  { campo: 'telefono', columna: 'telefono', nombre: 'Teléfono', tipo: 'texto', maximo: 50 },
  { campo: 'email', columna: 'email', nombre: 'Correo', tipo: 'texto', maximo: 255 },
  { campo: 'gerente', columna: 'gerente', nombre: 'Quién la atiende', tipo: 'texto', maximo: 255 },
  {
    campo: 'zonaHoraria',
    columna: 'zona_horaria',
    nombre: 'Zona horaria',
    tipo: 'opcion',
    opciones: ZONAS_MEXICO,
    requerido: true,
  },
];

/** Its shop never changes: the movements of an almacén are of one shop for ever. */
export const CAMPOS_ALMACEN: readonly Campo[] = [
  codigo,
  nombre,
  {
    campo: 'tipo',
    columna: 'tipo',
    nombre: 'Tipo',
    tipo: 'opcion',
    opciones: TIPOS_ALMACEN,
    requerido: true,
  },
];

export const CAMPOS_UBICACION: readonly Campo[] = [
  codigo,
  { campo: 'zona', columna: 'zona', nombre: 'Zona', tipo: 'texto', maximo: 50 },
  { campo: 'nombre', columna: 'nombre', nombre: 'Nombre', tipo: 'texto', maximo: 255 },
];
