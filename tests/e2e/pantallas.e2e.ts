/** `npm run pantallas`: the pictures of docs/img and the README, from real use on two phones and a PC. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { fechaLocal } from '#shared/domain/instante.ts';
import { CODIGOS_DESCONOCIDOS, FIJOS } from '../../database/seed/demo-fijos.ts';
import { PantallaContar } from './paginas/contar.ts';
import { PantallaRevision, planea } from './paginas/gerencia.ts';
import { exportaExistencias } from './support/hoja-de-calculo.ts';
import { expect, test } from './support/prueba.ts';

const IMAGENES = join(import.meta.dirname, '../../docs/img');
const PC = { width: 1280, height: 800 };
const ESCALA = 2;
const { aceite, balatas, banda, bateria, bujia, filtro, foco, llanta } = FIJOS;

async function retrata(pagina: Page, nombre: string): Promise<void> {
  await pagina.evaluate(() => document.fonts.ready);
  await pagina.waitForFunction(() => document.getAnimations().length === 0);
  await pagina.screenshot({ path: join(IMAGENES, `${nombre}.png`) });
}

test('pantallas', async ({ mesa }) => {
  test.setTimeout(300_000);
  mkdirSync(IMAGENES, { recursive: true });
  const [gerente, ana, luis, pc] = await Promise.all([
    mesa.instalado('gerente@demo.mx', { escala: ESCALA }),
    mesa.instalado('almacen1@demo.mx', { escala: ESCALA }),
    mesa.instalado('almacen2@demo.mx', { escala: ESCALA, tema: 'dark' }),
    mesa.instalado('gerente@demo.mx', { escala: ESCALA, pantalla: PC }),
  ]);

  await pc.pagina.getByRole('button', { name: 'Nuevo conteo' }).click();
  const plan = pc.pagina.getByRole('form', { name: 'Planear conteo' });
  await plan
    .getByRole('group', { name: 'Ubicaciones' })
    .getByText(/^Zona A/)
    .click();
  for (const nombre of ['Ana Torres', 'Luis Rojas'])
    await plan.getByRole('group', { name: 'Contadores' }).getByText(nombre).click();
  await pc.pagina.getByRole('heading', { name: 'Nuevo conteo' }).click();
  await retrata(pc.pagina, 'planear-pc');

  const folio = await planea(gerente.pagina, {
    almacen: 'Centro CDMX',
    zona: 'Zona A',
    contadores: ['Ana Torres', 'Luis Rojas'],
  });
  const deAna = new PantallaContar(ana.pagina);
  await ana.pagina.getByRole('button', { name: 'Seguir contando' }).click();
  await expect(deAna.region).toBeVisible();
  await deAna.ubicacion('A-02-2');
  await ana.pistola(llanta.ean);
  await expect(deAna.region).toContainText(llanta.codigo);
  await deAna.suma('11');
  await deAna.ubicacion('A-03-2');
  await ana.pistola(CODIGOS_DESCONOCIDOS.texto);
  await expect(deAna.desconocido).toBeVisible();
  await deAna.suma('7');
  await deAna.boton('Seguir').click();
  await deAna.ubicacion('A-01-2');
  for (const unidades of ['12', '24', '36', '48']) {
    await ana.pistola(filtro.caja.codigo);
    await expect(deAna.region).toContainText(`${unidades} piezas`);
  }
  await ana.enEstado('todo enviado');
  await deAna.ubicacion('A-01-1');
  await ana.pistola(aceite.caja.codigo);
  await expect(deAna.region).toContainText('12 piezas');
  await ana.enEstado('todo enviado');
  await ana.pistola(balatas.ean);
  await expect(deAna.region).toContainText(balatas.codigo);
  await deAna.suma('20');
  await expect(deAna.renglon(balatas.codigo)).toContainText('enviado');
  await deAna.marca('5');
  await retrata(ana.pagina, 'contar-telefono');

  const deLuis = new PantallaContar(luis.pagina);
  await luis.pagina.getByRole('button', { name: 'Seguir contando' }).click();
  await expect(deLuis.region).toBeVisible();
  await deLuis.ubicacion('A-02-1');
  await luis.pistola(foco.ean);
  await expect(deLuis.region).toContainText(foco.codigo);
  await deLuis.corrige('4');
  await deLuis.busca(banda.codigo, banda.nombre);
  await expect(deLuis.region).toContainText(banda.codigo);
  await deLuis.suma('5');
  await luis.enEstado('todo enviado');
  await luis.pagina.getByRole('button', { name: 'Regresar' }).click();
  await expect(luis.pagina.getByRole('button', { name: 'Seguir contando' })).toBeVisible();
  await retrata(luis.pagina, 'inicio-oscuro');

  await luis.sinRed();
  await luis.pagina.emulateMedia({ colorScheme: 'light' });
  await luis.pagina.getByRole('button', { name: 'Seguir contando' }).click();
  await deLuis.ubicacion('A-01-2');
  for (const unidades of ['24', '48', '72']) {
    await luis.pistola(bujia.caja.codigo);
    await expect(deLuis.region).toContainText(`${unidades} piezas`);
  }
  await luis.enEstado('sin señal');
  await luis.pagina.getByRole('button', { name: 'Regresar' }).click();
  await expect(luis.pagina.getByRole('button', { name: 'Seguir contando' })).toBeVisible();
  await retrata(luis.pagina, 'sin-senal');
  await luis.pagina.getByRole('button', { name: 'Seguir contando' }).click();
  await expect(deLuis.region).toBeVisible();
  await luis.pistola(bujia.caja.codigo);
  await expect(deLuis.region).toContainText('96 piezas');
  await deLuis.corrige('141');
  await luis.conRed();
  await deLuis.envia();
  await luis.enEstado('todo enviado');
  await deAna.boton(/^Sumar/).click();
  await ana.pistola(aceite.caja.codigo);
  await expect(deAna.region).toContainText('24 piezas');
  await deAna.envia();
  await ana.enEstado('todo enviado');

  const revision = new PantallaRevision(gerente.pagina);
  await revision.abre(folio);
  await revision.liga(CODIGOS_DESCONOCIDOS.texto, bateria.codigo);
  await expect(revision.fila(bateria.codigo)).toBeVisible();
  await gerente.pagina.reload();
  await expect(revision.fila(bateria.codigo)).toBeVisible();
  await retrata(gerente.pagina, 'revision-telefono');
  await pc.pagina.goto(pc.red.url + new URL(gerente.pagina.url()).pathname);
  await expect(new PantallaRevision(pc.pagina).fila(bateria.codigo)).toBeVisible();
  await retrata(pc.pagina, 'revision-pc');
});

test('importar', async ({ mesa }) => {
  test.setTimeout(180_000);
  mkdirSync(IMAGENES, { recursive: true });
  const [telefono, pc] = await Promise.all([
    mesa.instalado('gerente@demo.mx', { escala: ESCALA }),
    mesa.instalado('gerente@demo.mx', { escala: ESCALA, pantalla: { ...PC, height: 1_000 } }),
  ]);
  const filas = [aceite, balatas, banda, bateria, bujia, filtro, foco, llanta].map((p, i) => ({
    ...p,
    existencia: 12 + i * 7,
  }));
  const hoy = fechaLocal(Date.now(), 'America/Mexico_City').split('-').reverse().join('/');
  const ruta = await exportaExistencias([...filas, { codigo: 'ZZ-404', nombre: 'Sin alta', existencia: 3 }], {
    almacen: 'CDMX-01',
    fecha: hoy,
    nombre: 'existencias CDMX-01.xlsx',
  });
  const { pagina } = telefono;
  await pagina.goto(`${telefono.red.url}/importar`);
  await pagina.getByTestId('archivo').setInputFiles(ruta);
  const tabla = { name: 'Vista previa' };
  await expect(pagina.getByRole('table', tabla)).toContainText(aceite.codigo);
  await retrata(pagina, 'importar-pregunta');
  await pagina.getByRole('button', { name: 'Al cerrar' }).tap();
  await expect(pagina.getByRole('button', { name: /^Aplicar 8 existencias$/ })).toBeEnabled();
  await pagina.getByRole('region', { name: 'Qué haría' }).evaluate((cifras) => cifras.scrollIntoView());
  await pagina.evaluate(() => scrollBy(0, -90));
  await retrata(pagina, 'importar-telefono');
  await pc.pagina.goto(pc.red.url + new URL(pagina.url()).pathname);
  await expect(pc.pagina.getByRole('table', tabla)).toContainText(aceite.codigo);
  await retrata(pc.pagina, 'importar-pc');
});

test('pantallas del tablero', async ({ mesa }) => {
  test.setTimeout(300_000);
  mkdirSync(IMAGENES, { recursive: true });
  const [telefono, ana, pc] = await Promise.all([
    mesa.instalado('gerente@demo.mx', { escala: ESCALA }),
    mesa.instalado('almacen1@demo.mx'),
    mesa.instalado('gerente@demo.mx', { escala: ESCALA, pantalla: PC }),
  ]);
  await planea(telefono.pagina, { almacen: 'Centro CDMX', zona: 'Zona A', contadores: ['Ana Torres'] });
  const deAna = new PantallaContar(ana.pagina);
  await ana.pagina.getByRole('button', { name: 'Seguir contando' }).click();
  await expect(deAna.region).toBeVisible();
  await deAna.ubicacion('A-02-2');
  await ana.pistola(llanta.ean);
  await expect(deAna.region).toContainText(llanta.codigo);
  await deAna.suma('2');
  await deAna.envia();
  await ana.enEstado('todo enviado');

  for (const { pagina, red } of [telefono, pc]) {
    await pagina.goto(`${red.url}/tablero`);
    await expect(pagina.getByText(/fuera de tolerancia|por decidir/).first()).toBeVisible();
  }
  await retrata(telefono.pagina, 'tablero-telefono');
  await pc.pagina.getByRole('heading', { name: 'Ventas por semana' }).scrollIntoViewIfNeeded();
  await expect(pc.pagina.getByRole('figure', { name: 'Ventas por semana, sin IVA' })).toBeVisible();
  await expect(pc.pagina.getByRole('figure', { name: 'Valor del inventario' })).toBeVisible({
    timeout: 60_000,
  });
  await pc.pagina
    .getByRole('heading', { name: 'Ventas por semana' })
    .evaluate((titulo) => titulo.scrollIntoView());
  await pc.pagina.evaluate(() => scrollBy(0, -90));
  await retrata(pc.pagina, 'tablero-pc');
  await telefono.pagina.getByRole('figure', { name: 'Ventas por semana, sin IVA' }).scrollIntoViewIfNeeded();
  await telefono.pagina
    .getByRole('heading', { name: 'Ventas por semana' })
    .evaluate((titulo) => titulo.scrollIntoView());
  await telefono.pagina.evaluate(() => scrollBy(0, -90));
  await retrata(telefono.pagina, 'tablero-ventas');
});
