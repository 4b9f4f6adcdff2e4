/** Práctica: somebody learns without signal, with a gun, and nothing of it is anywhere afterwards. */
import type { Page } from '@playwright/test';
import { FIJOS } from '../../database/seed/demo-fijos.ts';
import { PantallaContar } from './paginas/contar.ts';
import { expect, test } from './support/prueba.ts';
import type { Telefono } from './support/telefono.ts';

const LEER = { aceite: '9520000000011', caja: '9520000000028', desconocido: '9520000000097' };

/** What people did on this phone: every row of the real journal, but for what is measured by the minute. */
async function journal(pagina: Page): Promise<string> {
  return pagina.evaluate(async () => {
    const pedido = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
    const db = await pedido(indexedDB.open('journal'));
    const tablas = [...db.objectStoreNames].filter((nombre) => nombre !== 'medidas');
    const tx = db.transaction(tablas);
    const todo = await Promise.all(
      tablas.map(async (nombre) => [nombre, await pedido(tx.objectStore(nombre).getAll())]),
    );
    db.close();
    return JSON.stringify(todo);
  });
}

const bases = (pagina: Page) =>
  pagina.evaluate(async () =>
    (await indexedDB.databases()).map(({ name }) => name).filter((name) => name?.includes('practica')),
  );

/** The mutation that the server waits for next from this phone, as it said at the newest hello. */
function esperada({ red }: Telefono): number {
  const dicho = red.recibido.findLast(({ texto }) => texto.includes('"expectedMid"'));
  return Number(/"expectedMid":(\d+)/.exec(dicho?.texto ?? '')?.[1]);
}

test('práctica cannot post: without signal, with a gun, to the end; then the server has nothing of it and the real journal is row for row as before', async ({
  mesa,
}) => {
  const ana = await mesa.instalado('almacen1@demo.mx');
  const { pagina, red } = ana;
  const contar = new PantallaContar(pagina);
  expect(esperada(ana)).toBe(1);
  const empujes = () => red.pedidas.filter((ruta) => ruta.includes('sync.push')).length;
  const empujadas = empujes();
  await ana.sinRed();
  const antes = await journal(pagina);

  await test.step('se practica con la pantalla de verdad, y un recargar no la corta', async () => {
    await pagina.getByRole('link', { name: 'Más' }).click();
    await pagina.getByRole('button', { name: 'Practicar' }).click();
    await pagina.getByRole('button', { name: 'Empezar a practicar' }).click();
    await expect(contar.region).toBeVisible();
    await expect(pagina.getByText('Práctica: nada de esto se envía')).toBeVisible();
    await ana.pistola(LEER.aceite);
    await expect(contar.renglon('PR-01')).toContainText('1 pieza');
    await ana.pistola(LEER.caja);
    await expect(contar.renglon('PR-01')).toContainText('13 piezas');
    await contar.suma('5');
    await expect(contar.renglon('PR-01')).toContainText('18 piezas');
    await ana.pistola(LEER.desconocido);
    await expect(contar.desconocido).toBeVisible();
    await pagina.reload();
    await expect(contar.renglon('PR-01')).toContainText('18 piezas');
    // Another tab of the same phone works for real meanwhile.
    const otra = await ana.contexto.newPage();
    await otra.goto(red.url);
    await expect(otra.getByRole('heading', { name: 'Inicio' })).toBeVisible();
    await expect(otra.getByText('nada de esto se envía')).toBeHidden();
    await otra.close();
    await contar.boton('Terminar conteo').click();
    await contar.boton('Enviar a revisión').click();
    await expect(pagina.getByRole('list', { name: 'Qué probar' })).toContainText('Termina tu parte, hecho');
    // No other screen opens under practice.
    await pagina.goto(`${red.url}/conteos`);
    await expect(pagina.getByRole('heading', { name: 'Práctica', level: 1 })).toBeVisible();
  });

  await test.step('al salir no queda nada', async () => {
    await pagina.getByRole('button', { name: 'Salir', exact: true }).click();
    await expect(pagina.getByText('No tienes conteos abiertos')).toBeVisible();
    await expect.poll(() => bases(pagina)).toEqual([]);
    expect(await journal(pagina)).toBe(antes);
  });

  await test.step('con señal no sube nada de ella, y lo de verdad sí', async () => {
    await ana.conRed();
    const antes = red.recibido.length;
    await ana.enEstado('todo enviado');
    await expect
      .poll(() => red.recibido.slice(antes).some(({ texto }) => texto.includes('"expectedMid"')))
      .toBe(true);
    expect(esperada(ana)).toBe(1);
    expect(empujes()).toBe(empujadas);
    await pagina.getByRole('button', { name: 'Contar', exact: true }).click();
    await expect(contar.region).toBeVisible();
    await ana.pistola(FIJOS.aceite.ean);
    await expect(contar.renglon(FIJOS.aceite.codigo)).toContainText('1 pieza');
    await ana.enEstado('todo enviado');
    await pagina.reload();
    await expect.poll(() => esperada(ana)).toBe(3);
    const api = await mesa.servidor.como('admin@demo.mx');
    const { texto } = await api.consulta('conteos.historial', { estados: null, antesDe: null, limite: 50 });
    expect(texto).toContain('Conteo libre');
    expect(texto).not.toContain('00000000ca5a');
  });
});
