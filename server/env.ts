import { isIP } from 'node:net';
import path from 'node:path';
import * as z from 'zod/mini';
import { LANES, type LaneName, type LaneSize } from './platform/admission/lanes.ts';

/** The project that does the log-in instead of our own `/auth/v1`. */
export interface SupabaseEnv {
  /** Without a slash at the end. */
  readonly url: string;
  /** Public: the client is given it. */
  readonly anonKey: string;
  /** Only for projects that still sign with HS256. */
  readonly jwtSecret: string | undefined;
  /** Secret: makes the accounts of invited people. Without it they are made in Supabase by hand. */
  readonly serviceKey: string | undefined;
}

/** How this process was told to run. Everything else is a setting in the database. */
export interface Env {
  readonly host: string;
  readonly port: number;
  /** Folder of the embedded database, its dumps and its lock; unused with `databaseUrl`. */
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly supabase: SupabaseEnv | undefined;
  /** Fill an empty database with the demo company and offer its log-ins. */
  readonly demo: boolean;
  /** True when only this machine can reach the server: demo passwords are accepted only then. */
  readonly loopback: boolean;
  readonly logLevel: string;
  /** Proxies whose X-Forwarded-For is believed. */
  readonly trustProxy: readonly string[];
  /** Requests a minute from one address before 429. */
  readonly ratePerMinute: number;
  /** Requests a minute with one personal token before 429. */
  readonly tokenPerMinute: number;
  /** Webhooks may go to this machine and to private networks. */
  readonly webhooksRedPrivada: boolean;
  /** Minutes between dumps of the embedded database; 0 turns them off. */
  readonly dumpMinutes: number;
  /** How many dumps are kept. */
  readonly dumpKeep: number;
  /** Connections to PostgreSQL from this process. */
  readonly poolMax: number;
  /** Limits of single lanes over those that come from the number of connections. */
  readonly lanes: Readonly<Partial<Record<LaneName, LaneSize>>>;
  /** The longest that a request waits for its turn. */
  readonly laneWaitMs: number;
  /** Streams of hints that this process keeps open. */
  readonly hintsMax: number;
}

/** A wrong environment, as a Spanish sentence for who starts the server. */
export class EnvError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EnvError';
  }
}

const Whole = z.string().check(z.regex(/^\d+$/));
/** `running/waiting` */
const Size = z.optional(z.string().check(z.regex(/^[1-9]\d{0,4}\/\d{1,5}$/)));
const Raw = z.object({
  HOST: z._default(z.string().check(z.minLength(1)), '127.0.0.1'),
  PORT: z._default(Whole, '3000'),
  DATA_DIR: z._default(z.string().check(z.minLength(1)), './data'),
  DATABASE_URL: z.optional(z.string().check(z.regex(/^postgres(ql)?:\/\//))),
  SUPABASE_URL: z.optional(z.url()),
  SUPABASE_ANON_KEY: z.optional(z.string()),
  SUPABASE_JWT_SECRET: z.optional(z.string()),
  SUPABASE_SERVICE_ROLE_KEY: z.optional(z.string()),
  DEMO: z.optional(z.enum(['0', '1'])),
  LOG_LEVEL: z._default(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), 'info'),
  TRUST_PROXY: z._default(z.string(), 'loopback'),
  RATE_PER_MINUTE: z._default(Whole, '3000'),
  TOKEN_PER_MINUTE: z._default(Whole, '600'),
  WEBHOOKS_RED_PRIVADA: z.optional(z.enum(['0', '1'])),
  DUMP_MINUTES: z._default(Whole, '30'),
  DUMP_KEEP: z._default(Whole, '8'),
  POOL_MAX: z._default(Whole, '12'),
  LANE_PUSH: Size,
  LANE_PULL: Size,
  LANE_HELLO: Size,
  LANE_SNAPSHOT: Size,
  LANE_PHOTOS: Size,
  LANE_LOGIN: Size,
  LANE_OFFICE: Size,
  LANE_WAIT_MS: z._default(Whole, '10000'),
  HINTS_MAX: z._default(Whole, '2000'),
});

/** True for names and addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

function lanesOf(raw: z.infer<typeof Raw>): Env['lanes'] {
  const sizes = LANES.flatMap((name) => {
    const [running, waiting] = raw[`LANE_${name.toUpperCase() as Uppercase<LaneName>}`]?.split('/') ?? [];
    return running === undefined ? [] : [[name, { running: Number(running), waiting: Number(waiting) }]];
  });
  return Object.fromEntries(sizes) as Env['lanes'];
}

/** Reads the environment. An empty variable counts as absent. Throws `EnvError`. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = Raw.safeParse(present);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
    throw new EnvError(
      `Estas variables no tienen un valor válido: ${names.join(', ')}. Revísalas y arranca otra vez.`,
    );
  }
  const raw = parsed.data;
  const port = Number(raw.PORT);
  if (port > 65_535) throw new EnvError('PORT debe ser un número entre 0 y 65535.');
  const loopback = isLoopback(raw.HOST);
  if (raw.DEMO === '1' && !loopback) {
    throw new EnvError(
      `Las contraseñas de la demo son públicas y HOST=${raw.HOST} deja entrar a otros equipos. Usa HOST=127.0.0.1, o DEMO=0 y crea tu propio administrador.`,
    );
  }
  if (raw.SUPABASE_URL !== undefined && raw.SUPABASE_ANON_KEY === undefined) {
    throw new EnvError('Con SUPABASE_URL hace falta también SUPABASE_ANON_KEY.');
  }
  return {
    host: raw.HOST,
    port,
    dataDir: path.resolve(raw.DATA_DIR),
    databaseUrl: raw.DATABASE_URL,
    supabase:
      raw.SUPABASE_URL === undefined || raw.SUPABASE_ANON_KEY === undefined
        ? undefined
        : {
            url: raw.SUPABASE_URL.replace(/\/+$/, ''),
            anonKey: raw.SUPABASE_ANON_KEY,
            jwtSecret: raw.SUPABASE_JWT_SECRET,
            serviceKey: raw.SUPABASE_SERVICE_ROLE_KEY,
          },
    demo: raw.DEMO === undefined ? raw.DATABASE_URL === undefined && loopback : raw.DEMO === '1',
    loopback,
    logLevel: raw.LOG_LEVEL,
    trustProxy: raw.TRUST_PROXY.split(',').map((part) => part.trim()),
    ratePerMinute: Number(raw.RATE_PER_MINUTE),
    tokenPerMinute: Math.max(1, Number(raw.TOKEN_PER_MINUTE)),
    webhooksRedPrivada: raw.WEBHOOKS_RED_PRIVADA === '1',
    dumpMinutes: Number(raw.DUMP_MINUTES),
    dumpKeep: Math.max(1, Number(raw.DUMP_KEEP)),
    poolMax: Math.max(2, Number(raw.POOL_MAX)),
    lanes: lanesOf(raw),
    laneWaitMs: Number(raw.LANE_WAIT_MS),
    hintsMax: Number(raw.HINTS_MAX),
  };
}
