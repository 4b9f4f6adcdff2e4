import { SCOPE_SNAPSHOT } from '#shared/contracts/snapshot.ts';
import { type DeviceInfo, type EnginePorts, NetFailure } from './ports.ts';
import type { Call } from './pull.ts';

/** A server that cannot tell now is asked again after this long. */
const OTRA_VEZ_MS = 10 * 60_000;

/** The daily comparison of the catalogue with the server's. */
export class Verificador {
  readonly #ports: EnginePorts;
  #espera = Number.NEGATIVE_INFINITY;

  constructor(ports: EnginePorts) {
    this.#ports = ports;
  }

  /**
   * At the head. True: the catalogue is not the server's, and its cursor is forgotten, so that it comes again whole; the
   * journal has no part in it. A question that could not be put, or has no answer, waits.
   */
  async noCoincide(device: DeviceInfo, call: Call): Promise<boolean> {
    const { cache, net, clock, log } = this.#ports;
    const { foto } = cache;
    if (!foto || !net.verify || clock.mono() < this.#espera) return false;
    if (!(await foto.tocaVerificar(clock.now()))) return false;
    const resumen = await foto.resumen();
    if (resumen === null) return false;
    const { id: deviceId, secret } = device;
    const input = { deviceId, secret, schema: cache.schema, scope: SCOPE_SNAPSHOT, ...resumen };
    this.#espera = clock.mono() + OTRA_VEZ_MS;
    let igual: boolean | null;
    try {
      ({ igual } = await call((signal) => net.verify!(input, signal)));
    } catch (error) {
      if (!(error instanceof NetFailure)) throw error;
      log('catalogo.sin_verificar', { error: String(error) });
      // An older server has no such procedure: another day.
      if (error.status === 404) await foto.anota(null, clock.now());
      return false;
    }
    if (igual === null) return false;
    await foto.anota(igual, clock.now());
    if (igual) return false;
    log('catalogo.distinto', { filas: resumen.cuenta });
    await foto.suelta(resumen.cursor);
    return true;
  }
}
