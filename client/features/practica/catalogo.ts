import { CONTEO_PRACTICA, PERSONA_PRACTICA } from '#client/offline/conteo-practica.ts';
import type {
  FilaAlmacen,
  FilaCodigoBarras,
  FilaConteo,
  FilaConteoContador,
  FilaConteoProducto,
  FilaProducto,
  FilaTienda,
  FilaUbicacion,
} from '#shared/contracts/filas.ts';
import { gtinKey } from '#shared/domain/codigos.ts';

/**
 * The invented shop of practice. Its codes begin with 952, which GS1 keeps for examples: no product on any shelf has
 * one of them.
 */

const id = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

export const TIENDA: FilaTienda = {
  id: id(1),
  codigo: 'PRACTICA',
  nombre: 'Tienda de práctica',
  ciudad: null,
  zonaHoraria: 'America/Mexico_City',
  isActive: true,
};
export const ALMACEN: FilaAlmacen = {
  id: id(2),
  tiendaId: TIENDA.id,
  codigo: 'PRACTICA',
  nombre: 'Almacén de práctica',
  tipo: 'general',
  isActive: true,
};
export const UBICACIONES: readonly FilaUbicacion[] = ['A-01-1', 'A-01-2'].map((codigo, i) => ({
  id: id(3 + i),
  almacenId: ALMACEN.id,
  codigo,
  zona: 'A',
  nombre: null,
  isActive: true,
}));

function producto(n: number, nombre: string, extra: Partial<FilaProducto> = {}): FilaProducto {
  return {
    id: id(0x10 + n),
    codigo: `PR-0${n}`,
    nombre,
    categoriaId: null,
    precio: '0.00',
    unidad: 'PZA',
    decimales: 0,
    marca: null,
    modelo: null,
    sku: null,
    upc: null,
    imagenUrl: null,
    pideLote: false,
    pideCaducidad: false,
    esServicio: false,
    esJuego: false,
    partes: null,
    fusionadoEn: null,
    isActive: true,
    ...extra,
  };
}

const aceite = producto(1, 'Aceite de motor 5W-30, 1 L');
const filtro = producto(2, 'Filtro de aceite');
const bujia = producto(3, 'Bujía');
const foco = producto(4, 'Foco H4');
const focoLargo = producto(5, 'Foco H4 larga vida');
const cable = producto(6, 'Cable calibre 14', { unidad: 'M', decimales: 2 });
const llanta = producto(7, 'Llanta 185/65 R15', { pideLote: true });
const afinacion = producto(8, 'Juego de afinación', {
  unidad: 'JUEGO',
  esJuego: true,
  partes: [
    { productoId: filtro.id, cantidad: '1' },
    { productoId: bujia.id, cantidad: '4' },
  ],
});
export const PRODUCTOS: readonly FilaProducto[] = [
  aceite,
  filtro,
  bujia,
  foco,
  focoLargo,
  cable,
  llanta,
  afinacion,
];

function codigo(n: number, de: FilaProducto, ean: string, caja?: { factor: string }): FilaCodigoBarras {
  return {
    id: id(0x30 + n),
    codigo: ean,
    claveGtin: gtinKey(ean),
    productoId: de.id,
    factor: caja?.factor ?? '1',
    tipo: caja === undefined ? 'ean' : 'caja',
    nombre: caja === undefined ? null : `caja ${caja.factor}`,
    isActive: true,
  };
}

/** What the guide asks to read; each is printed as bars by `Códigos para leer`. */
export const LEER = {
  aceite: '9520000000011',
  caja: '9520000000028',
  filtro: '9520000000035',
  bujia: '9520000000042',
  /** On two products. */
  foco: '9520000000059',
  cable: '9520000000066',
  llanta: '9520000000073',
  juego: '9520000000080',
  /** On none. */
  desconocido: '9520000000097',
} as const;

export const CODIGOS: readonly FilaCodigoBarras[] = [
  codigo(1, aceite, LEER.aceite),
  codigo(2, aceite, LEER.caja, { factor: '12' }),
  codigo(3, filtro, LEER.filtro),
  codigo(4, bujia, LEER.bujia),
  codigo(5, foco, LEER.foco),
  codigo(6, focoLargo, LEER.foco),
  codigo(7, cable, LEER.cable),
  codigo(8, llanta, LEER.llanta),
  codigo(9, afinacion, LEER.juego),
];

export const CONTADOR: FilaConteoContador = {
  conteoId: CONTEO_PRACTICA,
  usuarioId: PERSONA_PRACTICA,
  nombre: 'Práctica',
};

/** Counted by its parts, the kit itself is nothing to look for. */
export const ALCANCE: readonly FilaConteoProducto[] = PRODUCTOS.filter((cada) => !cada.esJuego).map(
  (cada) => ({ conteoId: CONTEO_PRACTICA, productoId: cada.id }),
);

export function conteoPractica(abiertoEn: string): FilaConteo {
  return {
    id: CONTEO_PRACTICA,
    folio: 'PRÁCTICA',
    nombre: 'Práctica',
    tiendaId: TIENDA.id,
    almacenId: ALMACEN.id,
    alcance: 'lista',
    ciego: true,
    reparto: 'ninguno',
    estado: 'abierto',
    vence: null,
    creadoPor: PERSONA_PRACTICA,
    proposito: 'conteo',
    corrigeA: null,
    complementaA: null,
    abiertoEn,
    cerradoEn: null,
  };
}
