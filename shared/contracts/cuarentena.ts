import * as z from 'zod/mini';
import { Equipo } from './sync.ts';

/**
 * `sync.quarantine`: one mutation that the server broke on three times alone and that the phone set aside, as raw text,
 * so that it is not only on the phone. It stays there too, and may still be applied from either side.
 */
export const CuarentenaEntrada = z.extend(Equipo, {
  /** Order of saving on the phone: what was sent already is known by it. */
  seq: z.int().check(z.gte(1)),
  name: z.string().check(z.maxLength(200)),
  args: z.string().check(z.maxLength(200 * 1024)),
  /** The phone's raw clock when saved, and what it was answered; read as far as they can be. */
  createdAt: z.string().check(z.maxLength(60)),
  error: z.string().check(z.maxLength(1_000)),
  turno: z.nullable(z.string().check(z.maxLength(8 * 1024))),
});
export const CuarentenaSalida = z.object({ guardada: z.boolean() });
export type CuarentenaEntrada = z.infer<typeof CuarentenaEntrada>;
export type CuarentenaSalida = z.infer<typeof CuarentenaSalida>;
