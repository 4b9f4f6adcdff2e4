import { type ArgsDe, ConteoNota } from '#shared/contracts/mutadores.ts';
import { AppError } from '#shared/errores.ts';
import { APLICADA } from '../contexto.ts';
import { selectConteo } from './conteo.sql.ts';
import { selectAutorDeLinea } from './conteo-foto.sql.ts';
import { insertNota } from './conteo-nota.sql.ts';
import { escribeEnConteo, instanteServidor, type Mutador, noPuedeContar, recibidoEn } from './mutador.ts';

/** A note on a line of its author, written after the line. Line and note may arrive in any order. */
export const conteoNota: Mutador<ArgsDe<'conteo.nota/1'>> = {
  name: 'conteo.nota/1',
  parse: (value) => ConteoNota.parse(value),
  async apply(tx, autor, args, meta) {
    const conteo = await selectConteo(tx, args.conteoId, autor.id, null);
    if (conteo === undefined) throw new AppError('CONTEO_DESCONOCIDO');
    const fuera = noPuedeContar(autor, conteo);
    if (fuera !== null) throw fuera;
    const linea = await selectAutorDeLinea(tx, args.lineaId);
    if (linea !== undefined && (linea.usuarioId !== autor.id || linea.conteoId !== args.conteoId)) {
      throw new AppError('MUTACION_INVALIDA', { detalle: 'la nota es de una línea ajena' });
    }
    await escribeEnConteo(tx, autor, meta, conteo.estado, () =>
      insertNota(tx, {
        id: args.id,
        lineaId: args.lineaId,
        conteoId: args.conteoId,
        nota: args.nota,
        por: autor.id,
        en: instanteServidor(args.en, meta),
        recibidoEn: recibidoEn(meta),
      }),
    );
    return APLICADA;
  },
};
