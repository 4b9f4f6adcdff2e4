import type * as z from 'zod/mini';
import { audita } from '#server/auditoria/auditoria.sql.ts';
import type { Tx } from '#server/platform/db/db.ts';
import type {
  CambiaWebhook,
  CreaWebhook,
  Entrega,
  Intento,
  Webhook,
  WebhookCreado,
} from '#shared/contracts/api-webhooks.ts';
import { AppError } from '#shared/errores.ts';
import { cifra } from './cifra.ts';
import { resuelveDestino } from './destino.ts';
import { type EntregaDeps, intenta, tipoEntrega } from './entrega.ts';
import * as entregas from './entregas.sql.ts';
import { secretoNuevo } from './firma.ts';
import * as q from './webhooks.sql.ts';

const MAXIMO = 50;

interface Quien {
  readonly id: string;
}

export function aWebhook(row: q.WebhookRow): Webhook {
  return {
    id: row.id,
    nombre: row.nombre,
    url: row.url,
    tipos: row.tipos,
    tiendaIds: row.tiendaIds,
    activo: row.activo,
    fallandoDesde: row.fallandoDesde?.toISOString() ?? null,
    desactivadoEn: row.desactivadoEn?.toISOString() ?? null,
    motivo: row.motivo,
    version: row.version,
    creadoEn: row.creadoEn.toISOString(),
  };
}

export function aEntrega(row: entregas.EntregaRow): Entrega {
  return {
    id: row.id,
    mensajeId: row.mensajeId,
    tipo: row.tipo,
    estado: row.estado,
    intentos: row.intentos,
    bitacora: row.bitacora.map(({ en, status, ms, error }) => ({ en, status, ms, error })),
    siguienteEn: row.siguienteEn?.toISOString() ?? null,
    entregadaEn: row.entregadaEn?.toISOString() ?? null,
    creadaEn: row.creadaEn.toISOString(),
  };
}

async function anota(
  tx: Tx,
  { clock }: EntregaDeps,
  quien: Quien,
  accion: string,
  id: string,
  datos: Record<string, unknown>,
): Promise<void> {
  await audita(tx, {
    id: clock.newId(),
    en: clock.now(),
    usuarioId: quien.id,
    accion: `webhook.${accion}`,
    entidad: 'webhook',
    entidadId: id,
    tiendaId: null,
    datos,
  });
}

/** What an address is worth when it is typed; it is checked again, and then for good, at each delivery. */
async function revisa({ env, resuelve }: EntregaDeps, url: string): Promise<string> {
  try {
    return (await resuelveDestino(url, env.webhooksRedPrivada, resuelve)).url.href;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('WEBHOOK_URL_MALA', { detalle: 'ese nombre no se encuentra en internet' }, error);
  }
}

async function revisaTiendas(tx: Tx, ids: readonly string[]): Promise<void> {
  if ((await q.countTiendas(tx, ids)) !== new Set(ids).size) {
    throw new AppError('ENTRADA_INVALIDA', { detalle: 'una de las tiendas no existe' });
  }
}

/** A new one, with its secret, told this once. Throws WEBHOOK_*, ENTRADA_INVALIDA. */
export async function createWebhook(
  deps: EntregaDeps,
  quien: Quien,
  { nombre, url, tipos, tiendaIds }: z.infer<typeof CreaWebhook>,
): Promise<z.infer<typeof WebhookCreado>> {
  const destino = await revisa(deps, url);
  const { db, clock } = deps;
  return db.asService(async (tx) => {
    if ((await q.countWebhooks(tx)) >= MAXIMO) throw new AppError('WEBHOOK_DEMASIADOS', { maximo: MAXIMO });
    await revisaTiendas(tx, tiendaIds);
    const id = clock.newId();
    const secreto = secretoNuevo();
    await q.insertWebhook(tx, {
      id,
      nombre,
      url: destino,
      tipos: [...new Set(tipos)],
      tiendaIds: [...new Set(tiendaIds)],
      creadoEn: clock.now(),
      secretoCifrado: await cifra(tx, secreto, id, clock.newId),
      por: quien.id,
    });
    await anota(tx, deps, quien, 'creado', id, { nombre, url: destino, tipos, tiendaIds });
    return { secreto, webhook: aWebhook((await q.selectWebhook(tx, id))!) };
  });
}

/** Throws NO_ENCONTRADO, CAMBIO_ENTRETANTO when it is not at `version` any more (null: whatever it is). */
export async function changeWebhook(
  deps: EntregaDeps,
  quien: Quien,
  id: string,
  version: number | null,
  cambio: z.infer<typeof CambiaWebhook>,
): Promise<Webhook> {
  const destino = cambio.url === undefined ? undefined : await revisa(deps, cambio.url);
  return deps.db.asService(async (tx) => {
    const antes = await q.lockWebhook(tx, id);
    if (antes === undefined) throw new AppError('NO_ENCONTRADO');
    if (version !== null && antes.version !== version) throw new AppError('CAMBIO_ENTRETANTO');
    if (cambio.tiendaIds !== undefined) await revisaTiendas(tx, cambio.tiendaIds);
    const activo = cambio.activo ?? antes.activo;
    const vuelve = activo && !antes.activo;
    await q.updateWebhook(tx, {
      id,
      nombre: cambio.nombre ?? antes.nombre,
      url: destino ?? antes.url,
      tipos: cambio.tipos === undefined ? antes.tipos : [...new Set(cambio.tipos)],
      tiendaIds: cambio.tiendaIds === undefined ? antes.tiendaIds : [...new Set(cambio.tiendaIds)],
      activo,
      fallandoDesde: vuelve ? null : antes.fallandoDesde,
      desactivadoEn: vuelve ? null : antes.desactivadoEn,
      motivo: vuelve ? null : antes.motivo,
    });
    await anota(tx, deps, quien, 'cambiado', id, { ...cambio });
    return aWebhook((await q.selectWebhook(tx, id))!);
  });
}

/** A new secret, told this once; the former one signs nothing from now on. Throws NO_ENCONTRADO. */
export async function rotateSecreto(
  deps: EntregaDeps,
  quien: Quien,
  id: string,
): Promise<z.infer<typeof WebhookCreado>> {
  return deps.db.asService(async (tx) => {
    if ((await q.lockWebhook(tx, id)) === undefined) throw new AppError('NO_ENCONTRADO');
    const secreto = secretoNuevo();
    await q.updateSecreto(tx, id, await cifra(tx, secreto, id, deps.clock.newId));
    await anota(tx, deps, quien, 'secreto', id, {});
    return { secreto, webhook: aWebhook((await q.selectWebhook(tx, id))!) };
  });
}

/** With its deliveries. Throws NO_ENCONTRADO. */
export async function removeWebhook(deps: EntregaDeps, quien: Quien, id: string): Promise<void> {
  await deps.db.asService(async (tx) => {
    const antes = await q.lockWebhook(tx, id);
    if (antes === undefined || !(await q.deleteWebhook(tx, id))) throw new AppError('NO_ENCONTRADO');
    await anota(tx, deps, quien, 'quitado', id, { nombre: antes.nombre, url: antes.url });
  });
}

/** Sends a test now and says what came of it; it is among the deliveries. Throws NO_ENCONTRADO. */
export async function testWebhook(deps: EntregaDeps, id: string): Promise<z.infer<typeof Intento>> {
  const { db, clock } = deps;
  const entregaId = clock.newId();
  const creadaEn = clock.now();
  const mensajeId = `prueba_${entregaId}`;
  const tipo = 'webhook.prueba';
  const cuerpo = JSON.stringify({
    type: tipo,
    timestamp: creadaEn.toISOString(),
    data: { webhookId: id, mensaje: 'Si lees esto, la firma y la dirección están bien.' },
  });
  await db.asService(async (tx) => {
    if ((await q.lockWebhook(tx, id)) === undefined) throw new AppError('NO_ENCONTRADO');
    await entregas.insertEntrega(tx, {
      id: entregaId,
      webhookId: id,
      mensajeId,
      eventoId: null,
      tipo,
      cuerpo,
      siguienteEn: null,
      creadaEn,
    });
  });
  const hecho = await intenta(deps, { webhookId: id, mensajeId, cuerpo });
  await db.asService((tx) =>
    entregas.updateEntrega(tx, {
      id: entregaId,
      estado: hecho.error === null ? 'entregada' : 'fallida',
      intentos: 1,
      bitacora: [hecho],
      siguienteEn: null,
      entregadaEn: hecho.error === null ? clock.now() : null,
    }),
  );
  return hecho;
}

/**
 * A delivery once more, from its first try, with the same `webhook-id`: whoever has it already knows it by that. One that still
 * waits is left as it is. Throws NO_ENCONTRADO, WEBHOOK_DESACTIVADO.
 */
export async function replayEntrega(deps: EntregaDeps, quien: Quien, entregaId: string): Promise<void> {
  const kind = tipoEntrega(deps);
  await deps.jobs.prepare(kind);
  await deps.db.asService(async (tx) => {
    const vista = await entregas.selectEntrega(tx, entregaId);
    if (vista === undefined) throw new AppError('NO_ENCONTRADO');
    const webhook = await q.lockWebhook(tx, vista.webhookId);
    if (webhook?.activo !== true) throw new AppError('WEBHOOK_DESACTIVADO');
    const entrega = await entregas.lockEntrega(tx, entregaId);
    if (entrega === undefined) throw new AppError('NO_ENCONTRADO');
    if (entrega.estado === 'pendiente') return;
    const ahora = deps.clock.now();
    await entregas.updateEntrega(tx, {
      ...entrega,
      estado: 'pendiente',
      intentos: 0,
      siguienteEn: ahora,
      entregadaEn: null,
    });
    await deps.jobs.enqueue(tx, kind, { entregaId, intento: 0 }, { key: `${entregaId}:0` });
    await anota(tx, deps, quien, 'reenviado', webhook.id, { entregaId, tipo: entrega.tipo });
  });
}

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)\|([0-9a-f-]{36})$/;

/** Deliveries of a webhook, the newest first. */
export async function listEntregas(
  tx: Tx,
  webhookId: string,
  { despues, limite }: { despues: string | null; limite: number },
) {
  const [, en = '', id = ''] = CURSOR.exec(despues ?? '') ?? [];
  if (despues !== null && (en === '' || Number.isNaN(Date.parse(en)))) {
    throw new AppError('ENTRADA_INVALIDA', { detalle: '«despues» no es un valor que hayamos dado' });
  }
  if ((await q.selectWebhook(tx, webhookId)) === undefined) throw new AppError('NO_ENCONTRADO');
  const rows = await entregas.selectEntregas(tx, {
    webhookId,
    tras: despues === null ? null : { en, id },
    limite: limite + 1,
  });
  const ultima = rows.length > limite ? rows[limite - 1] : undefined;
  return {
    entregas: rows.slice(0, limite).map(aEntrega),
    despues: ultima === undefined ? null : `${ultima.micros}|${ultima.id}`,
  };
}
