import { type ArgsDe, ConteoParte } from '#shared/contracts/mutadores.ts';
import { AppError } from '#shared/errores.ts';
import { APLICADA } from '../contexto.ts';
import { selectConteo, tomaConteo } from './conteo.sql.ts';
import { pasaARevision, upsertParte } from './conteo-parte.sql.ts';
import { escribeEnConteo, instanteServidor, type Mutador, noPuedeContar, recibidoEn } from './mutador.ts';

/** "I finished my part" of an intento. The last part of the current intento sends the conteo to review. */
export const conteoParte: Mutador<ArgsDe<'conteo.parte/1'>> = {
  name: 'conteo.parte/1',
  parse: (value) => ConteoParte.parse(value),
  async apply(tx, autor, args, meta) {
    await tomaConteo(tx, args.conteoId);
    const conteo = await selectConteo(tx, args.conteoId, autor.id, args.intento);
    if (conteo === undefined) throw new AppError('CONTEO_DESCONOCIDO');
    const fuera = noPuedeContar(autor, conteo);
    if (fuera !== null) throw fuera;
    if (!conteo.intentoExiste) throw new AppError('INTENTO_DESCONOCIDO');
    await escribeEnConteo(tx, autor, meta, conteo.estado, () =>
      upsertParte(tx, {
        conteoId: args.conteoId,
        intento: args.intento,
        usuarioId: autor.id,
        deviceId: meta.deviceId,
        lineas: args.lineas,
        terminadaEn: instanteServidor(args.terminadaEn, meta),
        recibidoEn: recibidoEn(meta),
      }),
    );
    if (conteo.estado === 'cerrado') return { status: 'late', code: 'TARDIA_CERRADO' };
    if (conteo.estado === 'cancelado') return { status: 'late', code: 'TARDIA_CANCELADO' };
    await pasaARevision(tx, args.conteoId, meta.clock.now());
    return APLICADA;
  },
};
