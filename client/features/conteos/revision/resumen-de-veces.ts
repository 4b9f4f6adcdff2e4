import type { VezContada } from '#shared/contracts/conteos.ts';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { plural } from '#shared/formato.ts';

/** "Exacto 3 de las últimas 4 veces." and, where all differences point the same way, that they do. */
export function resumenDeVeces(veces: readonly Pick<VezContada, 'variacion'>[]): string {
  const conBase = veces.flatMap(({ variacion }) => (variacion === null ? [] : [toCantidad(variacion)]));
  if (conBase.length === 0) return 'Solo se ha contado para fijar su inventario inicial.';
  const exactas = conBase.filter((v) => v === 0n).length;
  const frase =
    conBase.length === 1
      ? exactas === 1
        ? 'La única vez salió exacto.'
        : 'La única vez no salió exacto.'
      : `Exacto ${exactas} de las últimas ${plural(conBase.length, 'vez', 'veces')}.`;
  const distintas = conBase.filter((v) => v !== 0n);
  if (distintas.length < 2) return frase;
  if (distintas.every((v) => v < 0n)) return `${frase} Siempre que difiere, falta.`;
  if (distintas.every((v) => v > 0n)) return `${frase} Siempre que difiere, sobra.`;
  return frase;
}
