/** Most bins of one series; a warehouse larger than that is made shelf by shelf. */
export const SERIE_MAXIMA = 2_000;

export type Serie =
  | { readonly ok: true; readonly codigos: readonly string[] }
  | { readonly ok: false; readonly frase: string };

interface Tramo {
  readonly fijo?: string;
  readonly valores?: readonly string[];
}

/**
 * Codes of bins from the first to the last: `A-01-1..A-12-4` are 48, from A-01-1 to A-12-4, each part counted by itself
 * and as wide as the first one writes it. Letters count too (`A-1..C-3`). One code alone is itself.
 */
export function serieUbicaciones(texto: string): Serie {
  const limpio = texto.toUpperCase().replace(/\s+/g, '');
  const [desde = '', hasta, sobra] = limpio.split(/\.{2,3}|…/);
  if (desde === '' || sobra !== undefined) return mal('Escribe la primera y la última: A-01-1..A-12-4.');
  if (hasta === undefined) return { ok: true, codigos: [desde] };
  const [a, b] = [partes(desde), partes(hasta)];
  if (a.length !== b.length) {
    return mal(`«${desde}» y «${hasta}» no tienen las mismas partes. Escríbelas igual: A-01-1..A-12-4.`);
  }
  const tramos: Tramo[] = [];
  for (let i = 0; i < a.length; i += 1) {
    const tramo = entre(a[i]!, b[i]!);
    if (typeof tramo === 'string') return mal(tramo);
    tramos.push(tramo);
  }
  const total = tramos.reduce((n, t) => n * (t.valores?.length ?? 1), 1);
  if (total > SERIE_MAXIMA) {
    return mal(
      `Serían ${total.toLocaleString('en-US')} ubicaciones y se hacen hasta 2,000 de una vez. Hazlas por pasillo.`,
    );
  }
  let codigos = [''];
  for (const tramo of tramos) {
    codigos = codigos.flatMap((c) => (tramo.valores ?? [tramo.fijo!]).map((v) => c + v));
  }
  return { ok: true, codigos };
}

/** Figures, letters and what lies between, in turn. */
function partes(codigo: string): string[] {
  return codigo.match(/\d+|[A-ZÑ]+|[^\dA-ZÑ]+/g) ?? [];
}

function entre(a: string, b: string): Tramo | string {
  if (a === b) return { fijo: a };
  if (/^\d{1,6}$/.test(a) && /^\d{1,6}$/.test(b)) {
    const [de, al] = [Number(a), Number(b)];
    if (al < de) return `${b} es menor que ${a}. Escribe primero la más chica.`;
    return {
      valores: lista(de, Math.min(al, de + SERIE_MAXIMA)).map((n) => String(n).padStart(a.length, '0')),
    };
  }
  if (/^[A-Z]$/.test(a) && /^[A-Z]$/.test(b)) {
    const [de, al] = [a.charCodeAt(0), b.charCodeAt(0)];
    if (al < de) return `${b} va antes que ${a}. Escribe primero la que va antes.`;
    return { valores: lista(de, al).map((n) => String.fromCharCode(n)) };
  }
  return `«${a}» y «${b}» no forman una serie.`;
}

function lista(de: number, al: number): number[] {
  return Array.from({ length: al - de + 1 }, (_, i) => de + i);
}

/** Zone of a bin by its code: A-03-2 lies in zone A. */
export function zonaDe(codigo: string): string {
  return (codigo.trim().split('-')[0] ?? '').slice(0, 50);
}

function mal(frase: string): Serie {
  return { ok: false, frase };
}
