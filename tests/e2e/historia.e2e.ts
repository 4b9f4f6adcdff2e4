/**
 * The story that the product exists for, on real parts: a blind conteo for two phones, counted without network,
 * through a killed browser and a network that flaps, reviewed and approved on a phone, and found exactly once in the
 * ledger, whatever is pressed, sent or killed afterwards.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CODIGOS_DESCONOCIDOS, FIJOS } from '../../database/seed/demo-fijos.ts';
import { PantallaContar } from './paginas/contar.ts';
import { PantallaRevision, planea } from './paginas/gerencia.ts';
import type { Api } from './support/api.ts';
import { makeFakeVideo } from './support/fake-video.ts';
import { expect, test } from './support/prueba.ts';
import type { Telefono } from './support/telefono.ts';

const { aceite, balatas, banda, bateria, bujia, filtro, foco, llanta } = FIJOS;
const CARPETA = mkdtempSync(join(tmpdir(), 'devcompras-historia-'));
const FOTO = join(import.meta.dirname, '../../public/icono-512.png');

/** What the count must move in the ledger: counted − (existencia − what was sold before), by product. */
const AJUSTES = {
  [balatas.codigo]: '-2', // 24 of 26
  [aceite.codigo]: '-1', // 36 of 38, and one was sold before
  [banda.codigo]: '-2', // 5 of 7
  [bateria.codigo]: '-1', // 8 of 9, under a label that nobody knew
  [bujia.codigo]: '3', // 147 of 144
};

test.afterAll(() => rmSync(CARPETA, { recursive: true, force: true }));

async function abreElConteo(telefono: Telefono, folio: string): Promise<PantallaContar> {
  await expect(telefono.pagina.getByRole('main').getByText('Zona A').first()).toBeVisible();
  await telefono.pagina.getByRole('button', { name: 'Seguir contando' }).click();
  const contar = new PantallaContar(telefono.pagina);
  await expect(contar.region, `${folio} opens without network`).toBeVisible();
  await telefono.enEstado('sin señal');
  return contar;
}

/** The network comes back in pieces: an answer lost, an answer cut, away again, and at last it stays. */
async function vuelveATropezones(telefono: Telefono): Promise<void> {
  const { red } = telefono;
  for (const modo of ['sin_respuesta', 'cortada'] as const) {
    const antes = red.pedidas.length;
    red.modo = modo;
    await telefono.conRed();
    await expect.poll(() => red.pedidas.slice(antes).some((ruta) => ruta.includes('sync.'))).toBe(true);
    await telefono.sinRed();
  }
  red.modo = 'normal';
  await telefono.conRed();
  await telefono.enEstado('todo enviado');
}

async function ajustesDe(api: Api, conteo: string): Promise<Record<string, string>> {
  const movimientos = await api.movimientos({ conteo });
  expect(movimientos.map(({ tipo }) => tipo)).toEqual(movimientos.map(() => 'ajuste'));
  expect(new Set(movimientos.map(({ codigo }) => codigo)).size).toBe(movimientos.length);
  return Object.fromEntries(movimientos.map(({ codigo, cantidad }) => [codigo, String(Number(cantidad))]));
}

test('lo contado sin señal en dos teléfonos llega una sola vez al libro', async ({ mesa }) => {
  test.setTimeout(300_000);
  const video = join(CARPETA, `${test.info().project.name}.y4m`);
  makeFakeVideo(video, [{ codigo: balatas.ean, formato: 'EAN_13', seconds: 4 }], { gapSeconds: 5, fps: 5 });
  const [gerente, ana, luis] = await Promise.all([
    mesa.instalado('gerente@demo.mx'),
    mesa.instalado('almacen1@demo.mx', { video }),
    mesa.instalado('almacen2@demo.mx'),
  ]);

  const folio = await test.step('el gerente planea', () =>
    planea(gerente.pagina, {
      almacen: 'Centro CDMX',
      zona: 'Zona A',
      contadores: ['Ana Torres', 'Luis Rojas'],
    }));
  for (const telefono of [ana, luis])
    await expect(telefono.pagina.getByRole('button', { name: 'Seguir contando' })).toBeVisible();

  const antesDeContar = Date.now();
  await Promise.all([ana.sinRed(), luis.sinRed()]);

  await test.step('Ana cuenta: cámara, caja con pistola, búsqueda, etiqueta desconocida', async () => {
    const contar = await abreElConteo(ana, folio);
    await contar.ubicacion('A-01-1');
    await contar.boton('Cámara').click();
    await expect(contar.region).toContainText(balatas.codigo, { timeout: 45_000 });
    await contar.boton('Cámara').click();
    await contar.corrige('24');
    await expect(contar.renglon(balatas.codigo)).toContainText('24 juegos');

    for (const unidades of ['12', '24', '36']) {
      await ana.pistola(aceite.caja.codigo);
      await expect(contar.renglon(aceite.codigo)).toContainText(`${unidades} piezas`);
    }
    await contar.ubicacion('A-03-2');
    await ana.pistola(CODIGOS_DESCONOCIDOS.texto);
    await expect(contar.desconocido).toContainText(CODIGOS_DESCONOCIDOS.texto);
    const elige = ana.pagina.waitForEvent('filechooser');
    await contar.boton('Tomar foto').click();
    await (await elige).setFiles(FOTO);
    await expect(contar.desconocido).toContainText('con foto');
    await contar.suma('7');
    await expect(contar.desconocido).toContainText('8 piezas');
    await contar.boton('Seguir').click();
  });

  await test.step('su navegador muere y vuelve a abrir sin señal: nada se perdió', async () => {
    const antes = await new PantallaContar(ana.pagina).contado();
    expect([...antes]).toHaveLength(3);
    await ana.mata();
    await ana.abre({ sinRed: true });
    const contar = await abreElConteo(ana, folio);
    expect(await contar.contado()).toEqual(antes);

    await contar.ubicacion('A-02-1');
    await contar.busca('banda 7pk2840 gates', banda.nombre);
    await contar.suma('5');
    await expect(contar.renglon(banda.codigo)).toContainText('5 piezas');
    await contar.envia();
  });

  await test.step('Luis cuenta: un cero, un error anulado, una corrección', async () => {
    const contar = await abreElConteo(luis, folio);
    await contar.ubicacion('A-02-1');
    await contar.busca('foco h7', foco.nombre);
    await contar.boton('Cero').click();
    await expect(contar.renglon(foco.codigo)).toContainText('0 piezas');

    await contar.ubicacion('A-01-2');
    await luis.pistola(llanta.ean);
    await contar.renglon(llanta.codigo).getByRole('button', { name: 'Anular' }).click();
    await expect(contar.renglon(llanta.codigo)).toBeHidden();

    await luis.pistola(filtro.caja.codigo);
    await expect(contar.region).toContainText(filtro.codigo);
    await contar.corrige('60');
    await expect(contar.renglon(filtro.codigo)).toContainText('60 piezas');
    for (const unidades of ['24', '48', '72', '96', '120', '144']) {
      await luis.pistola(bujia.caja.codigo);
      await expect(contar.renglon(bujia.codigo)).toContainText(`${unidades} piezas`);
    }
    await contar.suma('3');
    await expect(contar.renglon(bujia.codigo)).toContainText('147 piezas');
    await contar.envia();
  });

  const admin = await mesa.servidor.como('admin@demo.mx');
  await admin.registra({
    codigo: aceite.codigo,
    almacen: 'CDMX-01',
    tipo: 'venta',
    cantidad: '1',
    ocurridaEn: new Date(antesDeContar - 20 * 60_000).toISOString(),
    referencia: 'T-1041',
  });

  await test.step('la red vuelve a tropezones', () =>
    Promise.all([vuelveATropezones(ana), vuelveATropezones(luis)]));

  const revision = new PantallaRevision(gerente.pagina);
  await test.step('el gerente liga el código y ve lo contado contra lo esperado', async () => {
    await revision.abre(folio);
    await revision.liga(CODIGOS_DESCONOCIDOS.texto, bateria.codigo);
    const esperado = {
      [balatas.codigo]: ['24', '26', '−2'],
      [aceite.codigo]: ['36', '37', '−1'],
      [banda.codigo]: ['5', '7', '−2'],
      [bateria.codigo]: ['8', '9', '−1'],
      [bujia.codigo]: ['147', '144', '+3'],
      [filtro.codigo]: ['60', '60', '0'],
      [foco.codigo]: ['0', '0', '0'],
    };
    for (const [codigo, [contado, teorico, variacion]] of Object.entries(esperado)) {
      await expect(revision.fila(codigo)).toBeVisible();
      expect(await revision.celda(codigo, 'Contado'), codigo).toMatch(new RegExp(`^${contado}\\b`));
      expect(await revision.celda(codigo, 'Teórico'), codigo).toMatch(new RegExp(`^${teorico}\\b`));
      expect(await revision.celda(codigo, 'Variación'), codigo).toContain(variacion);
    }
    await expect(revision.fila(llanta.codigo)).toBeHidden();
  });

  const conteo = /conteos\/([0-9a-f-]{36})\/revision/.exec(gerente.pagina.url())![1]!;
  const suyo = await mesa.servidor.como('gerente@demo.mx');
  const vista = JSON.parse((await suyo.consulta('conteos.revision', { conteoId: conteo })).texto) as {
    result: {
      data: {
        productos: {
          productoId: string;
          codigo: string;
          instante: string;
          contado: string;
          teorico: string | null;
        }[];
      };
    };
  };
  const { productos } = vista.result.data;

  await test.step('aprueba en su teléfono, desde dos pestañas a la vez', async () => {
    const otra = await gerente.contexto.newPage();
    await otra.goto(gerente.pagina.url());
    const segunda = new PantallaRevision(otra);
    await expect(segunda.aprobar).toBeEnabled();
    await Promise.all([revision.apruebaTodo('Conteo de zona A'), segunda.apruebaTodo('Conteo de zona A')]);
    await otra.close();
  });

  const instantes = new Map(productos.map(({ codigo, instante }) => [codigo, Date.parse(instante)]));
  const unaVez = async () => {
    expect(await ajustesDe(suyo, conteo)).toEqual(AJUSTES);
    for (const { codigo, ocurridaEn } of await suyo.movimientos({ conteo })) {
      expect(Date.parse(ocurridaEn), codigo).toBe(instantes.get(codigo));
      expect(Date.parse(ocurridaEn)).toBeGreaterThanOrEqual(antesDeContar);
    }
  };
  await unaVez();

  const repite = () =>
    suyo.ordena('conteos.aprueba', {
      conteoId: conteo,
      productoIds: productos.map(({ productoId }) => productoId),
      motivo: 'otra vez',
    });
  await test.step('repetir, reenviar y matar al servidor no agrega nada', async () => {
    await Promise.all([repite(), repite(), repite()]);
    await unaVez();
    await mesa.servidor.mata();
    await mesa.servidor.reinicia();
    await unaVez();
    await repite();
    await unaVez();
  });
});
