import { useEffect, useState } from 'react';
import { now } from '#client/offline/clock.ts';
import { elCache, elJournal, useEstadoEnvio } from '#client/offline/index.ts';
import type { ArgsDe } from '#shared/contracts/mutadores.ts';
import { type LineaDeSemana, resumeSemana, type Semana } from './semana.ts';

const SEMANA_MS = 7 * 24 * 3_600_000;

async function leeSemana(usuarioId: string): Promise<Semana> {
  const desde = now().getTime() - SEMANA_MS;
  const filas = await elCache()
    .db.conteo_lineas.filter((fila) => fila.usuarioId === usuarioId)
    .toArray();
  const entradas = await elJournal()
    .db.mutations.where('name')
    .equals('conteo.linea/1')
    .and((entrada) => entrada.usuario === usuarioId && entrada.state !== 'rechazada')
    .toArray();
  const delServidor = filas.map(
    (fila): LineaDeSemana => ({
      id: fila.id,
      tipo: fila.tipo,
      anula: fila.anula,
      conteoId: fila.conteoId,
      que: fila.productoId ?? fila.codigoCrudo,
      instante: Date.parse(fila.instante),
    }),
  );
  const deAqui = entradas.map((entrada): LineaDeSemana => {
    const args = JSON.parse(entrada.args) as ArgsDe<'conteo.linea/1'>;
    return {
      id: args.id,
      tipo: args.tipo,
      anula: args.anula,
      conteoId: args.conteoId,
      que: args.productoId ?? args.codigoCrudo,
      instante: Date.parse(args.contadoEn) + (args.desfaseGuardarMs ?? 0),
    };
  });
  return resumeSemana([...delServidor, ...deAqui], desde);
}

/** What this person counted in the last seven days, as far as this phone knows; undefined while it is read. */
export function useMiSemana(usuarioId: string): Semana | undefined {
  const [semana, setSemana] = useState<Semana>();
  // Every saved or sent line changes one of the two.
  const { total, ultimaSync } = useEstadoEnvio();
  // biome-ignore lint/correctness/useExhaustiveDependencies: why: they are the sign that there is something new to read.
  useEffect(() => {
    let viva = true;
    void leeSemana(usuarioId).then((leida) => viva && setSemana(leida));
    return () => {
      viva = false;
    };
  }, [usuarioId, total, ultimaSync]);
  return semana;
}
