import { VERSION_HUELLA } from '#shared/domain/huella-acta.ts';
import { fechaHoraVista, listaNatural, plural } from '#shared/formato.ts';
import type { CabeceraRow } from './acta.sql.ts';
import type { Acta, ActaPersona, ActaProducto } from './forma.ts';

const NOMBRES_VISTOS = 12;

function lista(nombres: readonly string[]): string {
  const resto = nombres.length - NOMBRES_VISTOS;
  return resto > 0 ? `${nombres.slice(0, NOMBRES_VISTOS).join(', ')} y ${resto} más` : listaNatural(nombres);
}

/** The scope as a person would say it. */
export function alcanceEnPalabras(alcance: string, c: CabeceraRow): string {
  const productos = plural(c.productos, 'producto', 'productos');
  switch (alcance) {
    case 'ubicaciones': {
      const zonas = c.zonas.length === 0 ? '' : ` (zona ${listaNatural([...c.zonas].sort())})`;
      return `${plural(c.ubicaciones.length, 'ubicación', 'ubicaciones')}${zonas}: ${lista(c.ubicaciones)}`;
    }
    case 'categoria':
      return `Categoría ${c.categoria ?? 'que ya no existe'} (${productos})`;
    case 'abc':
      return `Productos de clase ${c.clase_abc ?? ''} (${productos})`;
    case 'lista':
      return `Lista de ${productos}`;
    case 'almacen':
      return c.productos === 0 ? 'Todo el almacén' : `Todo el almacén (${productos})`;
    default:
      return 'Libre: lo que se encontró';
  }
}

export const ESTADO: Record<string, string> = {
  planeado: 'Planeado',
  abierto: 'Abierto',
  en_revision: 'En revisión',
  cerrado: 'Cerrado',
  cancelado: 'Cancelado',
};

export const REPARTO: Record<Acta['conteo']['reparto'], string> = {
  repartido: 'repartido: lo de cada quien se suma',
  doble: 'doble: dos personas cuentan lo mismo y se compara',
  ninguno: 'sin repartir: lo que coincide se toma una vez',
};

export const FUENTE: Record<string, string> = {
  promedio: 'promedio',
  ultimo: 'último',
  catalogo: 'catálogo',
  sin_costo: 'sin costo',
};

const ESTADO_PRODUCTO: Record<string, string> = {
  cuadra: 'Cuadra, sin decidir',
  movimiento_durante: 'Movimiento durante el conteo, sin decidir',
  variacion: 'Sin decidir',
  sin_base: 'Sin base, sin decidir',
  incompleto: 'Incompleto',
  traslape: 'Traslape sin decidir',
};

const DECISION: Record<NonNullable<ActaProducto['decision']>, string> = {
  ajuste: 'Ajustado',
  sin_ajuste: 'Aprobado sin ajuste',
  base: 'Base fijada',
  prueba: 'Prueba: no ajusta',
};

/** "Ajustado", "Incompleto"; in a cancelled conteo nothing is left to decide. */
export function decisionVista(p: ActaProducto, estado: string): string {
  if (p.decision !== null) return DECISION[p.decision];
  return estado === 'cancelado' ? 'Cancelado' : (ESTADO_PRODUCTO[p.estado] ?? p.estado);
}

export const CONDICION: Record<string, string> = {
  por_entregar: 'por entregar',
  danado: 'dañado',
  garantia: 'garantía',
  ajeno: 'ajeno',
};

export const SIN_PRODUCTO: Record<Acta['sinProducto'][number]['estado'], string> = {
  sin_ligar: 'Sin ligar',
  propuesta: 'Propuesta sin confirmar',
  pendiente: 'Pendiente',
  ajena: 'Ajena',
};

/** The recipe of shared/domain/huella-acta.ts for who has only the file. */
export const RECETA = [
  'De cada renglón de «lineas» toma los 21 campos de «huella» en su orden, como texto; lo que falta es el texto vacío.',
  'Ordena los renglones por «id» y luego por «registro», byte por byte.',
  'Escribe cada uno como un arreglo JSON de textos, sin espacios y sin escapar acentos, y un salto de línea (LF) después.',
  `Antepón el arreglo ["${VERSION_HUELLA}", id del conteo], escrito igual.`,
  'La huella es el SHA-256 de esos bytes UTF-8, en hexadecimal. En el CSV de líneas son las primeras 21 columnas; quita antes el apóstrofo que defiende de fórmulas.',
].join(' ');

/** What was still open when somebody approved all the same. */
const AVISO: Record<string, string> = {
  APROBACION_PARTES: 'faltaba que alguien terminara su parte',
  APROBACION_LINEAS_FALTAN: 'faltaba recibir líneas de una parte',
  APROBACION_SIN_ENVIAR: 'un teléfono tenía líneas sin enviar',
  APROBACION_MOVIMIENTOS_HASTA: 'los movimientos de la caja no se conocían hasta la hora del conteo',
  APROBACION_SIN_COSTO: 'había productos sin costo',
  APROBACION_SIN_UBICACION: 'alguien contó sin decir dónde',
  APROBACION_INTENTOS: 'los intentos no coincidían entre sí',
};

export function avisosEnPalabras(codigos: readonly string[]): string[] {
  return [...new Set(codigos)].map((codigo) => AVISO[codigo] ?? 'había un aviso sin resolver');
}

/** "Contó y autorizó (12 productos)". */
export function papelDe(p: ActaPersona): string {
  const papeles = [
    ...(p.conto ? ['contó'] : []),
    ...(p.reconto ? ['recontó'] : []),
    ...(p.ceros > 0 ? [`declaró ${plural(p.ceros, 'cero', 'ceros')}`] : []),
    ...(p.autorizo > 0 ? [`autorizó ${plural(p.autorizo, 'producto', 'productos')}`] : []),
  ];
  const frase = listaNatural(papeles);
  return frase.charAt(0).toUpperCase() + frase.slice(1);
}

export function cuando(iso: string, zona: string): string {
  return fechaHoraVista(Date.parse(iso), zona);
}

/** `CDMX-01-2026-0034`, or the name of one that has no folio yet. */
export function nombreDelActa(acta: Pick<Acta, 'conteo'>): string {
  return acta.conteo.folio ?? (acta.conteo.nombre || 'sin folio');
}

/** `acta-CDMX-01-2026-0034`: letters, digits and hyphens only, for any file system. */
export function archivoDelActa(acta: Pick<Acta, 'conteo'>): string {
  const limpio = nombreDelActa(acta)
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `acta-${limpio || acta.conteo.id}`;
}
