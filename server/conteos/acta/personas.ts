import type { ParteRow } from '../revision.sql.ts';
import type { ActaAprobacion, ActaPersona, ActaProducto } from './forma.ts';
import { avisosEnPalabras } from './palabras.ts';

interface Aprobado {
  readonly aprobado_por: string;
  readonly aprobado_en: Date;
  readonly producto_id: string;
}

/** One row per act of approving: who, when, how many products, why, and what was still open. */
export function aprobacionesDe(
  resultados: Iterable<Aprobado>,
  motivos: ReadonlyMap<string, string>,
  advertencias: ReadonlyMap<string, readonly string[]>,
  nombres: ReadonlyMap<string, string>,
): ActaAprobacion[] {
  const actos = new Map<string, ActaAprobacion>();
  for (const r of resultados) {
    const clave = `${r.aprobado_por} ${r.aprobado_en.getTime()}`;
    const acto = actos.get(clave);
    if (acto === undefined) {
      actos.set(clave, {
        por: nombres.get(r.aprobado_por) ?? '',
        en: r.aprobado_en.toISOString(),
        productos: 1,
        motivo: motivos.get(r.producto_id) ?? null,
        avisos: avisosEnPalabras(advertencias.get(clave) ?? []),
      });
    } else {
      acto.productos += 1;
    }
  }
  return [...actos.values()].sort((a, b) => (a.en < b.en ? -1 : a.en > b.en ? 1 : 0));
}

/** Everybody who must sign: counters, those who counted again, who declared zeros, who approved. */
export function personasDe(
  partes: readonly ParteRow[],
  ceros: readonly { por: string; declarado: boolean }[],
  resultados: Iterable<Pick<Aprobado, 'aprobado_por'>>,
  nombres: ReadonlyMap<string, string>,
): ActaPersona[] {
  const personas = new Map<string, ActaPersona>();
  const de = (id: string) => {
    let persona = personas.get(id);
    if (persona === undefined) {
      persona = { nombre: nombres.get(id) ?? '', conto: false, reconto: false, ceros: 0, autorizo: 0 };
      personas.set(id, persona);
    }
    return persona;
  };
  for (const { usuario_id, intento, recibidas } of partes) {
    if (recibidas === 0) continue;
    if (intento === 1) de(usuario_id).conto = true;
    else de(usuario_id).reconto = true;
  }
  for (const { por, declarado } of ceros) if (declarado) de(por).ceros += 1;
  for (const { aprobado_por } of resultados) de(aprobado_por).autorizo += 1;
  return [...personas.values()];
}

/** What a conteo that is not over still lacks, in sentences. */
export function faltasDe(
  partes: readonly ParteRow[],
  nombres: ReadonlyMap<string, string>,
  productos: readonly ActaProducto[],
  sinLigar: number,
  recuentos: number,
): string[] {
  const abiertas = partes
    .filter(({ terminada_en }) => terminada_en === null)
    .map((p) => `${nombres.get(p.usuario_id) ?? ''}${p.intento > 1 ? ` (intento ${p.intento})` : ''}`);
  const porDecidir = productos.filter(({ decision }) => decision === null).length;
  return [
    ...(abiertas.length === 0 ? [] : [`Falta que terminen su parte: ${abiertas.join(', ')}.`]),
    ...(recuentos === 0 ? [] : [`Faltan por recontar: ${recuentos}.`]),
    ...(sinLigar === 0 ? [] : [`Líneas con código sin ligar: ${sinLigar}.`]),
    ...(porDecidir === 0 ? [] : [`Productos por decidir: ${porDecidir}.`]),
  ];
}
