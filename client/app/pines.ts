import type { Journal, PinRow } from '#client/offline/index.ts';
import { PIN_FALLOS_MAX, revisaPin } from '#shared/domain/pin.ts';
import { AppError } from '#shared/errores.ts';
import { plural } from '#shared/formato.ts';

/** Comes with the first PIN; the service worker keeps it for when there is no network. */
const sello = () => import('./sello.ts');

/** The PINs of this phone, in the journal's own table. Everything here works without network. */
export class Pines {
  readonly #journal: () => Journal;
  readonly #iteraciones: number | undefined;

  constructor(journal: () => Journal, iteraciones?: number) {
    this.#journal = journal;
    this.#iteraciones = iteraciones;
  }

  #row(usuarioId: string): Promise<PinRow | undefined> {
    return this.#journal().durable((db) => db.pines.get(usuarioId));
  }

  async tiene(usuarioId: string): Promise<boolean> {
    return (await this.#row(usuarioId)) !== undefined;
  }

  /** A new PIN, in the place of an older one. PIN_INVALIDO, PIN_OBVIO, PIN_SIN_CIFRADO. */
  async crea(usuarioId: string, pin: string): Promise<void> {
    const falla = revisaPin(pin);
    if (falla !== null) throw new AppError(falla);
    const { cerraduraDe, hayCifrado, ITERACIONES } = await sello();
    if (!hayCifrado()) throw new AppError('PIN_SIN_CIFRADO');
    const row = await cerraduraDe(usuarioId, pin, this.#iteraciones ?? ITERACIONES);
    await this.#journal().durable((db) => db.pines.put(row));
  }

  /**
   * The person's sealed tokens, or null when none could be kept. A try is counted on disk before it is made, so that
   * neither a second tab nor a reload gives more of them. PIN_INCORRECTO, PIN_BLOQUEADO, PIN_SIN_PIN.
   */
  async prueba(usuarioId: string, nombre: string, pin: string): Promise<string | null> {
    // Before the try is counted: without its code nothing can be tried.
    const { abreCerradura, abreSesion } = await sello();
    const row = await this.#journal().durable((db) =>
      db.transaction('rw', db.pines, async () => {
        const found = await db.pines.get(usuarioId);
        if (found && found.fallos < PIN_FALLOS_MAX)
          await db.pines.update(usuarioId, { fallos: found.fallos + 1 });
        return found;
      }),
    );
    if (!row) throw new AppError('PIN_SIN_PIN', { nombre });
    if (row.fallos >= PIN_FALLOS_MAX) throw new AppError('PIN_BLOQUEADO', { nombre });
    const privada = await abreCerradura(row, pin);
    const quedan = PIN_FALLOS_MAX - row.fallos - 1;
    if (privada === null)
      throw quedan === 0
        ? new AppError('PIN_BLOQUEADO', { nombre })
        : new AppError('PIN_INCORRECTO', { nombre, quedan: plural(quedan, 'intento', 'intentos') });
    await this.perdona(usuarioId);
    return abreSesion(row, privada);
  }

  /** The password was right: tries are counted from 0 again. */
  async perdona(usuarioId: string): Promise<void> {
    await this.#journal().durable((db) => db.pines.update(usuarioId, { fallos: 0 }));
  }

  /** Keeps the tokens so that only the person's PIN brings them back; without a PIN they are not kept. False then. */
  async sella(usuarioId: string, sesion: string): Promise<boolean> {
    const row = await this.#row(usuarioId);
    if (!row) return false;
    const sellada = await (await sello()).sellaSesion(row, sesion);
    await this.#journal().durable((db) => db.pines.update(usuarioId, { sesion: sellada }));
    return true;
  }

  async quita(usuarioId: string): Promise<void> {
    await this.#journal().durable((db) => db.pines.delete(usuarioId));
  }
}
