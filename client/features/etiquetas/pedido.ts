import type { CuerpoEtiquetas } from '#shared/contracts/etiquetas.ts';
import { parseCantidad, UNA_UNIDAD } from '#shared/domain/cantidad.ts';
import {
  type ClaveFormato,
  ETIQUETAS_MAXIMO,
  FORMATOS_ETIQUETA,
  paginasDe,
  porPagina,
} from '#shared/domain/etiqueta.ts';

/** What the screen holds, as it was typed. */
export type Pedido = {
  tipo: 'producto' | 'ubicacion';
  origen: 'lista' | 'zona';
  productos: readonly { id: string; codigo: string; nombre: string }[];
  /** Codes, one a line or separated by blanks of a spreadsheet. */
  codigos: string;
  almacenId: string;
  zonas: readonly string[];
  formato: ClaveFormato;
  copias: string;
  desde: string;
  precio: boolean;
};

export const PEDIDO_VACIO: Pedido = {
  tipo: 'producto',
  origen: 'lista',
  productos: [],
  codigos: '',
  almacenId: '',
  zonas: [],
  formato: 'carta-30',
  copias: '1',
  desde: '1',
  precio: false,
};

/** Codes of the text, each once: a line or a cell is a code, so that codes with blanks stay whole. */
export function codigosDe(texto: string): string[] {
  return [...new Set(texto.split(/[\n\r\t;]+/).map((codigo) => codigo.trim()))].filter(Boolean);
}

/** Whole number from 1; null when it is none. */
function entero(texto: string): number | null {
  const leido = parseCantidad(texto, { decimales: 0 });
  return leido.ok && leido.value >= UNA_UNIDAD ? Number(leido.value / UNA_UNIDAD) : null;
}

export type ErroresPedido = Partial<Record<'que' | 'copias' | 'desde', string>>;

export type Resumen = {
  /** Labels, copies included; null where only the server knows. */
  etiquetas: number | null;
  paginas: number | null;
  desde: number;
  errores: ErroresPedido;
};

/** What would be printed. `enZona`: how many things the chosen zones hold, null when it is not known. */
export function resume(pedido: Pedido, enZona: number | null): Resumen {
  const formato = FORMATOS_ETIQUETA[pedido.formato];
  const caben = porPagina(formato);
  const errores: ErroresPedido = {};
  const copias = entero(pedido.copias);
  const desde = caben === 1 ? 1 : entero(pedido.desde);
  if (copias === null || copias > 500) errores.copias = 'De 1 a 500 de cada una.';
  if (desde === null || desde > caben) errores.desde = `De 1 a ${caben}: las que trae la hoja.`;
  const codigos = codigosDe(pedido.codigos).length;
  const cuantas =
    pedido.origen === 'zona' ? enZona : codigos + (pedido.tipo === 'producto' ? pedido.productos.length : 0);
  if (pedido.origen === 'zona' && pedido.almacenId === '') errores.que = 'Elige el almacén.';
  else if (cuantas === 0)
    errores.que =
      pedido.origen === 'zona' ? 'Esa zona no tiene nada que etiquetar.' : 'Agrega algo que etiquetar.';
  const etiquetas = cuantas === null || copias === null ? null : cuantas * copias;
  if (etiquetas !== null && etiquetas > ETIQUETAS_MAXIMO)
    errores.que = `Serían ${etiquetas} etiquetas y se hacen hasta ${ETIQUETAS_MAXIMO} de una vez.`;
  return {
    etiquetas,
    paginas: etiquetas === null ? null : paginasDe(formato, etiquetas, desde ?? 1),
    desde: desde ?? 1,
    errores,
  };
}

/** The request; only for a pedido without errors. */
export function cuerpoDe(pedido: Pedido): CuerpoEtiquetas {
  const deZona = pedido.origen === 'zona';
  return {
    tipo: pedido.tipo,
    ids: deZona || pedido.tipo === 'ubicacion' ? [] : pedido.productos.map(({ id }) => id),
    codigos: deZona ? [] : codigosDe(pedido.codigos),
    almacenId: pedido.almacenId === '' || (pedido.tipo === 'producto' && !deZona) ? null : pedido.almacenId,
    zonas: deZona ? [...pedido.zonas] : [],
    formato: pedido.formato,
    copias: entero(pedido.copias) ?? 1,
    desde: porPagina(FORMATOS_ETIQUETA[pedido.formato]) === 1 ? 1 : (entero(pedido.desde) ?? 1),
    precio: pedido.tipo === 'producto' && pedido.precio,
  };
}
