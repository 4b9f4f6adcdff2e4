import { expect, test } from 'vitest';
import type { EstadoEnvio } from '#client/offline/index.ts';
import { esIos } from './instalacion.ts';
import { resguardoDe } from './resguardo.ts';

const AHORA = Date.parse('2026-03-03T16:00:00Z');
const MB = 1024 * 1024;
const envio = (cambios: Partial<EstadoEnvio> = {}): EstadoEnvio => ({
  estado: 'todo_enviado',
  pendientes: 0,
  enviadas: 412,
  rechazadas: 0,
  total: 412,
  masViejoPendiente: null,
  fotosPendientes: 0,
  ultimaSync: null,
  problema: null,
  catalogo: { productos: 5_000, completo: true, recibidos: null, cotejo: null },
  ...cambios,
});
const hace = (horas: number) => new Date(AHORA - horas * 3_600_000).toISOString();
const di = (cambios: Partial<EstadoEnvio> = {}, almacen = {}, iosSinInstalar = false) =>
  resguardoDe(
    envio(cambios),
    { persistente: true, usado: 12.4 * MB, cuota: 2_048 * MB, ...almacen },
    { ahora: AHORA, iosSinInstalar },
  );

test('the storage-safety card: persist state, quota, age of the oldest unsent line and "enviados 412 / 412"', () => {
  expect(di()).toEqual({
    tono: 'neutral',
    titulo: 'Todo lo contado está en el servidor',
    enviados: 'Enviados 412 / 412',
    masViejo: null,
    avisos: [],
    promesa: 'El navegador prometió no borrarlo por su cuenta.',
    espacio: 'Usa 12.4 MB de 2 GB.',
  });
  const tres = di({ estado: 'sin_senal', pendientes: 3, enviadas: 409, masViejoPendiente: hace(2.5) });
  expect(tres).toMatchObject({
    tono: 'warn',
    titulo: '3 guardados solo en este teléfono',
    enviados: 'Enviados 409 / 412',
    masViejo: 'Lo más viejo sin enviar es de hace 2 horas.',
    avisos: [],
  });
  expect(di({}, { persistente: false }).promesa).toMatch(/puede borrarlo/);
  expect(di({}, { persistente: null, usado: null })).toMatchObject({ promesa: null, espacio: null });
  // What leaves right now is no alarm; a photo counts as unsent.
  expect(di({ estado: 'enviando', pendientes: 2, enviadas: 410 }).tono).toBe('neutral');
  expect(di({ fotosPendientes: 1 })).toMatchObject({
    titulo: '1 foto por enviar',
    enviados: 'Enviados 412 / 413',
  });
  // Before the browser answered.
  expect(
    resguardoDe(envio({ total: 0, enviadas: 0 }), undefined, { ahora: AHORA, iosSinInstalar: false }),
  ).toMatchObject({
    titulo: 'Nada por enviar',
    promesa: null,
    espacio: null,
  });
});

test('it warns at 24 h unsent, of a full phone, and on an uninstalled iOS tab', () => {
  const viejo = (horas: number) => di({ pendientes: 1, enviadas: 411, masViejoPendiente: hace(horas) });
  expect(viejo(23.9).avisos).toEqual([]);
  expect(viejo(24.1).avisos).toEqual([expect.stringMatching(/más de un día sin enviarse/)]);
  expect(viejo(24.1).masViejo).toContain('24 horas');
  expect(viejo(75).masViejo).toContain('3 días');
  // Sending or not: a day is a day.
  expect(di({ estado: 'enviando', pendientes: 1, masViejoPendiente: hace(30) }).tono).toBe('warn');
  expect(di({}, { usado: 1_900 * MB }).avisos).toEqual([expect.stringMatching(/espacio/)]);
  const ios = di({ pendientes: 1, masViejoPendiente: hace(1) }, {}, true);
  expect(ios.avisos).toEqual([expect.stringMatching(/7 días/)]);
  expect(di({}, {}, true).avisos).toEqual([]);
});

test('an iPad that calls itself a Mac is iOS; a Mac is not', () => {
  const mac =
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15';
  const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15';
  expect(esIos({ userAgent: iphone, maxTouchPoints: 5 })).toBe(true);
  expect(esIos({ userAgent: mac, maxTouchPoints: 5 })).toBe(true);
  expect(esIos({ userAgent: mac, maxTouchPoints: 0 })).toBe(false);
  expect(esIos({ userAgent: 'Mozilla/5.0 (Linux; Android 14)', maxTouchPoints: 5 })).toBe(false);
});
