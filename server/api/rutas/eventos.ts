import { once } from 'node:events';
import { decodeJwt } from 'jose';
import { acepta } from '#server/api/monta.ts';
import { type Peticion, ruta } from '#server/api/operacion.ts';
import { type Corriente, createCorriente } from '#server/eventos/corriente.ts';
import { type Lugar, leeEventos, lugarDe, patronesDe } from '#server/eventos/lee.ts';
import { endTurn, refuseFor } from '#server/platform/admission/admit.ts';
import type { Db } from '#server/platform/db/db.ts';
import type { Deps } from '#server/platform/deps.ts';
import { selectVivoPorId } from '#server/tokens/tokens.sql.ts';
import { bearerOf } from '#server/trpc/context.ts';
import { tokenAdmitido } from '#server/trpc/token-admitido.ts';
import { usuarioActivo } from '#server/trpc/usuario.sql.ts';
import { ConsultaEventos, PaginaEventos } from '#shared/contracts/api-eventos.ts';
import { ROLES } from '#shared/roles.ts';

const LIMITE = 200;
const SSE = 'text/event-stream';
/** Streams of one process; one more is told to come back. */
const MAX_ABIERTAS = 500;
const ESPERA_SIN_LUGAR_S = 15;

const corrientes = new WeakMap<Db, Promise<Corriente>>();

/** The streams of this process, opened with the server. */
export function corrienteDe(deps: Pick<Deps, 'db' | 'clock' | 'logger'>): Promise<Corriente> {
  const conocida = corrientes.get(deps.db);
  if (conocida !== undefined) return conocida;
  const abriendo = createCorriente(deps);
  corrientes.set(deps.db, abriendo);
  abriendo.catch(() => corrientes.delete(deps.db));
  return abriendo;
}

export async function cierraCorriente(db: Db): Promise<void> {
  const corriente = await corrientes.get(db);
  corrientes.delete(db);
  await corriente?.close();
}

/** An access token's own end; a personal token's, or none. */
function expiraDe({ request }: Pick<Peticion, 'request'>): Date | null {
  const token = tokenAdmitido(request);
  if (token !== undefined) return token.expiraEn;
  const { exp } = decodeJwt(bearerOf(request) ?? '');
  return new Date((exp ?? 0) * 1000);
}

async function transmite(
  { request, reply, ctx, claims }: Pick<Peticion, 'request' | 'reply' | 'ctx' | 'claims'>,
  desde: 'inicio' | 'ahora' | Lugar,
  patrones: readonly string[],
): Promise<void> {
  const corriente = await corrienteDe(ctx);
  if (corriente.abiertas >= MAX_ABIERTAS) throw refuseFor(reply, ESPERA_SIN_LUGAR_S);
  const token = tokenAdmitido(request);
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': `${SSE}; charset=utf-8`,
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  const ido = new AbortController();
  raw.on('close', () => ido.abort());
  const cierra = corriente.abre({
    claims,
    desde,
    patrones,
    expiraEn: expiraDe({ request }),
    async vale() {
      if (token !== undefined && !(await selectVivoPorId(ctx.db, token.tokenId, ctx.clock.now())))
        return false;
      return (await usuarioActivo(ctx.db, claims.sub)) !== undefined;
    },
    salida: {
      async write(text) {
        if (raw.destroyed || raw.writableEnded) throw new Error('the reader is gone');
        // A reader that is slow gets the next page when this one has left.
        if (!raw.write(text)) await once(raw, 'drain', { signal: ido.signal });
      },
      end: () => raw.end(),
    },
  });
  raw.on('close', cierra);
  if (raw.destroyed) cierra();
  endTurn(request);
}

const eventos = ruta({
  id: 'eventos',
  metodo: 'GET',
  ruta: '/api/eventos/negocio',
  grupo: 'Eventos',
  resumen: 'Lo que pasa en el negocio, en vivo (SSE) o por partes (JSON)',
  descripcion:
    'Con `Accept: text/event-stream` queda abierta y manda cada evento cuando se confirma; para retomar, repite con `Last-Event-ID` (lo hace solo `EventSource`) o con `desde`. Con JSON contesta una página y el `despues` con que se sigue. Nada se salta: el número se da al confirmar la transacción. `desde` es `ahora`, `inicio` o un `despues`; sin él, la corriente empieza ahora y el JSON desde lo más viejo que se guarda (90 días si no se cambió). `perdido` avisa que entre el cursor y lo que sigue hubo algo que ya no está. Cada quien recibe lo de sus tiendas y su puesto.',
  acceso: { alcance: 'eventos:leer', roles: ROLES },
  consulta: ConsultaEventos,
  respuestas: { 200: { descripcion: 'Los eventos', esquema: PaginaEventos, tipos: [SSE] } },
  rechazos: [429],
  ejemplo: { consulta: { desde: 'inicio', tipos: 'conteo.*,ajuste.aprobado', limite: '50' } },
  async maneja(peticion) {
    const { request, ctx, claims, query } = peticion;
    const vivo = request.headers.accept?.includes(SSE) === true && acepta(request.headers.accept, SSE);
    const ultimo = request.headers['last-event-id'];
    const pedido = typeof ultimo === 'string' && ultimo !== '' ? ultimo : query.desde;
    const desde =
      pedido === undefined
        ? vivo
          ? 'ahora'
          : 'inicio'
        : pedido === 'ahora' || pedido === 'inicio'
          ? pedido
          : lugarDe(pedido);
    const patrones = patronesDe(query.tipos);
    if (vivo) {
      await transmite(peticion, desde, patrones);
      return null;
    }
    const pagina = await leeEventos(ctx.db, claims, desde, { patrones, limite: query.limite ?? LIMITE });
    const { eventos: lista, despues, perdido } = pagina;
    return { cuerpo: { eventos: lista, despues, perdido }, despues: pagina.alDia ? null : despues };
  },
});

export const operacionesEventos = [eventos];
