import { azar } from '../sim/reloj.ts';
import { basePostgres, creaBase } from './bases.ts';
import { Cable } from './cable.ts';
import type { ClusterFirme } from './cluster-firme.ts';
import { CERO, type Cuentas, compara, espera, suma } from './cuentas.ts';
import { type Escena, hazEscenas } from './escena.ts';
import type { OpcionesServidor, Resultado } from './servidor.ts';
import { TelefonoReal } from './telefono.ts';

/** After a push begins, PostgreSQL falls within this. */
const CAIDA_MS = 400;

/**
 * Phones push to a server process that stays up while its PostgreSQL is knocked down under it: in turn `pg_ctl stop -m
 * immediate`, `kill -9` of everything, and `kill -9` of one connection. What was acknowledged must be on the disk.
 */
export async function golpeaPostgres(cluster: ClusterFirme, o: OpcionesServidor): Promise<Resultado> {
  const random = azar(o.semilla);
  const base = basePostgres(await creaBase(cluster, 'golpes'));
  const tandas = Math.ceil(o.ciclos / o.porTanda);
  const escenas = await base.abre((db) => hazEscenas(db, tandas, o.telefonos));
  const cable = await Cable.abre(azar(o.semilla + 1));
  let servidor = await base.arranca();
  cable.destino = servidor.puerto;
  const total = { ciclos: 0, enVuelo: 0, vaciadoMs: 0, detalle: [] as string[] };
  let cuentas: Cuentas = CERO;
  let arranques = 0;

  async function derriba(): Promise<void> {
    if (cable.enVuelo > 0) total.enVuelo += 1;
    const modo = total.ciclos % 3;
    if (modo === 0) await cluster.inmediato();
    else if (modo === 1) await cluster.mata();
    else await cluster.mataUna(random());
    total.ciclos += 1;
    await cluster.arranca();
    if (servidor.vivo) return;
    // It must wait for its database, not end with it.
    arranques += 1;
    total.detalle.push(`el servidor se apagó con su base: ${servidor.dicho.slice(-400)}`);
    servidor = await base.arranca();
    cable.destino = servidor.puerto;
  }

  async function tanda(escena: Escena, caidas: number): Promise<void> {
    const telefonos = escena.personas.map(
      (persona, i) => new TelefonoReal(persona, () => cable.url, azar(o.semilla + 10 * (i + 1))),
    );
    for (const telefono of telefonos) {
      await telefono.empiezaConteo(escena.almacenId);
      telefono.enciende();
    }
    cable.maldad = o.maldad ?? 0.02;
    const cada = Math.ceil(o.lineas / o.ciclos / telefonos.length);
    for (let i = 0; i < caidas; i += 1) {
      for (const telefono of telefonos) {
        await telefono.cuenta(cada, telefono.persona.gerente ? escena : undefined);
      }
      await cable.subida(2_000, 5_000);
      await new Promise((resolve) => setTimeout(resolve, random() * CAIDA_MS));
      await derriba();
      for (const telefono of telefonos) telefono.poke('online');
    }
    cable.maldad = 0;
    const { ms, quedan } = await espera(telefonos);
    total.vaciadoMs = Math.max(total.vaciadoMs, ms);
    if (quedan > 0) total.detalle.push(`quedaron ${quedan} sin enviar`);
    const fallo = await base.abre((db) => compara(db, telefonos));
    cuentas = suma(cuentas, fallo.cuentas);
    total.detalle.push(...fallo.detalle);
    for (const telefono of telefonos) await telefono.tira();
  }

  try {
    for (const escena of escenas) {
      if (total.ciclos >= o.ciclos || performance.now() > (o.hasta ?? Infinity)) break;
      await tanda(escena, Math.max(1, Math.min(o.porTanda, o.ciclos - total.ciclos)));
      o.alAvanzar?.(`${total.ciclos}/${o.ciclos} caídas, ${cuentas.lineas} líneas`);
    }
  } finally {
    if (servidor.vivo) await servidor.mata();
    await cable.cierra();
  }
  const golpesDeRed = [...cable.golpes.values()].reduce((a, b) => a + b, 0);
  return { ...total, ...cuentas, descuadres: cuentas.descuadres + arranques, golpesDeRed };
}
