import type { Claims } from '#server/platform/db/db.ts';
import type { Deps } from '#server/platform/deps.ts';
import { cursorDe, type Lugar, leeEventos } from './lee.ts';

const CHANNEL = 'devcompras_negocio';
const PAGINA = 200;
const PING_MS = 20_000;
/** One person's open streams; one more closes the oldest. */
export const MAX_POR_USUARIO = 6;
/** setTimeout takes no more than 2^31 − 1 ms. */
const MAX_TIMER_MS = 2_147_483_647;

export interface Salida {
  /** Resolves when there is room again; rejects or never resolves once the reader is gone. */
  write(text: string): Promise<void>;
  end(): void;
}

export interface Suscripcion {
  readonly claims: Claims;
  readonly desde: 'inicio' | 'ahora' | Lugar;
  readonly patrones: readonly string[];
  /** The stream ends then; null: with the connection. */
  readonly expiraEn: Date | null;
  /** False once the person or the token opens nothing any more; asked with every heartbeat. */
  readonly vale: () => Promise<boolean>;
  readonly salida: Salida;
}

export interface Corriente {
  readonly abiertas: number;
  /** Sends from now on; returns the function that stops. */
  abre(suscripcion: Suscripcion): () => void;
  close(): Promise<void>;
}

interface Abierta {
  readonly usuarioId: string;
  despierta(): void;
  cierra(): void;
}

/**
 * The events of the business as Server-Sent Events. NOTIFY only wakes: what is sent is read from the table by its number, so
 * that a lost notice or connection loses nothing.
 */
export async function createCorriente(
  { db, clock, logger }: Pick<Deps, 'db' | 'clock' | 'logger'>,
  pingMs = PING_MS,
): Promise<Corriente> {
  const abiertas = new Set<Abierta>();
  const deja = await db.listen(CHANNEL, () => {
    for (const abierta of abiertas) abierta.despierta();
  });

  function abre({ claims, desde, patrones, expiraEn, vale, salida }: Suscripcion): () => void {
    const propias = [...abiertas].filter((otra) => otra.usuarioId === claims.sub);
    for (const otra of propias.slice(0, Math.max(0, propias.length - MAX_POR_USUARIO + 1))) otra.cierra();

    let lugar: typeof desde = desde;
    let corre = false;
    let otraVez = true;

    async function manda(): Promise<void> {
      const pagina = await leeEventos(db, claims, lugar, { patrones, limite: PAGINA });
      if (pagina.perdido) await salida.write(`event: perdido\ndata: {}\n\n`);
      const { epoca } = pagina.lugar;
      let texto = '';
      for (const evento of pagina.eventos) {
        texto += `id: ${cursorDe({ epoca, pos: evento.pos })}\ndata: ${JSON.stringify(evento)}\n\n`;
      }
      // An id alone moves the reader's Last-Event-ID past what they do not see, and makes no event.
      const antes = typeof lugar === 'string' ? null : lugar.pos;
      if (antes !== pagina.lugar.pos) texto += `id: ${pagina.despues}\n\n`;
      if (texto !== '') await salida.write(texto);
      lugar = pagina.lugar;
      if (!pagina.alDia) otraVez = true;
    }

    async function sigue(): Promise<void> {
      if (corre) return;
      corre = true;
      try {
        while (otraVez && abiertas.has(abierta)) {
          otraVez = false;
          await manda();
        }
      } catch (error) {
        // Its cursor is with the reader, who comes back and goes on.
        logger.warn({ err: error }, 'a stream of events was cut');
        abierta.cierra();
      } finally {
        corre = false;
      }
    }

    async function late(): Promise<void> {
      if (!(await vale())) abierta.cierra();
      else await salida.write(': ping\n\n');
      // A notice may have been lost with the listening connection.
      otraVez = true;
      await sigue();
    }

    const ping = setInterval(() => void late().catch(() => abierta.cierra()), pingMs);
    const fin =
      expiraEn === null
        ? undefined
        : setTimeout(
            () => abierta.cierra(),
            Math.max(0, Math.min(expiraEn.getTime() - clock.now().getTime(), MAX_TIMER_MS)),
          );
    const abierta: Abierta = {
      usuarioId: claims.sub,
      despierta() {
        otraVez = true;
        void sigue();
      },
      cierra() {
        if (!abiertas.delete(abierta)) return;
        clearInterval(ping);
        clearTimeout(fin);
        salida.end();
      },
    };
    abiertas.add(abierta);
    void sigue();
    return () => abierta.cierra();
  }

  return {
    get abiertas() {
      return abiertas.size;
    },
    abre,
    async close() {
      for (const abierta of [...abiertas]) abierta.cierra();
      await deja();
    },
  };
}
