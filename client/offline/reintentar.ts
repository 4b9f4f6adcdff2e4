import { elJournalReal } from './bases.ts';
import { despierta } from './despertador.ts';
import { takeBack } from './journal-port.ts';

/** Sends a set-aside mutation again; without `seq`, all of them. Returns how many went back into the stream. */
export async function reintentar(seq?: number): Promise<number> {
  const moved = await takeBack(elJournalReal(), seq);
  if (moved > 0) despierta('manual');
  return moved;
}
