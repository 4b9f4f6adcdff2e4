import { SCOPE_SNAPSHOT } from '#shared/contracts/snapshot.ts';
import { type DeviceInfo, type EnginePorts, NetFailure, type ResumenCatalogo } from './ports.ts';
import type { Call } from './pull.ts';

/** A server that cannot tell now is asked again after this long. */
const OTRA_VEZ_MS = 10 * 60_000;
/** Scopes besides the catalogue that are compared in one round; the others are due in the next. */
const POR_RONDA = 4;

type Respuesta = boolean | null | 'nunca' | 'luego';

/** The daily comparison of everything that is held here with the server's. */
export class Verificador {
  readonly #ports: EnginePorts;
  #espera = Number.NEGATIVE_INFINITY;
  /** Of each scope that could not be told: the others go on. */
  readonly #esperas = new Map<string, number>();

  constructor(ports: EnginePorts) {
    this.#ports = ports;
  }

  /**
   * At the head. True: something is not the server's, and its cursor is forgotten, so that it comes again whole; the
   * journal has no part in it. A question that could not be put, or has no answer, waits.
   */
  async noCoincide(device: DeviceInfo, call: Call): Promise<boolean> {
    const catalogo = await this.#catalogo(device, call);
    const otros = await this.#otros(device, call);
    return catalogo || otros;
  }

  async #catalogo(device: DeviceInfo, call: Call): Promise<boolean> {
    const { cache, clock, log, net } = this.#ports;
    const { foto } = cache;
    if (!foto || !net.verify || clock.mono() < this.#espera) return false;
    if (!(await foto.tocaVerificar(clock.now()))) return false;
    const resumen = await foto.resumen();
    if (resumen === null) return false;
    this.#espera = clock.mono() + OTRA_VEZ_MS;
    const igual = await this.#pregunta(SCOPE_SNAPSHOT, resumen, device, call);
    // An older server has no such procedure: another day.
    if (igual === 'nunca') await foto.anota(null, clock.now());
    if (igual === 'nunca' || igual === 'luego' || igual === null) return false;
    await foto.anota(igual, clock.now());
    if (igual) return false;
    log('catalogo.distinto', { filas: resumen.cuenta });
    await foto.suelta(resumen.cursor);
    return true;
  }

  async #otros(device: DeviceInfo, call: Call): Promise<boolean> {
    const { cache, clock, log, net } = this.#ports;
    const { cotejo } = cache;
    if (!cotejo || !net.verify) return false;
    const tocan = (await cotejo.tocan(clock.now())).filter(
      (scope) => clock.mono() >= (this.#esperas.get(scope) ?? Number.NEGATIVE_INFINITY),
    );
    let distinto = false;
    for (const scope of tocan.slice(0, POR_RONDA)) {
      const resumen = await cotejo.resumen(scope);
      if (resumen === null) continue;
      const igual = await this.#pregunta(scope, resumen, device, call);
      if (igual === null || igual === 'luego') {
        this.#esperas.set(scope, clock.mono() + OTRA_VEZ_MS);
        if (igual === null) continue;
        break;
      }
      await cotejo.anota(scope, igual === 'nunca' ? null : igual, clock.now());
      if (igual !== false) continue;
      log('scope.distinto', { scope, filas: resumen.cuenta });
      await cotejo.suelta(scope, resumen.cursor);
      distinto = true;
    }
    return distinto;
  }

  async #pregunta(
    scope: string,
    resumen: ResumenCatalogo,
    { id: deviceId, secret }: DeviceInfo,
    call: Call,
  ): Promise<Respuesta> {
    const { cache, net, log } = this.#ports;
    const input = { deviceId, secret, schema: cache.schema, scope, ...resumen };
    try {
      return (await call((signal) => net.verify!(input, signal))).igual;
    } catch (error) {
      if (!(error instanceof NetFailure)) throw error;
      log('catalogo.sin_verificar', { scope, error: String(error) });
      return error.status === 404 ? 'nunca' : 'luego';
    }
  }
}
