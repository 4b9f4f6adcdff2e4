import { contar, crearConteoLibre, deshacer } from '#client/offline/acciones.ts';
import { usaBases } from '#client/offline/bases.ts';
import { newId } from '#server/platform/clock.ts';
import { linea } from '../sync/telefono.ts';
import { type Bases, BasesReales } from './bases.ts';

/** What a person does on a phone, as the mutations that the server judges: each returns the id of what was saved. */
export interface Captura {
  /** A conteo of one's own. */
  abre(almacenId: string): Promise<string>;
  cuenta(conteoId: string, n: number): Promise<string>;
  /** null: nothing to undo. */
  deshace(conteoId: string): Promise<string | null>;
}

/** On real databases with the app's own actions; on maps the same mutations are written by hand. */
export function capturaDe(bases: Bases, usuario: string, ahora: () => number): Captura {
  return bases instanceof BasesReales ? deLaApp(bases) : aMano(bases, usuario, ahora);
}

function deLaApp(bases: BasesReales): Captura {
  usaBases({ journal: bases.journal, cache: bases.real });
  return {
    abre: (almacenId) => crearConteoLibre({ almacenId }),
    cuenta: async (conteoId, n) => {
      const { id } = await contar({
        conteoId,
        intento: 1,
        ubicacionId: null,
        codigoCrudo: `SIN-ALTA-${n}`,
        simbologia: null,
        fuente: 'pistola',
        productoId: null,
        cantidad: String(n),
        factor: '1',
      });
      return id;
    },
    deshace: async (conteoId) => (await deshacer(conteoId, 1))?.id ?? null,
  };
}

function aMano(bases: Bases, usuario: string, ahora: () => number): Captura {
  const guarda = async (name: string, args: { id: string }, conteo: string) => {
    const createdAt = new Date(ahora()).toISOString();
    await bases.guarda([
      {
        name,
        args: JSON.stringify(args),
        usuario,
        createdAt,
        desfaseGuardarMs: null,
        entidad: args.id,
        conteo,
      },
    ]);
    return args.id;
  };
  return {
    abre: (almacenId) => {
      const id = newId();
      const abiertoEn = new Date(ahora()).toISOString();
      return guarda(
        'conteo.libre/1',
        { id, almacenId, nombre: 'Conteo libre', ciego: true, abiertoEn } as never,
        id,
      );
    },
    cuenta: (conteoId, n) =>
      guarda(
        'conteo.linea/1',
        linea(conteoId, { codigoCrudo: `SIN-ALTA-${n}`, cantidad: String(n) }),
        conteoId,
      ),
    deshace: async (conteoId) => {
      const suyas = (await bases.mutaciones()).filter(
        (row) => row.conteo === conteoId && row.usuario === usuario,
      );
      const args = suyas.flatMap((row) => {
        const leida = JSON.parse(row.args) as { id: string; anula?: string | null; codigoCrudo?: string };
        return row.name === 'conteo.linea/1' && row.state !== 'rechazada' ? [leida] : [];
      });
      const anuladas = new Set(args.flatMap(({ anula }) => anula ?? []));
      const ultima = args.findLast(({ id, anula }) => (anula ?? null) === null && !anuladas.has(id));
      if (!ultima) return null;
      const { id, codigoCrudo } = ultima;
      return guarda(
        'conteo.linea/1',
        linea(conteoId, {
          tipo: 'anula',
          anula: id,
          cantidad: '0',
          fuente: 'manual',
          codigoCrudo: codigoCrudo ?? null,
        }),
        conteoId,
      );
    },
  };
}
