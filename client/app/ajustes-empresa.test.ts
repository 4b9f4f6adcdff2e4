import { expect, test } from 'vitest';
import { TELEFONO_POR_OMISION } from '#shared/contracts/ajustes-telefono.ts';
import { AjustesEmpresa } from './ajustes-empresa.ts';

function telefono(inicial: Record<string, string> = {}) {
  const datos = new Map(Object.entries(inicial));
  const estado = { ahora: 0, respuesta: TELEFONO_POR_OMISION as unknown, pedidos: 0, lleno: false };
  const ajustes = new AjustesEmpresa({
    pide: async () => {
      estado.pedidos += 1;
      if (estado.respuesta === null) throw new Error('sin señal');
      return estado.respuesta;
    },
    ahora: () => estado.ahora,
    guarda: {
      getItem: (clave) => datos.get(clave) ?? null,
      setItem: (clave, valor) => {
        if (estado.lleno) throw new DOMException('lleno', 'QuotaExceededError');
        datos.set(clave, valor);
      },
    },
  });
  return { ajustes, estado, datos };
}
const con = (minutos: number) => ({ ...TELEFONO_POR_OMISION, bloqueo: { minutos } });

test('the last known ones hold without signal, and after the app was closed', async () => {
  const { ajustes, estado, datos } = telefono();
  expect(ajustes.get()).toEqual(TELEFONO_POR_OMISION);
  estado.respuesta = con(3);
  await ajustes.refresca();
  expect(ajustes.get().bloqueo.minutos).toBe(3);
  estado.respuesta = null;
  await ajustes.refresca({ siempre: true });
  expect(ajustes.get().bloqueo.minutos).toBe(3);
  expect(telefono(Object.fromEntries(datos)).ajustes.get().bloqueo.minutos).toBe(3);
});

test.each(['', 'no es json', '[]', '{"bloqueo":{"minutos":900}}'])(
  'junk in the storage is the defaults: %s',
  (texto) => {
    expect(telefono({ 'devcompras-ajustes': texto }).ajustes.get()).toEqual(TELEFONO_POR_OMISION);
  },
);

test('asked again after ten minutes, or at the next sync when nobody answered; who looks is told of a change only', async () => {
  const { ajustes, estado } = telefono();
  let avisos = 0;
  ajustes.subscribe(() => {
    avisos += 1;
  });
  const antes = ajustes.get();
  expect(ajustes.get()).toBe(antes);
  for (estado.ahora = 0; estado.ahora <= 9; estado.ahora += 3) await ajustes.refresca();
  expect([estado.pedidos, avisos]).toEqual([1, 1]);
  estado.ahora = 10 * 60_000;
  await ajustes.refresca();
  expect([estado.pedidos, avisos]).toEqual([2, 1]);
  estado.ahora *= 2;
  estado.respuesta = null;
  await ajustes.refresca();
  estado.respuesta = con(4);
  await ajustes.refresca();
  expect([estado.pedidos, avisos]).toEqual([4, 2]);
});

test('a full disk keeps what was there', async () => {
  const { ajustes, estado } = telefono();
  estado.lleno = true;
  estado.respuesta = con(4);
  await ajustes.refresca();
  expect(ajustes.get()).toEqual(TELEFONO_POR_OMISION);
});
