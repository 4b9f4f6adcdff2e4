import type { Campo } from './campo.ts';
import { fraseRfc } from './rfc.ts';

export const CAMPOS_PROVEEDOR: readonly Campo[] = [
  { campo: 'codigo', columna: 'codigo', nombre: 'Código', tipo: 'texto', maximo: 50, requerido: true },
  { campo: 'nombre', columna: 'nombre', nombre: 'Nombre', tipo: 'texto', maximo: 255, requerido: true },
  { campo: 'rfc', columna: 'rfc', nombre: 'RFC', tipo: 'texto', maximo: 13, revisa: fraseRfc },
  {
    campo: 'telefono',
    columna: 'telefono',
    nombre: 'Teléfono',
    tipo: 'texto',
    maximo: 50,
    revisa: (texto) =>
      texto.replace(/\D/g, '').length < 7 ? 'tiene menos de 7 dígitos; escríbelo con lada' : null,
  },
  {
    campo: 'correo',
    columna: 'correo',
    nombre: 'Correo',
    tipo: 'texto',
    maximo: 255,
    revisa: (texto) => (/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(texto) ? null : 'no parece un correo'),
  },
  {
    campo: 'diasEntrega',
    columna: 'dias_entrega',
    nombre: 'Días de entrega',
    tipo: 'entero',
    maximo: 365,
  },
  { campo: 'notas', columna: 'notas', nombre: 'Notas', tipo: 'area', maximo: 2_000 },
];
