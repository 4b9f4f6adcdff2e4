import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { corrienteDe } from '#server/api/rutas/eventos.ts';
import { newId } from '#server/platform/clock.ts';
import type { PaginaEventos } from '#shared/contracts/api-eventos.ts';
import { type TestUser, testTienda, testUser } from '#tests/db/people.ts';
import { testServer } from '#tests/db/server.ts';
import { trpcAs } from '#tests/db/trpc.ts';
import { createCorriente } from './corriente.ts';

const server = await testServer();
const { db } = server;
const [t1, t2] = [await testTienda(db), await testTienda(db)];
const admin = await testUser(db, { rol: 'admin' });
const jefe = await testUser(db, { rol: 'gerente', tiendas: [t1] });

async function conteo(almacenId = t1.almacenId): Promise<string> {
  const id = newId();
  await db.asService((tx) =>
    sql`insert into inventario.conteos (id, almacen_id, alcance, creado_por) values (${id}, ${almacenId}, 'lista', ${admin.id})`.execute(
      tx,
    ),
  );
  return id;
}

interface Abierta {
  readonly tipo: string | null;
  /** conteoId of each event, in order. */
  vistos(): string[];
  readonly texto: () => string;
  ultimo(): string;
  readonly fin: Promise<void>;
  corta(): void;
}

async function abre(bearer: string, consulta = '', mas: Record<string, string> = {}): Promise<Abierta> {
  const abort = new AbortController();
  const answer = await fetch(`${server.url}/api/eventos/negocio${consulta}`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${bearer}`, ...mas },
    signal: abort.signal,
  });
  let texto = '';
  const fin = (async () => {
    const decoder = new TextDecoder();
    for await (const trozo of answer.body ?? []) texto += decoder.decode(trozo, { stream: true });
  })().catch(() => undefined);
  return {
    tipo: answer.headers.get('content-type'),
    texto: () => texto,
    vistos: () => [...texto.matchAll(/"conteoId":"([^"]+)","datos"/g)].map(([, id]) => id!),
    ultimo: () => [...texto.matchAll(/^id: (.+)$/gm)].at(-1)?.[1] ?? '',
    fin,
    corta: () => abort.abort(),
  };
}
const sesion = (quien: TestUser) => server.token(quien);

describe('the stream of business events', () => {
  test('sends each event when it is committed, with an id, uncompressed, and only what the reader may see', async () => {
    const corriente = await abre(await sesion(jefe));
    expect(corriente.tipo).toBe('text/event-stream; charset=utf-8');
    await expect.poll(corriente.ultimo).toMatch(/^[0-9a-f]{12}-\d+$/);
    const [suyo] = [await conteo(), await conteo(t2.almacenId)];
    const otro = await conteo();
    await expect.poll(corriente.vistos).toEqual([suyo, otro]);
    corriente.corta();
    await corriente.fin;
    await expect.poll(async () => (await corrienteDe(server.deps)).abiertas).toBe(0);
  });

  test('is resumed by Last-Event-ID or desde without a gap: what happened while nobody listened comes first', async () => {
    const token = await sesion(jefe);
    const primera = await abre(token);
    await expect.poll(primera.ultimo).not.toBe('');
    const antes = await conteo();
    await expect.poll(primera.vistos).toEqual([antes]);
    primera.corta();
    await primera.fin;
    const cursor = primera.ultimo();
    const mientras = [await conteo(), await conteo(), await conteo()];
    const porEncabezado = await abre(token, '', { 'last-event-id': cursor });
    const porConsulta = await abre(token, `?desde=${cursor}&tipos=conteo.creado`);
    await expect.poll(porEncabezado.vistos).toEqual(mientras);
    await expect.poll(porConsulta.vistos).toEqual(mientras);
    const despues = await conteo();
    await expect.poll(porEncabezado.vistos).toEqual([...mientras, despues]);
    for (const una of [porEncabezado, porConsulta]) una.corta();
    const mala = await server.fetch(
      '/api/eventos/negocio?desde=inventado',
      { headers: { accept: 'text/event-stream' } },
      jefe,
    );
    expect(mala.status).toBe(400);
  });

  test('a reader who comes back from long ago gets thousands of events page by page, each once and in order', async () => {
    const inicio = (await (
      await server.fetch('/api/eventos/negocio?desde=ahora', {}, admin)
    ).json()) as PaginaEventos;
    await db.asService((tx) =>
      sql`insert into inventario.conteos (id, folio, almacen_id, alcance, creado_por)
          select gen_random_uuid(), 'MIL-' || n, ${t1.almacenId}, 'lista', ${admin.id} from generate_series(1, 1500) n`.execute(
        tx,
      ),
    );
    const corriente = await abre(await sesion(admin), `?desde=${inicio.despues}`);
    const folios = () => [...corriente.texto().matchAll(/"folio":"MIL-(\d+)"/g)].map(([, n]) => Number(n));
    await expect.poll(() => folios().length, { timeout: 15_000 }).toBe(1500);
    expect(folios()).toEqual(Array.from({ length: 1500 }, (_, i) => i + 1));
    corriente.corta();

    const porPartes: string[] = [];
    let camino: string | null = `/api/eventos/negocio?desde=${inicio.despues}&limite=400`;
    while (camino !== null) {
      const answer = await server.fetch(camino, {}, admin);
      const pagina = (await answer.json()) as PaginaEventos;
      porPartes.push(...pagina.eventos.map(({ datos }) => String(datos.folio)));
      camino = pagina.eventos.length < 400 ? null : `/api/eventos/negocio?desde=${pagina.despues}&limite=400`;
    }
    expect(porPartes).toHaveLength(1500);
  });

  test('ends when the person or the token opens nothing any more, and at the token’s own end', async () => {
    const corriente = await createCorriente(server.deps, 30);
    const una = (vale: () => boolean, expiraEn: Date | null) => {
      let fin = 0;
      corriente.abre({
        claims: jefe.claims,
        desde: 'ahora',
        patrones: [],
        expiraEn,
        vale: async () => vale(),
        salida: { write: async () => undefined, end: () => fin++ },
      });
      return () => fin;
    };
    let vale = true;
    const [revocada, vencida, viva] = [
      una(() => vale, null),
      una(() => true, new Date(Date.now() + 60)),
      una(() => true, null),
    ];
    await expect.poll(vencida).toBe(1);
    expect(revocada()).toBe(0);
    vale = false;
    await expect.poll(revocada).toBe(1);
    expect([viva(), corriente.abiertas]).toEqual([0, 1]);
    await corriente.close();
    expect(viva()).toBe(1);
  });

  test('opens for a token with its scope, not for one without', async () => {
    const cliente = await trpcAs(server, jefe);
    const { token } = await cliente.tokens.crea.mutate({
      nombre: 'oye',
      alcances: ['eventos:leer'],
      dias: 1,
    });
    const corriente = await abre(token);
    await expect.poll(corriente.ultimo).not.toBe('');
    const id = await conteo();
    await expect.poll(corriente.vistos).toEqual([id]);
    corriente.corta();
    const sin = await cliente.tokens.crea.mutate({ nombre: 'no', alcances: ['inventario:leer'], dias: 1 });
    const negada = await fetch(`${server.url}/api/eventos/negocio`, {
      headers: { authorization: `Bearer ${sin.token}` },
    });
    expect(negada.status).toBe(403);
  });

  test('the phones’ hints at /api/eventos stay as they were', async () => {
    const answer = await server.fetch('/api/eventos', { signal: AbortSignal.timeout(3_000) }, jefe);
    const { value } = await answer.body!.pipeThrough(new TextDecoderStream()).getReader().read();
    expect(value).toMatch(/^id: [0-9a-f-]{36}\nevent: cambio\ndata: \{"scopes":null\}\n\n/);
  });
});
