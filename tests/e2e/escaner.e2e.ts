/** The camera of a phone without network: each time a label comes by it counts once, in a real count and in the scanner test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { SHEET_LABELS } from '#client/scanner/sheet-labels.ts';
import { FIJOS } from '../../database/seed/demo-fijos.ts';
import { PantallaContar } from './paginas/contar.ts';
import { type FakeLabelFormat, makeFakeVideo } from './support/fake-video.ts';
import { expect, test } from './support/prueba.ts';

const CARPETA = mkdtempSync(join(tmpdir(), 'devcompras-escaner-'));

test.afterAll(() => rmSync(CARPETA, { recursive: true, force: true }));

/** A video that shows these labels one after another, a second each, for ever. */
function filma(nombre: string, labels: { codigo: string; formato: FakeLabelFormat }[]): string {
  const video = join(CARPETA, `${nombre}.y4m`);
  makeFakeVideo(
    video,
    labels.map((label) => ({ ...label, seconds: 1 })),
    { gapSeconds: 0.6 },
  );
  return video;
}

/** From now on the page notes what its product card says, as `codigo units`; of one product in a row, the last. */
async function anotaCuenta({ region }: PantallaContar): Promise<void> {
  await region.evaluate((raiz) => {
    const vistos: string[] = [];
    Object.assign(window, { vistos });
    new MutationObserver(() => {
      const codigo = raiz.querySelector('article .product-code')?.textContent?.trim();
      const unidades = raiz.querySelector('article .product-count')?.textContent?.match(/\d+/)?.[0];
      if (codigo === undefined || unidades === undefined) return;
      if (vistos.at(-1)?.startsWith(`${codigo} `)) vistos.pop();
      vistos.push(`${codigo} ${unidades}`);
    }).observe(raiz, { subtree: true, childList: true, characterData: true });
  });
}

function cuenta(pagina: Page): Promise<string[]> {
  return pagina.evaluate(() => (window as unknown as { vistos: string[] }).vistos);
}

test('three labels in a looping video: 3/3, 0 duplicates, offline; the scanner test reports them', async ({
  mesa,
}) => {
  const productos = [FIJOS.balatas, FIJOS.filtro, FIJOS.llanta];
  const ana = await mesa.instalado('almacen1@demo.mx', {
    video: filma(
      'conteo',
      productos.map(({ ean }) => ({ codigo: ean, formato: 'EAN_13' })),
    ),
  });
  await ana.sinRed();

  await test.step('in the counting screen a round of the video is one of each', async () => {
    await ana.pagina.getByRole('button', { name: 'Contar', exact: true }).click();
    const contar = new PantallaContar(ana.pagina);
    await anotaCuenta(contar);
    await contar.boton('Cámara').click();
    // Four readings: the whole round, and the first label again.
    await expect.poll(() => cuenta(ana.pagina), { timeout: 45_000 }).toHaveProperty('3');
    await contar.boton('Cámara').click();
    const leido = (await cuenta(ana.pagina)).slice(0, 4);
    const primero = productos.findIndex(({ codigo }) => leido[0]?.startsWith(codigo));
    expect(primero).not.toBe(-1);
    const codigo = (n: number) => productos[(primero + n) % 3]!.codigo;
    expect(leido).toEqual([`${codigo(0)} 1`, `${codigo(1)} 1`, `${codigo(2)} 1`, `${codigo(0)} 2`]);
    await ana.enEstado('sin señal');
  });

  await test.step('the scanner test says which labels of the sheet were read, missed and doubled', async () => {
    const leidas = [1, 7, 14].map((number) => SHEET_LABELS[number - 1]!);
    await ana.mata();
    await ana.abre({
      sinRed: true,
      video: filma(
        'hoja',
        leidas.map(({ codigo, simbologia }) => ({ codigo, formato: simbologia as FakeLabelFormat })),
      ),
    });
    const { pagina } = ana;
    await pagina.getByRole('link', { name: 'Más' }).click();
    await pagina.getByRole('button', { name: 'Probar escáner' }).click();
    await pagina.getByRole('button', { name: 'Cámara' }).click();
    const resultado = pagina.getByRole('region', { name: `Cámara: 3 de ${SHEET_LABELS.length}` });
    await expect(resultado).toBeVisible({ timeout: 45_000 });
    const etiquetas = resultado.getByRole('list', { name: 'Etiquetas de la hoja' }).getByRole('listitem');
    await expect(etiquetas.filter({ hasText: 'leída' })).toHaveCount(3);
    await expect(etiquetas.filter({ hasText: 'falta' })).toHaveCount(SHEET_LABELS.length - 3);
    const cifras = resultado.getByRole('region', { name: 'Resultado de cámara' });
    await expect(cifras).toContainText(/15\s*Faltan|Faltan\s*15/);
    await expect(cifras).toContainText(/0\s*Dobles|Dobles\s*0/);
    await expect(cifras).toContainText(/0\s*Equivocadas|Equivocadas\s*0/);
    await expect(resultado.getByRole('region', { name: 'Tiempo por lectura' })).toContainText(/\d+ ms/);
  });
});
