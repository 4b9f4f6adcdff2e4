import { elJournal } from './bases.ts';
import { useLive } from './live.ts';
import { leeReconocidos, type Reconocido } from './reconocidos.ts';

/** Codes of mine in this conteo that nobody knew and that the catalogue knows by now. */
export function useReconocidos(conteoId: string): Reconocido[] | undefined {
  return useLive(`reconocidos:${conteoId}`, async () => {
    const persona = await elJournal().db.identidad.where('activa').equals(1).first();
    return persona ? leeReconocidos(conteoId, persona.usuarioId) : [];
  });
}
