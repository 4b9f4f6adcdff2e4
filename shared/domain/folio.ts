/** Parts of a human folio `CDMX-01-2026-0034`: shop code, year, running number of that shop and year. */
export interface Folio {
  tienda: string;
  anio: number;
  numero: number;
}

const FOLIO = /^(.+)-(\d{4})-(\d{4,})$/;

/** `{tienda: 'CDMX-01', anio: 2026, numero: 34}` → `CDMX-01-2026-0034`. Numbers above 9999 keep all their digits. */
export function formatFolio({ tienda, anio, numero }: Folio): string {
  return `${tienda}-${anio}-${String(numero).padStart(4, '0')}`;
}

/** The parts of a folio; null when the text is not one. */
export function parseFolio(folio: string): Folio | null {
  const match = FOLIO.exec(folio.trim().toUpperCase());
  return match ? { tienda: match[1]!, anio: Number(match[2]), numero: Number(match[3]) } : null;
}
