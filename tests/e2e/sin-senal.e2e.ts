/** The installed app without network: it opens, it counts through a whole shift and beyond, and it is never replaced under a count. */
import { FIJOS } from '../../database/seed/demo-fijos.ts';
import { PantallaContar } from './paginas/contar.ts';
import { expect, test } from './support/prueba.ts';

const { aceite, banda, filtro } = FIJOS;
const HORA = 3_600_000;

test('apagado y sin señal: abre, busca, cuenta, y 15 horas después con la sesión vencida también', async ({
  mesa,
}) => {
  const ana = await mesa.instalado('almacen1@demo.mx');
  await ana.mata();
  await ana.abre({ sinRed: true });
  await expect(ana.pagina.getByRole('heading', { name: 'Inicio' })).toBeVisible();
  await ana.enEstado('sin señal');
  await ana.pagina.reload();
  await ana.pagina.getByRole('link', { name: 'Productos' }).click();
  await ana.pagina.getByRole('searchbox', { name: 'Buscar producto' }).fill('banda 7pk2840');
  await ana.pagina
    .getByRole('button', { name: banda.nombre })
    .or(ana.pagina.getByRole('link', { name: banda.nombre }))
    .click();
  await expect(ana.pagina.getByText(banda.codigo).first()).toBeVisible();

  await ana.pagina.getByRole('link', { name: 'Inicio' }).click();
  await ana.pagina.getByRole('button', { name: 'Contar', exact: true }).click();
  const contar = new PantallaContar(ana.pagina);
  await expect(contar.region).toBeVisible();
  await ana.pistola(aceite.ean);
  await expect(contar.renglon(aceite.codigo)).toContainText('1 pieza');

  await ana.pagina.clock.install({ time: Date.now() + 15 * HORA });
  await ana.pagina.reload();
  await expect(contar.renglon(aceite.codigo)).toContainText('1 pieza');
  await ana.pistola(filtro.ean);
  await expect(contar.renglon(filtro.codigo)).toContainText('1 pieza');
  await ana.enEstado('sin señal');

  // Whoever took the tokens away took nothing else.
  await ana.pagina.evaluate(() => localStorage.clear());
  await ana.pagina.reload();
  await expect(contar.renglon(filtro.codigo)).toContainText('1 pieza');
  await ana.conRed();
  await ana.enEstado(/todo enviado|inicia sesión/);
});

test('una versión nueva espera a que se deje de contar', async ({ mesa }) => {
  const ana = await mesa.instalado('almacen1@demo.mx');
  const { pagina, red } = ana;
  const aviso = pagina.getByText('Hay una versión nueva');
  await pagina.getByRole('button', { name: 'Contar', exact: true }).click();
  const contar = new PantallaContar(pagina);
  await expect(contar.region).toBeVisible();
  red.version = 'dos';
  const espera = () =>
    pagina.evaluate(async () => {
      const registro = await navigator.serviceWorker.getRegistration();
      await registro?.update().catch(() => undefined);
      return registro?.waiting !== null;
    });
  await expect.poll(espera).toBe(true);
  await ana.pistola(aceite.ean);
  await expect(contar.renglon(aceite.codigo)).toContainText('1 pieza');
  await expect(aviso).toBeHidden();

  await pagina.getByRole('button', { name: 'Regresar' }).click();
  await expect(aviso).toBeVisible();
  const recargada = pagina.waitForEvent('load');
  await pagina.getByRole('button', { name: 'Actualizar' }).click();
  await recargada;
  await expect(pagina.getByRole('button', { name: 'Seguir contando' })).toBeVisible();
  await expect(aviso).toBeHidden();
});
