import { now } from '#client/offline/clock.ts';
import { PERSONA_PRACTICA } from '#client/offline/conteo-practica.ts';
import type { SiembraPractica } from '#client/offline/index.ts';
import type { PaginaScope } from '#shared/contracts/sync.ts';
import {
  ALCANCE,
  ALMACEN,
  CODIGOS,
  CONTADOR,
  conteoPractica,
  PRODUCTOS,
  TIENDA,
  UBICACIONES,
} from './catalogo.ts';

/** Rows by the same door as those of the server, so that the screens find nothing that they do not know. */
export const siembraPractica: SiembraPractica = async ({ journal, cache }) => {
  const en = now().toISOString();
  const sent = await cache.cursors();
  if (sent.catalogo === undefined) {
    const pagina = (scope: string, upserts: Record<string, readonly object[]>): PaginaScope => ({
      scope,
      reset: false,
      upserts: upserts as PaginaScope['upserts'],
      deletes: {},
      cursor: 'practica',
      head: true,
    });
    await cache.applyPull(
      {
        epoch: 'practica',
        pages: [
          pagina('practica', {
            tiendas: [TIENDA],
            almacenes: [ALMACEN],
            ubicaciones: UBICACIONES,
            conteos: [conteoPractica(en)],
            conteo_contadores: [CONTADOR],
            conteo_productos: ALCANCE,
          }),
          pagina('catalogo', { productos: PRODUCTOS, codigos_barras: CODIGOS }),
        ],
        lastMid: null,
        scopesAdded: [],
        scopesRemoved: [],
        done: true,
      },
      sent,
      'practica',
    );
  }
  await journal.enter(
    {
      usuarioId: PERSONA_PRACTICA,
      nombre: 'Práctica',
      correo: null,
      rol: 'almacenista',
      tiendaIds: [TIENDA.id],
      limiteAjuste: null,
      expiraEn: en,
    },
    // No turno at all: nothing of this could be sent even if somebody tried.
    { usuario: PERSONA_PRACTICA, token: '', emitido_en: en, expira_en: en },
  );
};
