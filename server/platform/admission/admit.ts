import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '#server/platform/logger.ts';
import { AppError } from '#shared/errores.ts';
import { type Lane, LaneFull, LaneLeft, type Place } from './lane.ts';
import { type LaneName, laneOf } from './lanes.ts';

/** The device of a body of `sync.*`: its first field. tRPC's bodies come as text. */
const DEVICE = /"deviceId"\s*:\s*"([0-9a-fA-F-]{36})"/;
/** How far into a body the device is looked for. */
const HEAD = 400;
/** The log says of a lane that it refuses this often at most: every refusal would be more load. */
const TELL_EVERY_MS = 60_000;

interface Held {
  readonly name: LaneName;
  readonly place: Place;
}

const held = new WeakMap<FastifyRequest, Held>();

/**
 * Who asks: the phone as it calls itself, else the session; null for whoever has neither, since a shop's people log in
 * from one address. Nothing is proven yet: it only keeps an honest phone that repeats itself from holding several turns;
 * the bounds of the lane hold against the others.
 */
function keyOf(request: FastifyRequest): string | null {
  const { headers, body } = request;
  const said = headers['x-device-id'];
  if (typeof said === 'string') return said.slice(0, 64);
  const inBody = typeof body === 'string' ? DEVICE.exec(body.slice(0, HEAD))?.[1] : undefined;
  return inBody?.toLowerCase() ?? headers.authorization ?? null;
}

/** Says once a minute that a lane refuses, with what it holds and has refused since the start. */
function teller(lanes: Readonly<Record<LaneName, Lane>>, logger: Logger): (lane: LaneName) => void {
  const told = new Map<LaneName, number>();
  return (lane) => {
    const now = performance.now();
    if (now - (told.get(lane) ?? Number.NEGATIVE_INFINITY) < TELL_EVERY_MS) return;
    told.set(lane, now);
    logger.warn({ lane, ...lanes[lane].state, limits: lanes[lane].limits }, 'a lane is full');
  };
}

/**
 * 429 with Retry-After (RFC 6585 §4). Log-in answers 503, which means the same to a phone: a 429 to a renewal would make
 * supabase-js end the session.
 */
function refuse(reply: FastifyReply, lane: LaneName, { retryAfterS }: LaneFull): AppError {
  void reply.header('retry-after', String(retryAfterS));
  return lane === 'login'
    ? new AppError('SERVIDOR_OCUPADO')
    : new AppError('SERVIDOR_LLENO', { segundos: retryAfterS });
}

/**
 * Holds every request to the limits of its lane. A place is taken at the first line of the request, so that bodies that
 * are still coming are counted; the turn only once the body is here, so that a phone on a bad network holds up nobody.
 * Both end when the answer is ready, or at once when the client goes away before its turn. What runs keeps its turn
 * although its client left: the database is still at it.
 */
export function admitByLane(
  app: FastifyInstance,
  lanes: Readonly<Record<LaneName, Lane>>,
  logger: Logger,
): void {
  const tell = teller(lanes, logger);
  app.addHook('onRequest', async (request, reply) => {
    const name = laneOf(request.url.split('?')[0] ?? '');
    if (name === null) return;
    try {
      const place = lanes[name].enter();
      held.set(request, { name, place });
      reply.raw.once('close', () => {
        if (!place.running) place.leave();
      });
    } catch (error) {
      if (!(error instanceof LaneFull)) throw error;
      tell(name);
      throw refuse(reply, name, error);
    }
  });

  app.addHook('preHandler', async (request, reply) => {
    const mine = held.get(request);
    // A route that hands over to "not found" comes through here twice.
    if (mine === undefined || mine.place.running) return;
    try {
      await mine.place.turn(keyOf(request));
    } catch (error) {
      if (error instanceof LaneLeft) throw new AppError('SERVIDOR_OCUPADO', {}, error);
      if (!(error instanceof LaneFull)) throw error;
      tell(mine.name);
      throw refuse(reply, mine.name, error);
    }
  });

  app.addHook('onSend', async (request) => endTurn(request));
  // Whatever way a reply took, it ends here.
  app.addHook('onResponse', async (request) => endTurn(request));
}

/** 429 for something that is bounded apart from its lane: back after this many seconds, at most twice as many. */
export function refuseFor(reply: FastifyReply, seconds: number): AppError {
  const retryAfterS = Math.ceil(seconds * (1 + Math.random()));
  void reply.header('retry-after', String(retryAfterS));
  return new AppError('SERVIDOR_LLENO', { segundos: retryAfterS });
}

/** Gives the turn back before the answer ends: a stream that stays open, once it is. */
export function endTurn(request: FastifyRequest): void {
  held.get(request)?.place.leave();
}
