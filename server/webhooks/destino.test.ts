import { describe, expect, test } from 'vitest';
import { direccionPermitida, resuelveDestino } from './destino.ts';

const code = (promesa: Promise<unknown>) =>
  promesa.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );
const da =
  (...direcciones: string[]) =>
  async () =>
    direcciones.map((address) => ({ address }));

describe('no private-network targets', () => {
  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.1.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.10',
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.9',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '0:0:0:0:0:ffff:c0a8:1',
    '::7f00:1',
    '64:ff9b::a00:1',
    '64:ff9b:1::1',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    'fd00:ec2::254',
    'fec0::1',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::1',
    '3fff::1',
    '100::1',
    'no-es-una-direccion',
    '',
  ])('%s is refused', (ip) => {
    expect(direccionPermitida(ip, false)).toBe(false);
  });

  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00:1450:4001::1',
    '::ffff:8.8.8.8',
  ])('%s is allowed', (ip) => {
    expect(direccionPermitida(ip, false)).toBe(true);
  });

  test('WEBHOOKS_RED_PRIVADA=1 allows private networks, but never a link, multicast or the addresses of credentials', () => {
    for (const ip of ['10.0.0.1', '127.0.0.1', '::1', '192.168.0.4', 'fd12::1'])
      expect(direccionPermitida(ip, true)).toBe(true);
    for (const ip of [
      '169.254.169.254',
      '::ffff:169.254.169.254',
      'fe80::1',
      'fd00:ec2::254',
      '224.0.0.1',
      'ff02::1',
      '0.0.0.0',
    ]) {
      expect(direccionPermitida(ip, true)).toBe(false);
    }
  });

  test('a name is refused when any of its addresses is private, and what it is resolved to is what is connected to', async () => {
    expect(await code(resuelveDestino('https://mixta.mx/', false, da('8.8.8.8', '10.0.0.1')))).toBe(
      'WEBHOOK_RED_PRIVADA',
    );
    expect(await code(resuelveDestino('https://nada.mx/', false, da()))).toBe('WEBHOOK_RED_PRIVADA');
    let vueltas = 0;
    const destino = await resuelveDestino('https://buena.mx/a?b=1', false, async () => {
      vueltas++;
      return [{ address: vueltas === 1 ? '8.8.8.8' : '127.0.0.1' }];
    });
    expect([destino.direccion, destino.familia, destino.url.href, vueltas]).toEqual([
      '8.8.8.8',
      4,
      'https://buena.mx/a?b=1',
      1,
    ]);
  });

  test('the same address written in other ways is refused all the same', async () => {
    for (const host of [
      '127.1',
      '2130706433',
      '0x7f.1',
      '0177.0.0.1',
      '[::1]',
      '[::ffff:7f00:1]',
      '[::ffff:10.0.0.1]',
      '127.0.0.1.',
    ]) {
      expect([host, await code(resuelveDestino(`https://${host}/`, false, da('127.0.0.1')))]).toEqual([
        host,
        'WEBHOOK_RED_PRIVADA',
      ]);
    }
  });

  test('HTTPS is required outside this machine; neither users, fragments nor other schemes', async () => {
    expect(await code(resuelveDestino('http://buena.mx/', true, da('8.8.8.8')))).toBe('WEBHOOK_SIN_HTTPS');
    expect(await code(resuelveDestino('http://10.0.0.2/', true))).toBe('WEBHOOK_SIN_HTTPS');
    expect(await code(resuelveDestino('http://127.0.0.1:80/', true))).toBe('ok');
    expect(await code(resuelveDestino('http://127.0.0.1:80/', false))).toBe('WEBHOOK_RED_PRIVADA');
    for (const mala of [
      'ftp://a.mx/',
      'a.mx',
      '',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'https://u:p@a.mx/',
      'https://a.mx/#x',
    ]) {
      expect([mala, await code(resuelveDestino(mala, true, da('8.8.8.8')))]).toEqual([
        mala,
        'WEBHOOK_URL_MALA',
      ]);
    }
  });
});
