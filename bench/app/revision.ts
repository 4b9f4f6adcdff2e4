/**
 * The review of a large conteo in the real app: `node bench/app/revision.ts [productos] [CPU ÷] [carpeta de imágenes]`.
 * Measures the server's answer, its bytes on the wire, the time to the first rows, a fling by touch at the fastest that
 * Android's own lists allow (8,000 dp/s, ViewConfiguration.MAXIMUM_FLING_VELOCITY), scrolling three times faster than
 * that, and typing in the search. Needs a built app (`npm run build`) and PostgreSQL.
 */
import { sql } from 'kysely';
import { newId } from '#server/platform/clock.ts';
import type { Db } from '#server/platform/db/db.ts';
import {
  abreTelefono,
  dice,
  entra,
  frena,
  interacciones,
  percentil,
  vigilaInteracciones,
} from './navegador.ts';
import { abreServidor } from './servidor.ts';

const TOTAL = Number(process.argv[2] ?? 3_000);
const CPU = Number(process.argv[3] ?? 4);
const IMAGENES = process.argv[4];
const conteo = newId();

/** A conteo of the whole almacén that two people counted: 80 % exact, 15 % off by one, 5 % off by many. */
async function siembra(db: Db): Promise<void> {
  const hora = (minutos: number) => new Date(Date.now() - minutos * 60_000);
  await db.asService(async (tx) => {
    const uno = async <T>(consulta: ReturnType<typeof sql<T>>) => (await consulta.execute(tx)).rows[0] as T;
    const { tienda, almacen } = await uno(
      sql<{ tienda: string; almacen: string }>`
        select t.id as tienda, a.id as almacen from inventario.tiendas t
          join inventario.almacenes a on a.tienda_id = t.id where t.codigo = 'CDMX-01' order by a.codigo limit 1`,
    );
    const { rows: gente } = await sql<{ id: string; nombre: string }>`
      select id, nombre from inventario.usuarios where correo in ('almacen1@demo.mx', 'almacen2@demo.mx')
       order by correo`.execute(tx);
    const [ana, luis] = gente as [{ id: string; nombre: string }, { id: string; nombre: string }];
    const { rows: productos } = await sql<{ id: string }>`
      select id from inventario.productos where is_active order by codigo limit ${TOTAL}`.execute(tx);
    const { rows: lugares } = await sql<{ id: string }>`
      select id from inventario.ubicaciones where almacen_id = ${almacen} and is_active order by codigo limit 40`.execute(
      tx,
    );
    const ids = productos.map(({ id }) => id);
    await sql`
      insert into inventario.transacciones (id, producto_id, tienda_id, almacen_id, tipo, cantidad, ocurrida_en, fecha,
                                            precision, created_at, origen, origen_id)
      select x.id, x.producto, ${tienda}, ${almacen}, 'inventario', 20, ${hora(300)}, ${hora(300)}, 'instante',
             ${hora(300)}, 'banco', x.id::text
        from unnest(${ids.map(() => newId())}::uuid[], ${ids}::uuid[]) as x (id, producto)`.execute(tx);
    await sql`insert into inventario.conteos (id, tienda_id, almacen_id, alcance, creado_por, nombre, tol_unidades)
              values (${conteo}, ${tienda}, ${almacen}, 'libre', ${ana.id}, 'Almacén entero', 2)`.execute(tx);
    await sql`insert into inventario.conteo_intentos (conteo_id, intento) values (${conteo}, 1)`.execute(tx);
    for (const quien of [ana, luis]) {
      await sql`insert into inventario.conteo_contadores (conteo_id, usuario_id, nombre)
                values (${conteo}, ${quien.id}, ${quien.nombre})`.execute(tx);
    }
    const cuanto = (i: number) => (i % 20 === 0 ? 20 - 3 - (i % 7) : i % 20 < 4 ? 19 : 20);
    await sql`
      insert into inventario.conteo_lineas (id, conteo_id, intento, ubicacion_id, producto_id, cantidad, factor, tipo,
                                            usuario_id, contado_en, instante, recibido_en, fuente)
      select x.id, ${conteo}, 1, x.lugar, x.producto, x.cantidad, 1, 'suma', x.quien, x.en, x.en, x.en, 'pistola'
        from unnest(${ids.map(() => newId())}::uuid[], ${ids}::uuid[],
                    ${ids.map((_, i) => lugares[i % lugares.length]?.id ?? null)}::uuid[], ${ids.map((_, i) => cuanto(i))}::int[],
                    ${ids.map((_, i) => (i % 2 ? luis.id : ana.id))}::uuid[],
                    ${ids.map((_, i) => hora(200 - (i * 150) / TOTAL))}::timestamptz[])
          as x (id, producto, lugar, cantidad, quien, en)`.execute(tx);
    for (const quien of [ana, luis]) {
      await sql`insert into inventario.conteo_partes (conteo_id, intento, usuario_id, lineas, terminada_en)
                values (${conteo}, 1, ${quien.id}, ${Math.ceil(TOTAL / 2)}, now())`.execute(tx);
    }
  });
  await db.pool.query('analyze');
}

const servidor = await abreServidor(0, siembra);
const telefono = await abreTelefono(servidor.url);
const { pagina, cdp } = telefono;
try {
  await pagina.goto(servidor.url);
  await entra(pagina, 'gerente@demo.mx');
  // The manager's phone is level: a catalogue that comes down meanwhile is measured by its own bench.
  await pagina.getByText('Bajando el catálogo').waitFor({ state: 'hidden', timeout: 120_000 });
  await pagina.waitForTimeout(3_000);
  let bytes = 0;
  let servidorMs = 0;
  let id = '';
  await cdp.send('Network.enable');
  cdp.on('Network.responseReceived', ({ requestId, response }) => {
    if (!response.url.includes('conteos.revision')) return;
    id = requestId;
    servidorMs = response.timing ? response.timing.receiveHeadersEnd - response.timing.sendEnd : 0;
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (requestId === id) bytes = encodedDataLength;
  });
  await frena(cdp, CPU);
  const inicio = Date.now();
  await pagina.goto(`${servidor.url}/conteos/${conteo}/revision`);
  const tabla = pagina.getByRole('table', { name: 'Variaciones' });
  await tabla.locator('tbody tr[data-index]').first().waitFor({ timeout: 120_000 });
  const primeras = Date.now() - inicio;
  /** Frames of a fling, ms, and in how many of them a place of the list was still without its row. */
  const lanza = async (): Promise<{ cuadros: number[]; huecos: number }> => {
    await pagina.evaluate(() => {
      const lista = document.querySelector('table[aria-label="Variaciones"] tbody')!;
      window.scrollBy(0, lista.getBoundingClientRect().top);
      const medida = { cuadros: [] as number[], huecos: 0, sigue: true };
      Object.assign(window, { medida });
      let antes = performance.now();
      const cuadro = () => {
        const ahora = performance.now();
        medida.cuadros.push(ahora - antes);
        antes = ahora;
        if ([200, 640].some((y) => document.elementFromPoint(180, y)?.closest('.table-hueco')))
          medida.huecos++;
        if (medida.sigue) requestAnimationFrame(cuadro);
      };
      requestAnimationFrame(cuadro);
    });
    await cdp.send('Input.synthesizeScrollGesture', {
      x: 180,
      y: 600,
      yDistance: -32_000,
      speed: 8_000,
      gestureSourceType: 'touch',
      preventFling: true,
    });
    return await pagina.evaluate(() => {
      const { medida } = window as unknown as {
        medida: { cuadros: number[]; huecos: number; sigue: boolean };
      };
      medida.sigue = false;
      return { cuadros: medida.cuadros.slice(1), huecos: medida.huecos };
    });
  };
  const foto = async (nombre: string) => {
    if (IMAGENES) await pagina.screenshot({ path: `${IMAGENES}/${nombre}.png` });
  };
  await vigilaInteracciones(pagina);
  const impulso = await lanza();
  const { largas: largasImpulso } = await interacciones(pagina, 0);
  const cuadros = await pagina.evaluate(async () => {
    const tiempos: number[] = [];
    let antes = performance.now();
    for (let i = 0; i < 240; i++) {
      window.scrollBy(0, 400);
      await new Promise((done) => requestAnimationFrame(done));
      const ahora = performance.now();
      tiempos.push(ahora - antes);
      antes = ahora;
    }
    return tiempos;
  });
  const { largas } = await interacciones(pagina, 0);
  await foto('telefono-abajo');
  const renglones = await tabla.locator('tbody tr[data-index]').count();
  await pagina.evaluate(() => window.scrollTo(0, 0));
  const caja = pagina.getByLabel('Buscar producto');
  await caja.click();
  await interacciones(pagina, 0);
  await caja.pressSequentially('balata', { delay: 150 });
  await pagina.waitForTimeout(1_000);
  const { inp } = await interacciones(pagina, 6);
  await foto('telefono-filtro');
  await frena(cdp, 1);
  if (IMAGENES) {
    await pagina.goto(`${servidor.url}/conteos/${conteo}/revision`);
    await tabla.locator('tbody tr[data-index]').first().waitFor();
    await foto('telefono-arriba');
    await pagina.setViewportSize({ width: 1440, height: 900 });
    await pagina.emulateMedia({ colorScheme: 'dark' });
    await pagina.evaluate(() => window.scrollTo(0, 1_500));
    await pagina.waitForTimeout(500);
    await pagina.keyboard.press('j');
    for (let i = 0; i < 90; i++) await pagina.keyboard.press('j');
    await pagina.waitForTimeout(500);
    console.log(
      `foco tras 91 j: renglón ${await pagina.evaluate(() => document.activeElement?.closest('tr')?.dataset.index)}`,
    );
    await foto('pc-oscuro');
  }
  dice(
    `revisión de ${TOTAL} productos, CPU ÷ ${CPU}: servidor ${Math.round(servidorMs)} ms, ${Math.round(bytes / 1000)} kB por la red, ` +
      `primeros renglones a los ${(primeras / 1000).toFixed(1)} s desde abrir la página`,
  );
  dice(
    `lanzar la lista a 8,000 px/s por 4 s: cuadro p95 ${Math.round(percentil(impulso.cuadros, 0.95))} ms de ` +
      `${impulso.cuadros.length}, ${impulso.huecos} con un hueco, ${largasImpulso.length} tareas largas, la peor ` +
      `${Math.round(Math.max(0, ...largasImpulso))} ms`,
  );
  dice(
    `desplazar 96,000 px: cuadro p95 ${Math.round(percentil(cuadros, 0.95))} ms, ${largas.length} tareas largas, la peor ` +
      `${Math.round(Math.max(0, ...largas))} ms, ${renglones} renglones dibujados; teclear en la búsqueda: p95 ${percentil(inp, 0.95)} ms`,
  );
} finally {
  await telefono.cierra();
  await servidor.cierra();
}
