import { cantidadNatural, cantidadVista, plural } from '../formato.ts';
import { absoluto, CANTIDAD_ESCALA, type Cantidad, multiplica } from './decimal.ts';

/** A line that counts, as the cause rules see it. */
export interface LineaLeida {
  codigoCrudo: string | null;
  cantidad: Cantidad;
  factor: Cantidad;
  unidades: Cantidad;
  /** Bin where it was read, by its code; null = without bin. */
  ubicacion: string | null;
  /** Its code had no product until somebody linked it in this conteo. */
  ligada: boolean;
}

/** What the catalogue says today of a code that was read. */
export interface CodigoLeido {
  codigo: string;
  /** Today's factor of the code on this product; null = not one of its codes (any more). */
  factor: Cantidad | null;
  /** Other products with the same code. */
  deOtros: readonly { codigo: string; nombre: string }[];
}

export interface EvidenciaLineas {
  variacion: Cantidad;
  unidad: string;
  lineas: readonly LineaLeida[];
  codigos: readonly CodigoLeido[];
  /** Codes of the product's known bins that nobody stated to be empty. */
  ubicaciones: readonly string[];
}

/** Bins that are named one by one. */
const UBICACIONES_MAX = 2;

/**
 * A typed number with two digits swapped, or with a zero too many or too few, that explains the variance by itself:
 * 21 for 12, 120 for 12.
 */
export function porDigitos({ lineas, variacion, unidad }: EvidenciaLineas): string[] {
  for (const { cantidad, factor } of lineas) {
    for (const querido of parecidos(cantidad)) {
      const cambio = multiplica(
        querido - cantidad,
        CANTIDAD_ESCALA,
        factor,
        CANTIDAD_ESCALA,
        CANTIDAD_ESCALA,
      );
      if (cambio === -variacion) {
        return [
          `Posible: en una línea se escribió ${cantidadVista(cantidad)} y eran ${cantidadNatural(querido, unidad)}.`,
        ];
      }
    }
  }
  return [];
}

const UNA = 10n ** BigInt(CANTIDAD_ESCALA);

/** Whole numbers one slip of the finger away from a whole number of two digits or more. */
function parecidos(cantidad: Cantidad): Cantidad[] {
  if (cantidad < 10n * UNA || cantidad % UNA !== 0n) return [];
  const digitos = String(cantidad / UNA);
  const otros = new Set<string>([`${digitos}0`]);
  if (digitos.endsWith('0')) otros.add(digitos.slice(0, -1));
  for (let i = 0; i + 1 < digitos.length; i += 1) {
    const [a, b] = [digitos[i]!, digitos[i + 1]!];
    // A leading zero is no number that anybody meant to type.
    if (a !== b && !(i === 0 && b === '0')) otros.add(digitos.slice(0, i) + b + a + digitos.slice(i + 2));
  }
  return [...otros].map((texto) => BigInt(texto) * UNA);
}

/** The pack behind a code holds another number of pieces today than when it was read. */
export function porFactorCambiado({ lineas, codigos, unidad }: EvidenciaLineas): string[] {
  return codigos.flatMap(({ codigo, factor }) => {
    if (factor === null) return [];
    const viejas = lineas.filter((l) => l.codigoCrudo === codigo && !l.ligada && l.factor !== factor);
    if (viejas.length === 0) return [];
    const veces = plural(viejas.length, 'vez', 'veces');
    return [
      `Posible: ${codigo} vale hoy ${cantidadNatural(factor, unidad)} y se leyó ${veces} como ${cantidadVista(viejas[0]!.factor)}.`,
    ];
  });
}

/** A label that belongs to another product too, or that was given to this one only during the count. */
export function porEtiqueta({ lineas, codigos, variacion, unidad }: EvidenciaLineas): string[] {
  return codigos.flatMap(({ codigo, deOtros }) => {
    const suyas = lineas.filter((l) => l.codigoCrudo === codigo);
    const unidades = suyas.reduce((suma, l) => suma + l.unidades, 0n);
    const otro = deOtros[0];
    if (otro !== undefined) {
      return variacion > 0n && unidades > 0n
        ? [
            `Posible: ${cantidadNatural(unidades, unidad)} entraron con ${codigo}, que también es de ${otro.codigo} ${otro.nombre}.`,
          ]
        : [`Posible: ${codigo} también es de ${otro.codigo} ${otro.nombre}; parte pudo contarse ahí.`];
    }
    const ligadas = suyas.filter((l) => l.ligada).reduce((suma, l) => suma + l.unidades, 0n);
    return variacion > 0n && ligadas > 0n
      ? [
          `Posible: ${cantidadNatural(ligadas, unidad)} entraron con ${codigo}, ligado en este conteo; puede ser la etiqueta de otro producto.`,
        ]
      : [];
  });
}

/**
 * A bin of the product that nobody read, when pieces are missing; and a read in the bin beside one of its own, where
 * nobody read: it lies in one of the two.
 */
export function porUbicacion({ lineas, ubicaciones, variacion }: EvidenciaLineas): string[] {
  const leidas = new Set(lineas.flatMap(({ ubicacion }) => ubicacion ?? []));
  const sinLeer = ubicaciones.filter((codigo) => !leidas.has(codigo));
  const causas: string[] = [];
  const dichas = new Set<string>();
  for (const leida of leidas) {
    if (ubicaciones.includes(leida)) continue;
    const suya = sinLeer.find((codigo) => sonVecinas(codigo, leida));
    if (suya === undefined) continue;
    dichas.add(suya);
    causas.push(`Posible: se leyó en ${leida} y su lugar es ${suya}, al lado; mira en las dos.`);
  }
  // Without any read of a bin, nothing tells which bins were walked.
  if (variacion < 0n && leidas.size > 0) {
    for (const codigo of sinLeer.filter((c) => !dichas.has(c))) {
      causas.push(`Posible: hay más en ${codigo}, donde también se guarda y nadie lo leyó.`);
    }
  }
  return causas.slice(0, UBICACIONES_MAX);
}

/** `A-03-2` and `A-03-3`: the same up to a last number that differs by one. */
export function sonVecinas(a: string, b: string): boolean {
  const [x, y] = [partes(a), partes(b)];
  return x !== null && y !== null && x.prefijo === y.prefijo && absoluto(BigInt(x.numero - y.numero)) === 1n;
}

function partes(codigo: string): { prefijo: string; numero: number } | null {
  const hallado = /^(.*?)(\d{1,9})$/.exec(codigo);
  return hallado === null ? null : { prefijo: hallado[1]!.toUpperCase(), numero: Number(hallado[2]) };
}
