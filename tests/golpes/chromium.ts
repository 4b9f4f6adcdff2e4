import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Cluster } from '../db/cluster.ts';
import { PantallaContar } from '../e2e/paginas/contar.ts';
import { type Modo, Red } from '../e2e/support/red.ts';
import { Telefono } from '../e2e/support/telefono.ts';
import { azar } from '../sim/reloj.ts';
import { type Base, basePostgres, creaBase } from './bases.ts';
import { CERO, type Cuentas, VACIADO_MS } from './cuentas.ts';
import { enPantalla, leeDiario, vigila } from './pagina-viva.ts';

export interface OpcionesChromium {
  /** Times that the browser is killed. */
  readonly ciclos: number;
  readonly semilla: number;
  /** Of `performance.now()`: past it no other cycle begins. */
  readonly hasta?: number;
  /** After each kill the disk is put back as it was before: lines must be found missing, or the comparison sees nothing. */
  readonly control?: boolean;
  readonly alAvanzar?: (texto: string) => void;
}

export interface ResultadoChromium extends Cuentas {
  readonly ciclos: number;
  /** Kills that found a reading whose line was not on the screen yet. */
  readonly aMedias: number;
  /** Lines that were on disk after a kill, and that nobody had seen. */
  readonly sinVerse: number;
  readonly lecturas: number;
  readonly vaciadoMs: number;
  readonly detalle: string[];
}

interface Etiqueta {
  /** What is read. */
  readonly barras: string;
  /** What the screen says. */
  readonly codigo: string;
  readonly productoId: string;
}

/** Fewer than the rows beside the pad, so that all of them are on the screen. */
const PRODUCTOS = 24;
const PLAZO_PANTALLA_MS = 20_000;
/** Between two readings, and from the last one to the kill. */
const ENTRE_MS = 150;
const MUERTE_MS = 400;
/** Saving takes about this: half of the kills fall into it. */
const GUARDANDO_MS = 60;
/** The network of a cycle: mostly there, so that kills meet pushes and pulls too. */
const REDES: readonly Modo[] = ['normal', 'normal', 'normal', 'caida', 'sin_respuesta', 'cortada'];

/** Products of the demo whose label is one piece and asks nothing. */
function etiquetas(base: Base): Promise<Etiqueta[]> {
  return base.abre(async (db) => {
    const { rows } = await sql<Etiqueta>`
      select b.codigo as barras, p.codigo, p.id as "productoId"
        from inventario.codigos_barras b join inventario.productos p on p.id = b.producto_id
       where b.is_active and p.is_active and b.factor = 1 and b.tipo = 'barras' and length(b.codigo) = 13
         and not p.pide_lote and not p.pide_caducidad
         and (select count(*) from inventario.codigos_barras c where c.codigo = b.codigo or c.producto_id = p.id) = 1
       order by p.codigo limit ${PRODUCTOS}`.execute(db.kysely);
    if (rows.length < 5) throw new Error('the demo has too few labels of one piece');
    return rows;
  });
}

const suma = (piezas: ReadonlyMap<string, number>) => [...piezas.values()].reduce((a, b) => a + b, 0);

/**
 * The built app in a real Chromium whose profile stays: readings as a gun makes them on the counting screen, and `kill
 * -9` of the whole browser within 400 ms, over and over. What the screen showed as saved is noted in this process the moment
 * it is there. After each start the journal on disk and the screen must hold at least that; at the end the server too.
 */
export async function golpeaChromium(cluster: Cluster, o: OpcionesChromium): Promise<ResultadoChromium> {
  // A browser that is killed takes none of its temporary files with it.
  const carpeta = mkdtempSync(path.join(tmpdir(), 'devcompras-golpes-'));
  const temporal = process.env.TMPDIR;
  process.env.TMPDIR = carpeta;
  const copia = path.join(carpeta, 'antes');
  const base = basePostgres(await creaBase(cluster, 'chromium', { migrada: false }));
  const servidor = await base.arranca({ DEMO: '1' });
  const catalogo = await etiquetas(base);
  const red = await Red.abre(() => `http://127.0.0.1:${servidor.puerto}`);
  const telefono = await Telefono.nuevo(red);
  const random = azar(o.semilla);
  const cuentas = { ...CERO };
  const detalle: string[] = [];
  /** Outside the browser: pieces of each code that a screen showed as saved. */
  const oraculo = new Map<string, number>();
  /** Pieces of each code that were on disk or whose trigger was pulled since: the journal may hold no more. */
  const tope = new Map<string, number>();
  const ids = new Set<string>();
  let [ciclos, aMedias, sinVerse, lecturas, vaciadoMs] = [0, 0, 0, 0, 0];
  let conteo = '';
  const anota = (codigo: string, piezas: number) => {
    if (piezas > (oraculo.get(codigo) ?? 0)) oraculo.set(codigo, piezas);
  };

  /** The journal against what was shown and what was read; what is missing is counted once. */
  function juzga(hay: ReadonlyMap<string, number>, donde: string): void {
    for (const { codigo } of catalogo) {
      const piezas = hay.get(codigo) ?? 0;
      const falta = (oraculo.get(codigo) ?? 0) - piezas;
      const sobra = piezas - (tope.get(codigo) ?? 0);
      if (falta > 0) {
        cuentas.perdidas += falta;
        oraculo.set(codigo, piezas);
        detalle.push(`${donde}, ciclo ${ciclos}: faltan ${falta} de ${codigo}`);
      }
      if (sobra > 0) {
        cuentas.dobladas += sobra;
        tope.set(codigo, piezas);
        detalle.push(`${donde}, ciclo ${ciclos}: sobran ${sobra} de ${codigo}`);
      }
    }
  }

  /** Opens the counting screen as a person does, watched from the first frame. Resolves with what the journal holds. */
  async function alConteo(boton: string): Promise<Map<string, number>> {
    await vigila(telefono.pagina, anota);
    try {
      const empieza = telefono.pagina.getByRole('button', { name: boton, exact: true });
      await empieza.click({ timeout: PLAZO_PANTALLA_MS });
      await new PantallaContar(telefono.pagina).region.waitFor({ timeout: PLAZO_PANTALLA_MS });
    } catch (cause) {
      // What a person would see instead, before the disk is gone.
      const dice = await telefono.pagina.locator('body').ariaSnapshot();
      const errores = telefono.errores().join('; ');
      throw new Error(`ciclo ${ciclos}: la app no llegó a contar: ${dice} ${errores}`, { cause });
    }
    const diario = await leeDiario(telefono.pagina);
    conteo = diario.conteo ?? conteo;
    for (const linea of diario.lineas) ids.add(linea.id);
    const codigoDe = new Map(catalogo.map(({ productoId, codigo }) => [productoId, codigo]));
    const hay = new Map<string, number>();
    for (const { productoId, cantidad } of diario.lineas) {
      const codigo = codigoDe.get(productoId ?? '') ?? `${productoId}`;
      hay.set(codigo, (hay.get(codigo) ?? 0) + Number(cantidad));
    }
    return hay;
  }

  /** The screen must come to say what the journal says. */
  async function comparaPantalla(hay: ReadonlyMap<string, number>): Promise<void> {
    const desde = performance.now();
    let dice = new Map<string, number>();
    while (performance.now() - desde < PLAZO_PANTALLA_MS) {
      dice = await enPantalla(telefono.pagina);
      if (catalogo.every(({ codigo }) => (dice.get(codigo) ?? 0) === (hay.get(codigo) ?? 0))) return;
      await sleep(50);
    }
    cuentas.descuadres += 1;
    detalle.push(`ciclo ${ciclos}: la pantalla dice ${suma(dice)} piezas y el diario ${suma(hay)}`);
  }

  /** Pulls the trigger some times. Resolves with how many. */
  async function lee(): Promise<number> {
    const cuantas = 2 + Math.floor(random() * 4);
    let previa = -1;
    for (let i = 0; i < cuantas; i += 1) {
      // Another label each time: the same one within 300 ms is one pull that bounced.
      let cual = Math.floor(random() * catalogo.length);
      if (cual === previa) cual = (cual + 1) % catalogo.length;
      previa = cual;
      const { barras, codigo } = catalogo[cual]!;
      if (i > 0) await sleep(random() * ENTRE_MS);
      tope.set(codigo, (tope.get(codigo) ?? 0) + 1);
      lecturas += 1;
      await telefono.pistola(barras);
    }
    return cuantas;
  }

  const perfil = path.join(telefono.perfil, 'Default', 'IndexedDB');
  try {
    await telefono.instala('almacen1@demo.mx');
    let hay = await alConteo('Contar');
    for (;;) {
      red.modo = o.control ? 'caida' : REDES[Math.floor(random() * REDES.length)]!;
      // Nothing of a life before can still arrive: the journal as it is, and what is read now.
      for (const { codigo } of catalogo) tope.set(codigo, hay.get(codigo) ?? 0);
      const leidas = await lee();
      await sleep(random() * (random() < 0.5 ? GUARDANDO_MS : MUERTE_MS));
      await telefono.mata();
      const vistas = suma(oraculo);
      if (vistas < suma(hay) + leidas) aMedias += 1;
      ciclos += 1;
      const errores = telefono.errores();
      if (errores.length > 0) {
        cuentas.descuadres += 1;
        detalle.push(`ciclo ${ciclos}: ${errores[0]}`);
      }
      if (o.control && ciclos > 1) {
        rmSync(perfil, { recursive: true, force: true });
        cpSync(copia, perfil, { recursive: true });
      }
      if (o.control) {
        rmSync(copia, { recursive: true, force: true });
        cpSync(perfil, copia, { recursive: true });
      }
      red.recibido.length = 0;
      red.cuerpos.length = 0;
      red.pedidas.length = 0;
      await telefono.abre();
      hay = await alConteo('Seguir contando');
      sinVerse += Math.max(0, suma(hay) - vistas);
      juzga(hay, 'diario');
      await comparaPantalla(hay);
      if (ciclos % 10 === 0) o.alAvanzar?.(`${ciclos}/${o.ciclos} muertes, ${suma(oraculo)} líneas`);
      if (ciclos >= o.ciclos || performance.now() > (o.hasta ?? Infinity)) break;
    }
    if (!o.control) {
      red.modo = 'normal';
      const desde = performance.now();
      let diario = await leeDiario(telefono.pagina);
      while (diario.pendientes > 0 && performance.now() - desde < VACIADO_MS) {
        await sleep(100);
        diario = await leeDiario(telefono.pagina);
      }
      vaciadoMs = performance.now() - desde;
      cuentas.atoradas = diario.pendientes;
      for (const { name, error } of diario.noAplicadas.slice(0, 3)) detalle.push(`${name}: ${error}`);
      cuentas.descuadres += diario.noAplicadas.length;
      await comparaServidor(diario.device);
    }
  } finally {
    await telefono.cierra();
    await red.cierra();
    await servidor.mata();
    if (temporal === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporal;
    rmSync(carpeta, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  async function comparaServidor(device: { id: string; nextMid: number } | null): Promise<void> {
    await base.abre(async (db) => {
      const { rows } = await sql<{ id: string; codigo: string; n: number; piezas: string }>`
        select l.id, p.codigo, count(*)::int as n, sum(l.cantidad)::text as piezas
          from inventario.conteo_lineas l join inventario.productos p on p.id = l.producto_id
         where l.conteo_id = ${conteo} group by l.id, p.codigo`.execute(db.kysely);
      const enBase = new Map<string, number>();
      for (const { id, codigo, n, piezas } of rows) {
        enBase.set(codigo, (enBase.get(codigo) ?? 0) + Number(piezas));
        cuentas.dobladas += n - 1 + (ids.has(id) ? 0 : 1);
      }
      juzga(enBase, 'servidor');
      const { rows: equipos } = await sql<{ id: string; last: string; n: string }>`
        select d.id, d.last_mid::text as last, count(m.mid)::text as n
          from sync.device d join sync.mutation m on m.device_id = d.id group by d.id`.execute(db.kysely);
      const dio = String((device?.nextMid ?? 1) - 1);
      const bien = equipos.length === 1 && [equipos[0]!.last, equipos[0]!.n].every((texto) => texto === dio);
      if (bien && equipos[0]!.id === device?.id) return;
      cuentas.descuadres += 1;
      detalle.push(`equipos ${JSON.stringify(equipos)}, el teléfono dio ${dio}`);
    });
  }

  return {
    ...cuentas,
    lineas: suma(oraculo),
    ciclos,
    aMedias,
    sinVerse,
    lecturas,
    vaciadoMs,
    detalle,
  };
}
