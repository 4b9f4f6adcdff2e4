import { type ArgsDe, ConteoFoto } from '#shared/contracts/mutadores.ts';
import { AppError } from '#shared/errores.ts';
import { APLICADA } from '../contexto.ts';
import { selectConteo } from './conteo.sql.ts';
import { insertFoto, selectAutorDeLinea } from './conteo-foto.sql.ts';
import { escribeEnConteo, type Mutador, noPuedeContar, recibidoEn } from './mutador.ts';

/** Ties a photo to a line of its author. The bytes and the line may arrive before or after. */
export const conteoFoto: Mutador<ArgsDe<'conteo.foto/1'>> = {
  name: 'conteo.foto/1',
  parse: (value) => ConteoFoto.parse(value),
  async apply(tx, autor, args, meta) {
    const conteo = await selectConteo(tx, args.conteoId, autor.id, null);
    if (conteo === undefined) throw new AppError('CONTEO_DESCONOCIDO');
    const fuera = noPuedeContar(autor, conteo);
    if (fuera !== null) throw fuera;
    const linea = await selectAutorDeLinea(tx, args.lineaId);
    if (linea !== undefined && (linea.usuarioId !== autor.id || linea.conteoId !== args.conteoId)) {
      throw new AppError('MUTACION_INVALIDA', { detalle: 'la foto es de una línea ajena' });
    }
    await escribeEnConteo(tx, autor, meta, conteo.estado, () =>
      insertFoto(tx, {
        lineaId: args.lineaId,
        sha256: args.sha256,
        conteoId: args.conteoId,
        por: autor.id,
        recibidoEn: recibidoEn(meta),
      }),
    );
    return APLICADA;
  },
};
