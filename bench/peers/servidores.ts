import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { newId } from '#server/platform/clock.ts';
import { createDb } from '#server/platform/db/create-db.ts';
import type { Db } from '#server/platform/db/db.ts';
import { armaSnapshot } from '#server/sync/snapshot.ts';
import { type Cluster, startCluster } from '#tests/db/cluster.ts';
import { ProcesoServidor } from '../../tests/e2e/support/proceso-servidor.ts';
import { agrega, eanDe, esperaFoto } from '../app/servidor.ts';
import type { Articulo } from './contrato.ts';

/** More products than this are loaded behind the triggers' back. */
const DE_GOLPE = 200_000;
const POR_SENTENCIA = 20_000;

/** What the runner asks of a server in the race. */
export interface Servidor {
  readonly url: string;
  /** Of ours. */
  readonly pid?: number;
  /** Gives these products another price. */
  cambia(claves: readonly string[], precio: string): Promise<void>;
  /** Lines that arrived in this run. */
  lineas(): Promise<number>;
  /** Back to no lines, for the next run; ours is thrown away instead. */
  vacia?(): Promise<void>;
  cierra(): Promise<void>;
}

/** The demo company and more products, once; each run gets a server of its own over a copy. */
export class Nuestros {
  readonly #cluster: Cluster;
  #corrida = 0;
  #agregados = 0;

  private constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** `productos` in total; the demo's are never fewer than its own. */
  static async prepara(productos: number): Promise<Nuestros> {
    const nuestros = new Nuestros(await startCluster());
    await nuestros.#admin('create database plantilla owner devcompras');
    await nuestros.crece(productos);
    return nuestros;
  }

  /** The same catalogue with more products, up to that many in total, and its snapshot. */
  async crece(productos: number): Promise<{ agregarMs: number; fotoMs: number | null }> {
    const url = this.#cluster.ownerUrl('plantilla');
    const db = await createDb({ kind: 'postgres', url, max: 2 });
    try {
      const faltan = await this.#faltan(db, productos);
      const antes = performance.now();
      if (faltan <= DE_GOLPE) return await this.#creceConServidor(db, productos);
      await this.#agregaDeGolpe(this.#agregados + faltan, this.#agregados);
      this.#agregados += faltan;
      const agregarMs = performance.now() - antes;
      // Without the pauses that a server leaves to requests.
      await armaSnapshot(db);
      return { agregarMs, fotoMs: performance.now() - antes - agregarMs };
    } finally {
      await db.close();
    }
  }

  async #faltan(db: Db, productos: number): Promise<number> {
    const { rows } = await db.pool.query(
      "select case when to_regclass('inventario.productos') is null then 0 else 1 end as hay",
    );
    if ((rows[0] as { hay: number }).hay === 0) return 0;
    const { rows: cuenta } = await db.pool.query(
      'select count(*)::int as n from inventario.productos where is_active',
    );
    return Math.max(0, productos - (cuenta[0] as { n: number }).n);
  }

  async #creceConServidor(db: Db, productos: number): Promise<{ agregarMs: number; fotoMs: number | null }> {
    const proceso = await ProcesoServidor.arranca({
      DATABASE_URL: this.#cluster.ownerUrl('plantilla'),
      DEMO: '1',
    });
    // Only now the demo is there.
    const faltan = await this.#faltan(db, productos);
    const antes = performance.now();
    await agrega(db, this.#agregados + faltan, this.#agregados);
    this.#agregados += faltan;
    const agregarMs = performance.now() - antes;
    // As some seconds after an import; the peers' servers are full and warm too.
    const fotoMs = await esperaFoto(db, productos);
    if (fotoMs !== null)
      console.log(`snapshot armado a los ${(fotoMs / 1000).toFixed(1)} s del último cambio`);
    await proceso.apaga();
    return { agregarMs, fotoMs };
  }

  /** As `agrega`, past the triggers, and then everything is listed anew: the hour is the phone's and not the import's. */
  async #agregaDeGolpe(total: number, primero: number): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#cluster.adminUrl.replace(/postgres$/, 'plantilla'),
    });
    await client.connect();
    // The server's search by words costs most of an insert, and no phone asks for it.
    const { rows } = await client.query<{ nombre: string }>(`
      select i.indexrelid::regclass::text as nombre from pg_index i join pg_class c on c.oid = i.indexrelid
        join pg_am a on a.oid = c.relam where i.indrelid = 'inventario.productos'::regclass and a.amname = 'gin'`);
    for (const { nombre } of rows) await client.query(`drop index ${nombre}`);
    const { rows: modelos } = await client.query<{ nombre: string; marca: string | null; precio: string }>(
      "select nombre, marca, precio::text as precio from inventario.productos where codigo not like 'G%-BANCO' order by codigo",
    );
    await client.query('begin; set local session_replication_role = replica');
    for (let desde = primero; desde < total; desde += POR_SENTENCIA) {
      const ns = Array.from({ length: Math.min(POR_SENTENCIA, total - desde) }, (_, i) => desde + i);
      const de = ns.map((n) => modelos[n % modelos.length]!);
      await client.query(
        `with nuevos as (
                select * from unnest($1::int[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::numeric[])
                           as x (n, id, ean, codigo_id, nombre, marca, precio)),
              productos as (
                insert into inventario.productos (id, codigo, nombre, marca, precio)
                select id, 'G' || n || '-BANCO', nombre || ' serie ' || n, marca, precio from nuevos)
         insert into inventario.codigos_barras (id, codigo, clave_gtin, producto_id)
         select codigo_id, ean, '0' || ean, id from nuevos`,
        [
          ns,
          ns.map(() => newId()),
          ns.map(eanDe),
          ns.map(() => newId()),
          de.map(({ nombre }) => nombre),
          de.map(({ marca }) => marca),
          de.map(({ precio }) => precio),
        ],
      );
    }
    await client.query('commit');
    await client.query('select sync.rebuild()');
    await client.query('analyze');
    await client.end();
  }

  /** Every product that a phone may find by code, as one document of a peer; or that many of them, the first and some spread evenly. */
  async articulos(muestra?: number): Promise<Articulo[]> {
    const client = new pg.Client({ connectionString: this.#cluster.ownerUrl('plantilla') });
    await client.connect();
    const elegidos = `(select y.* from (
      select x.*, row_number() over (order by x.codigo like 'G%-BANCO', x.id) - 1 as lugar, count(*) over () as de
        from inventario.productos x) y where y.lugar < 10 or y.lugar % greatest(1, y.de / ${Number(muestra)}) = 0)`;
    const { rows } = await client.query(`
      select (select min(c.codigo) from inventario.codigos_barras c
               where c.producto_id = p.id and c.is_active and c.factor = 1
                 and not exists (select from inventario.codigos_barras o where o.codigo = c.codigo and o.id <> c.id)) as ean,
             p.id, p.codigo, p.nombre, p.categoria_id as "categoriaId", p.precio::text as precio, p.unidad, p.decimales, p.marca,
             p.modelo, p.sku, p.upc, p.imagen_url as "imagenUrl", p.pide_lote as "pideLote", p.pide_caducidad as "pideCaducidad",
             p.es_servicio as "esServicio", p.es_juego as "esJuego", p.fusionado_en as "fusionadoEn", p.is_active as "isActive"
        from ${muestra === undefined ? 'inventario.productos' : elegidos} p order by p.codigo like 'G%-BANCO', p.id`);
    await client.end();
    return rows.map(({ ean, ...fila }) => ({ clave: ean ?? fila.codigo, ...fila }));
  }

  /** A server over a fresh copy of the books. */
  async abre(): Promise<Servidor> {
    this.#corrida += 1;
    const nombre = `corrida_${this.#corrida}`;
    await this.#admin(`create database ${nombre} template plantilla owner devcompras`);
    const url = this.#cluster.ownerUrl(nombre);
    const proceso = await ProcesoServidor.arranca({ DATABASE_URL: url });
    const db = await createDb({ kind: 'postgres', url, max: 2 });
    return {
      url: proceso.url,
      pid: proceso.pid,
      async cambia(claves, precio) {
        await db.asService(async (tx) => {
          await tx
            .updateTable('inventario.productos')
            .set({ precio })
            .where('id', 'in', (qb) =>
              qb
                .selectFrom('inventario.codigos_barras')
                .select('producto_id')
                .where('codigo', 'in', [...claves]),
            )
            .execute();
        });
      },
      async lineas() {
        const { rows } = await db.pool.query(
          "select count(*)::int as n from inventario.conteo_lineas l join inventario.conteos c on c.id = l.conteo_id where c.nombre = 'Conteo libre'",
        );
        return (rows[0] as { n: number }).n;
      },
      cierra: async () => {
        await db.close();
        await proceso.mata();
        await this.#admin(`drop database ${nombre} with (force)`);
      },
    };
  }

  /** The process whose children serve every connection. */
  async postmaster(): Promise<number> {
    const admin = new pg.Client({ connectionString: this.#cluster.adminUrl });
    await admin.connect();
    const { rows } = await admin.query<{ data_directory: string }>('show data_directory');
    await admin.end();
    return Number(readFileSync(join(rows[0]!.data_directory, 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  async #admin(consulta: string): Promise<void> {
    const admin = new pg.Client({ connectionString: this.#cluster.adminUrl });
    await admin.connect();
    await admin.query(consulta);
    await admin.end();
  }

  cierra(): Promise<void> {
    return this.#cluster.stop();
  }
}

/** A peer's server, in a process of its own, filled once; each run starts without lines. */
export async function abreRival(guion: string, productos: string, carpeta: string): Promise<Servidor> {
  mkdirSync(carpeta, { recursive: true });
  const proceso = spawn(
    process.execPath,
    ['--no-warnings', join(import.meta.dirname, 'ajenos', guion), productos, carpeta],
    {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production' },
      cwd: carpeta,
    },
  );
  const url = await puertoDe(proceso, guion);
  const banco = async (ruta: string, cuerpo?: object): Promise<{ lineas?: number }> => {
    const response = await fetch(
      `${url}/banco/${ruta}`,
      cuerpo && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(cuerpo),
      },
    );
    if (!response.ok) throw new Error(`${guion} ${ruta}: ${response.status}`);
    return (await response.json()) as { lineas?: number };
  };
  return {
    url,
    cambia: async (claves, precio) => void (await banco('cambia', { claves, precio })),
    lineas: async () => (await banco('lineas')).lineas ?? -1,
    vacia: async () => void (await banco('vacia', {}).catch(() => undefined)),
    async cierra() {
      const fin = new Promise((done) => proceso.once('exit', done));
      proceso.kill('SIGTERM');
      await fin;
      rmSync(carpeta, { recursive: true, force: true });
    },
  };
}

function puertoDe(proceso: ChildProcess, guion: string): Promise<string> {
  return new Promise((listo, falla) => {
    let dicho = '';
    proceso.stdout?.on('data', (trozo: Buffer) => {
      dicho += trozo.toString();
      const puerto = /puerto (\d+)/.exec(dicho)?.[1];
      if (puerto !== undefined) listo(`http://127.0.0.1:${puerto}`);
    });
    proceso.once('exit', (code) => falla(new Error(`${guion} terminó con ${code}: ${dicho}`)));
  });
}
