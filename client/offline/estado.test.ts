import { expect, test } from 'vitest';
import type { EngineStatus } from './core/engine.ts';
import { type Cuentas, resume } from './estado.ts';

const CATALOGO = { productos: 5_000, completo: true, recibidos: null, cotejo: null };
const cuentas = (change: Partial<Cuentas> = {}): Cuentas => ({
  pendientes: 0,
  enviadas: 412,
  rechazadas: 0,
  total: 412,
  masViejoPendiente: null,
  fotosPendientes: 0,
  ultimaSync: null,
  ...change,
});
const engine = (change: Partial<EngineStatus> = {}): EngineStatus => ({
  fase: 'nivelado',
  enLinea: true,
  sinSesion: false,
  problema: null,
  zonas: {},
  ...change,
});
const estado = (c: Partial<Cuentas>, e: Partial<EngineStatus> = {}, red = true) =>
  resume(cuentas(c), CATALOGO, engine(e), red).estado;

test('one sentence out of everything', () => {
  expect(estado({})).toBe('todo_enviado');
  expect(estado({ pendientes: 12 })).toBe('enviando');
  expect(estado({ fotosPendientes: 1 })).toBe('enviando');
  expect(estado({ rechazadas: 3, pendientes: 12 })).toBe('revisa');
  expect(estado({ pendientes: 12 }, { problema: 'RESPUESTA_EXTRANA' })).toBe('revisa');
  expect(estado({ pendientes: 12 }, { problema: 'SERVIDOR_OCUPADO' })).toBe('enviando');
  expect(estado({ pendientes: 12, rechazadas: 1 }, { sinSesion: true })).toBe('inicia_sesion');
  expect(estado({ rechazadas: 3 }, { sinSesion: true }, false)).toBe('sin_senal');
  expect(estado({ pendientes: 1 }, { enLinea: false })).toBe('sin_senal');
  expect(resume(cuentas(), CATALOGO, null, true).estado).toBe('todo_enviado');
});

test('asking for a log-in says how much waits', () => {
  const { problema } = resume(cuentas({ pendientes: 12 }), CATALOGO, engine({ sinSesion: true }), true);
  expect(problema?.code).toBe('INICIA_SESION');
  expect(problema?.mensaje).toContain('enviar 12');
});
