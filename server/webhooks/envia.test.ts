import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, expect, test } from 'vitest';
import { envia } from './envia.ts';
import { encabezadosFirmados, secretoNuevo } from './firma.ts';

let contesta: (request: IncomingMessage, response: ServerResponse, cuerpo: string) => void = (_q, s) =>
  s.end();
const pedidos: string[] = [];
const receptor = createServer((request, response) => {
  let cuerpo = '';
  request.setEncoding('utf8');
  request.on('data', (trozo: string) => {
    cuerpo += trozo;
  });
  request.on('end', () => {
    pedidos.push(request.url ?? '');
    contesta(request, response, cuerpo);
  });
});
await new Promise<void>((listo) => receptor.listen(0, '127.0.0.1', listo));
afterAll(() => receptor.close());
const { port } = receptor.address() as AddressInfo;
const url = `http://127.0.0.1:${port}/avisos`;
const abierta = { redPrivada: true } as const;

test('the signature is what an independent implementation of Standard Webhooks takes, and only that', async () => {
  const secreto = secretoNuevo();
  const cuerpo = JSON.stringify({ type: 'conteo.cerrado', data: { folio: 'ñ-1' } });
  const encabezados = encabezadosFirmados(secreto, { mensajeId: 'evt_1', en: new Date(), cuerpo });
  const otra = new Webhook(secreto);
  expect(otra.verify(cuerpo, encabezados)).toEqual(JSON.parse(cuerpo));
  expect(encabezados['webhook-signature']).toBe(
    otra.sign('evt_1', new Date(Number(encabezados['webhook-timestamp']) * 1000), cuerpo),
  );
  expect(() => otra.verify(`${cuerpo} `, encabezados)).toThrow();
  expect(() => otra.verify(cuerpo, { ...encabezados, 'webhook-id': 'evt_2' })).toThrow();
  expect(() => new Webhook(secretoNuevo()).verify(cuerpo, encabezados)).toThrow();
  const vieja = encabezadosFirmados(secreto, {
    mensajeId: 'evt_1',
    en: new Date(Date.now() - 3_600_000),
    cuerpo,
  });
  expect(() => otra.verify(cuerpo, vieja)).toThrow();
});

test('what is sent arrives byte by byte, with its headers and nothing of ours that is secret', async () => {
  let visto: { cuerpo: string; encabezados: IncomingMessage['headers'] } | undefined;
  contesta = (request, response, cuerpo) => {
    visto = { cuerpo, encabezados: request.headers };
    response.writeHead(204).end();
  };
  expect(await envia(url, { 'webhook-id': 'evt_1' }, '{"a":"ñ"}', abierta)).toEqual({
    status: 204,
    error: null,
  });
  expect(visto).toMatchObject({
    cuerpo: '{"a":"ñ"}',
    encabezados: { 'webhook-id': 'evt_1', 'content-type': 'application/json', host: `127.0.0.1:${port}` },
  });
  expect(Object.keys(visto?.encabezados ?? {})).not.toContain('authorization');
});

test('no redirect is followed, whatever it leads to', async () => {
  pedidos.length = 0;
  contesta = (_q, response) =>
    void response.writeHead(302, { location: `http://127.0.0.1:${port}/secreto` }).end();
  expect(await envia(url, {}, '{}', abierta)).toMatchObject({
    status: 302,
    error: expect.stringContaining('no se sigue'),
  });
  expect(pedidos).toEqual(['/avisos']);
});

test('a receiver that never answers, or drips, is left after the limit; an endless answer is not read', async () => {
  contesta = () => undefined;
  expect(await envia(url, {}, '{}', { ...abierta, plazoMs: 150 })).toEqual({
    status: null,
    error: 'no contestó en 10 segundos',
  });
  contesta = (_q, response) => {
    response.writeHead(200);
    const gota = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(gota));
  };
  expect((await envia(url, {}, '{}', { ...abierta, plazoMs: 150 })).status).toBeNull();
  let escritos = 0;
  contesta = (_q, response) => {
    response.writeHead(200);
    const manda = () => {
      while (!response.destroyed && response.write('x'.repeat(64 * 1024))) escritos += 64;
      escritos += 64;
    };
    response.on('drain', manda);
    response.on('error', () => undefined);
    manda();
  };
  expect(await envia(url, {}, '{}', abierta)).toEqual({ status: 200, error: null });
  expect(escritos).toBeLessThan(16 * 1024);
});

test('a name that turns to a private address between the check and the connection does not get there (no rebinding)', async () => {
  pedidos.length = 0;
  contesta = (_q, response) => void response.end();
  let vueltas = 0;
  // Checked at an address where nobody listens. Were the name resolved again it would lead to the receiver.
  const resuelve = async () => [{ address: vueltas++ === 0 ? '127.0.0.2' : '127.0.0.1' }];
  const hecho = await envia(`http://rebota.mx:${port}/avisos`, {}, '{}', { redPrivada: true, resuelve });
  expect(hecho).toEqual({ status: null, error: 'nadie contesta en ese puerto' });
  expect([vueltas, pedidos]).toEqual([1, []]);
  // And the checked address is the one that is used: the name itself exists nowhere.
  const fija = await envia(`http://no-existe.invalid:${port}/x`, {}, '{}', {
    redPrivada: true,
    resuelve: async () => [{ address: '127.0.0.1' }],
  });
  expect([fija.status, pedidos]).toEqual([200, ['/x']]);
});

test('failures are said in words for whoever runs the receiver', async () => {
  contesta = (_q, response) => void response.writeHead(500).end();
  expect((await envia(url, {}, '{}', abierta)).error).toBe('contestó 500');
  expect((await envia('http://127.0.0.1:1/', {}, '{}', abierta)).error).toBe('nadie contesta en ese puerto');
  expect((await envia(url, {}, '{}', { redPrivada: false })).error).toContain('red privada');
  const sinNombre = async () => {
    throw Object.assign(new Error('x'), { code: 'ENOTFOUND' });
  };
  expect(
    (await envia('https://nada.invalid/', {}, '{}', { redPrivada: false, resuelve: sinNombre })).error,
  ).toBe('ese nombre no existe');
});
