import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { OPERACIONES } from '#server/api/operaciones.ts';
import { rutasMontadas } from '#server/api/puerta.ts';
import { testServer } from '#tests/db/server.ts';
import { type Documento, operacionesDe, validadorDe } from './valida.ts';

const server = await testServer();
const texto = await (await server.fetch('/api/openapi.json')).text();
const documento = JSON.parse(texto) as Documento;
const operaciones = operacionesDe(documento);

test('the document at /api/openapi.json is OpenAPI 3.1, valid for its own schema', async () => {
  const validator = new Validator();
  expect(await validator.validate(JSON.parse(texto))).toMatchObject({ valid: true });
  expect([documento.openapi, validator.version]).toEqual(['3.1.1', '3.1']);
  expect(new Set(operaciones.map(({ operationId }) => operationId)).size).toBe(operaciones.length);
});

test('each documented route exists, and each mounted REST route of /api is documented', () => {
  const montadas = rutasMontadas(server.app)
    .filter(({ metodo }) => metodo !== 'HEAD')
    .map(({ metodo, ruta }) => `${metodo} ${ruta}`)
    .sort();
  const declaradas = OPERACIONES.map(({ metodo, ruta }) => `${metodo} ${ruta}`).sort();
  expect(montadas).toEqual(declaradas);
  expect(
    operaciones.map(({ metodo, camino }) => `${metodo} ${camino.replace(/\{(\w+)\}/g, ':$1')}`).sort(),
  ).toEqual(declaradas);
});

test('the plan’s endpoints and those of the decisions are among them', () => {
  const hay = new Set(operaciones.map(({ metodo, camino }) => `${metodo} ${camino}`));
  for (const pedida of [
    'GET /api/inventario',
    'GET /api/inventario/{id}',
    'GET /api/tiendas',
    'GET /api/categorias',
    'GET /api/health',
    'POST /api/auth/token',
    'GET /api/existencias',
    'GET /api/transacciones',
    'POST /api/transacciones',
    'POST /api/productos',
  ]) {
    expect(hay).toContain(pedida);
  }
});

test('every example is what its own schema takes', () => {
  const validador = validadorDe(documento);
  const conEjemplo = operaciones.filter(({ cuerpo }) => cuerpo.example !== undefined);
  expect(conEjemplo.length).toBeGreaterThan(3);
  for (const o of conEjemplo)
    expect([o.operationId, validador.cuerpo(o, o.cuerpo.example)]).toEqual([o.operationId, []]);
});

test('the readable page has every route with a curl line, searches by text, and takes nothing from elsewhere', async () => {
  const answer = await server.fetch('/api/docs', { headers: { accept: 'text/html' } });
  const html = await answer.text();
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self' 'wasm-unsafe-eval'(;|$)/);
  for (const o of OPERACIONES) {
    expect(html).toContain(`<article id="${o.id}"`);
    expect(html).toContain(
      `curl -sS${o.metodo === 'GET' ? '' : ` -X ${o.metodo}`} &#39;`.replaceAll('&#39;', "'"),
    );
  }
  // Nothing inline that the policy would refuse, nothing from another server.
  expect(html).not.toMatch(/<script(?![^>]*\ssrc="\/api\/)|\son\w+=|\sstyle=|<style/);
  expect([...html.matchAll(/(?:src|href)="([^"#][^"]*)"/g)].map(([, a]) => a)).toSatisfy((todas: string[]) =>
    todas.every((a) => a.startsWith('/api/') || a === '/favicon.svg'),
  );
  for (const pieza of ['/api/docs/estilo.css', '/api/docs/busca.js']) {
    const primera = await server.fetch(pieza);
    expect(primera.status).toBe(200);
    const otra = await server.fetch(pieza, { headers: { 'if-none-match': primera.headers.get('etag')! } });
    expect(otra.status).toBe(304);
  }
});
