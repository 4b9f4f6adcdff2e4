import { checkDigit, gtinKey } from '#shared/domain/codigos.ts';
import type { CatalogoImportacion } from '#shared/domain/importar/catalogo.ts';

export function uuid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

export function ean(doce: string): string {
  return doce + checkDigit(doce);
}

/** Its product; a box of 12 of the oil; one UPC that begins with zero; one that only its zeros tell from another. */
export const EAN = {
  filtro: ean('750123456789'),
  bujia: ean('750123000001'),
  aceite: ean('750199000001'),
  cajaAceite: ean('750199000012'),
  limpiador: `0${'7501234567'}${checkDigit('07501234567')}`,
} as const;

const PRODUCTOS: readonly [codigo: string, nombre: string, decimales: number][] = [
  ['FIL-001', 'Filtro de aceite PH-2840', 0],
  ['000123', 'Bujía de níquel', 0],
  ['ACE5W30', 'Aceite sintético 5W-30', 0],
  ['CABLE', 'Cable calibre 12 por metro', 3],
  ['LIMPIA', 'Limpiador de frenos', 0],
  ['BAT-35', 'Batería 35', 0],
  ['BAT-35-ALT', 'Batería 35 importada', 0],
];

/** The small catalogue that every file of the nightmare set is read against. */
export const CATALOGO: CatalogoImportacion = {
  productos: {
    id: PRODUCTOS.map((_, i) => uuid(i + 1)),
    codigo: PRODUCTOS.map(([codigo]) => codigo),
    nombre: PRODUCTOS.map(([, nombre]) => nombre),
    decimales: PRODUCTOS.map(([, , decimales]) => decimales),
  },
  codigos: (() => {
    const filas: [string, number, string][] = [
      [EAN.filtro, 0, '1'],
      [EAN.bujia, 1, '1'],
      [EAN.aceite, 2, '1'],
      [EAN.cajaAceite, 2, '12'],
      [EAN.limpiador, 4, '1'],
      ['VIEJO-35', 5, '1'],
      ['VIEJO-35', 6, '1'],
    ];
    return {
      codigo: filas.map(([codigo]) => codigo),
      claveGtin: filas.map(([codigo]) => gtinKey(codigo)),
      producto: filas.map(([, producto]) => producto),
      factor: filas.map(([, , factor]) => factor),
    };
  })(),
  almacenes: [
    ['CDMX-01', 'Centro Histórico'],
    ['GDL-01', 'Guadalajara Chapultepec'],
    ['MTY-01', 'Monterrey Cumbres'],
  ].map(([codigo, nombre], i) => ({
    id: uuid(101 + i),
    codigo: `${codigo}-GRAL`,
    nombre: 'General',
    tienda: { id: uuid(201 + i), codigo: codigo!, nombre: nombre! },
    esGeneral: true,
  })),
  categorias: [],
};
export const [CDMX, GDL, MTY] = [uuid(101), uuid(102), uuid(103)] as const;
