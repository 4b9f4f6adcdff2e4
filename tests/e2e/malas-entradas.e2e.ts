/** What goes wrong in a warehouse: each has its sentence, loses nothing, and is proven on the real screens. */
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { MENSAJES } from '#shared/codes.ts';
import { FIJOS } from '../../database/seed/demo-fijos.ts';
import { PantallaContar } from './paginas/contar.ts';
import type { Api } from './support/api.ts';
import { test as base, expect } from './support/prueba.ts';
import type { Telefono } from './support/telefono.ts';

const { aceite, balatas, bujia, filtro, granel, llanta } = FIJOS;
const SIN_CODIGO = join(import.meta.dirname, '../../public/icono-512.png');

/** A new conteo of this phone's person, open on the counting screen. */
async function empiezaConteo(telefono: Telefono): Promise<PantallaContar> {
  const { pagina } = telefono;
  await pagina.goto(telefono.red.url);
  const otro = pagina.getByRole('button', { name: 'Contar otra cosa' });
  await expect(pagina.getByText('No tienes conteos abiertos').or(otro)).toBeVisible();
  await ((await otro.isVisible())
    ? otro
    : pagina.getByRole('button', { name: 'Contar', exact: true })
  ).click();
  const contar = new PantallaContar(pagina);
  await expect(contar.region).toBeVisible();
  return contar;
}

const idDe = (telefono: Telefono) => /conteos\/([0-9a-f-]{36})/.exec(telefono.pagina.url())![1]!;

interface Revisado {
  productos: { codigo: string; contado: string; instante: string }[];
  codigosSinLigar: { codigoCrudo: string; unidades: string }[];
}

async function revision(gerente: Api, conteoId: string): Promise<Revisado> {
  const { status, texto } = await gerente.consulta('conteos.revision', { conteoId });
  expect(status, texto).toBe(200);
  return (JSON.parse(texto) as { result: { data: Revisado } }).result.data;
}

/** Counted units by code, as the server has them. */
async function enElServidor(gerente: Api, conteoId: string): Promise<Record<string, number>> {
  const { productos, codigosSinLigar } = await revision(gerente, conteoId);
  return Object.fromEntries([
    ...productos.map(({ codigo, contado }) => [codigo, Number(contado)]),
    ...codigosSinLigar.map(({ codigoCrudo, unidades }) => [codigoCrudo, Number(unidades)]),
  ]);
}

const test = base.extend<{ contar: PantallaContar }, { gerente: Api }>({
  gerente: [
    ({ mesaComun }, use) => mesaComun.servidor.como('gerente@demo.mx').then(use),
    { scope: 'worker' },
  ],
  contar: async ({ ana }, use) => {
    await use(await empiezaConteo(ana));
    ana.red.modo = 'normal';
    ana.red.limite = Number.POSITIVE_INFINITY;
    await ana.conRed();
    expect(ana.errores(), 'errors that the app reported').toEqual([]);
  },
});

const dialogo = (telefono: Telefono, texto: string | RegExp): Locator =>
  telefono.pagina.locator('dialog[open]').filter({ hasText: texto });

test.describe('códigos', () => {
  test('uno tecleado con el último dígito mal pregunta antes de contar', async ({ ana, contar }) => {
    const malo = `${aceite.ean.slice(0, -1)}3`;
    await contar.teclea(malo);
    const pregunta = dialogo(ana, `El último dígito de ${malo} no cuadra`);
    await expect(pregunta).toBeVisible();
    await ana.pagina.keyboard.press('Escape');
    await expect(pregunta).toBeHidden();
    await expect(contar.region).not.toContainText(aceite.codigo);
    await contar.codigo.fill('');
    await contar.teclea(aceite.ean);
    await expect(contar.region).toContainText(aceite.codigo);
  });

  test('uno ajeno se guarda como desconocido y se sigue contando', async ({ ana, contar, gerente }) => {
    const ajeno = '4006381333931';
    await ana.pistola(ajeno);
    await expect(contar.desconocido).toContainText('guardado, lo ligamos después');
    await contar.boton('Seguir').click();
    await ana.pistola(llanta.ean);
    await expect(contar.region).toContainText(llanta.codigo);
    await ana.enEstado('todo enviado');
    await expect.poll(() => enElServidor(gerente, idDe(ana))).toEqual({ [ajeno]: 1, [llanta.codigo]: 1 });
  });

  test('uno forjado es texto y nada más', async ({ ana, contar, gerente }) => {
    const forjado = `<img/src=x/onerror=alert(1)>';drop--`;
    await ana.pistola(forjado);
    await expect(contar.desconocido).toContainText(forjado);
    await ana.enEstado('todo enviado');
    await expect.poll(() => enElServidor(gerente, idDe(ana))).toEqual({ [forjado]: 1 });
  });

  test('uno que ya es de dos productos pregunta cuál', async ({ ana, contar }) => {
    await ana.pistola(FIJOS.pino.ean);
    const pregunta = dialogo(ana, '¿Cuál es?');
    await pregunta.getByRole('button', { name: FIJOS.pinoDoble.nombre }).click();
    await expect(contar.region).toContainText(FIJOS.pinoDoble.codigo);
  });

  test('una foto sin código lo dice, y la cámara negada ofrece otra salida', async ({ ana, contar }) => {
    await contar.boton('Cámara').click();
    const tarjeta = contar.region.getByRole('alert');
    await expect(tarjeta).toContainText(/Permitir cámara|Sin cámara/);
    const elige = ana.pagina.waitForEvent('filechooser');
    await contar.boton('Usar una foto').click();
    await (await elige).setFiles(SIN_CODIGO);
    await expect(contar.region).toContainText('No encontramos un código en la foto');
    await contar.boton('Escribir código').click();
    await expect(contar.codigo).toBeFocused();
  });
});

test.describe('cantidades', () => {
  test('negativas y con cuatro decimales se rechazan con su frase y se quedan a la vista', async ({
    ana,
    contar,
  }) => {
    await ana.pistola(granel.ean);
    await expect(contar.region).toContainText(granel.codigo);
    for (const [escrita, frase] of [
      ['-5', MENSAJES.CANTIDAD_NEGATIVA],
      ['1.2345', MENSAJES.CANTIDAD_DECIMALES],
    ] as const) {
      await contar.cantidad.fill(escrita);
      await contar.cantidad.press('Enter');
      await expect(contar.aviso).toContainText(frase);
      await expect(contar.cantidad).toHaveValue(escrita);
    }
    await contar.cantidad.fill('1.234');
    await contar.cantidad.press('Enter');
    await expect(contar.renglon(granel.codigo)).toContainText('2.234');
  });

  test('más de 99,999 pregunta otra vez', async ({ ana, contar }) => {
    await ana.pistola(filtro.ean);
    await expect(contar.region).toContainText(filtro.codigo);
    await contar.suma('100000');
    const pregunta = dialogo(ana, '¿De verdad son 100,000?');
    await pregunta.getByRole('button', { name: 'No, corregir' }).click();
    await expect(contar.renglon(filtro.codigo)).toContainText('1 pieza');
    await contar.boton(/^Sumar /).click();
    await pregunta.getByRole('button', { name: 'Sí, son 100,000' }).click();
    await expect(contar.renglon(filtro.codigo)).toContainText('100,001');
  });
});

test.describe('mientras tanto', () => {
  test('el conteo se canceló: lo contado llega, se conserva y se dice', async ({ ana, contar, gerente }) => {
    await ana.pistola(aceite.ean);
    await expect(contar.region).toContainText(aceite.codigo);
    await ana.enEstado('todo enviado');
    const conteoId = idDe(ana);
    await ana.sinRed();
    const cancelado = await gerente.ordena('conteos.cancela', { conteoId, motivo: 'Prueba' });
    expect(cancelado.status, cancelado.texto).toBe(200);
    await ana.pistola(balatas.ean);
    await expect(contar.region).toContainText(balatas.codigo);
    await ana.conRed();
    await ana.enEstado(/todo enviado|revisa/);
    await expect(contar.region).toContainText('Este conteo ya está cancelado');
    await expect(contar.renglon(balatas.codigo)).toBeVisible();
    await expect
      .poll(() => enElServidor(gerente, conteoId))
      .toEqual({ [aceite.codigo]: 1, [balatas.codigo]: 1 });
  });

  test('un producto dado de baja se cuenta igual', async ({ ana, contar, gerente, mesaComun }) => {
    const admin = await mesaComun.servidor.como('admin@demo.mx');
    // Nothing may be on its way when the network goes: an answer under way would bring the change along.
    await ana.enEstado(/todo enviado/);
    await ana.sinRed();
    await ana.enEstado('sin señal');
    await admin.productos([{ codigo: bujia.codigo, isActive: false }]);
    await ana.pistola(bujia.ean);
    await expect(contar.region).toContainText(bujia.codigo);
    await ana.conRed();
    await ana.enEstado('todo enviado');
    await expect.poll(() => enElServidor(gerente, idDe(ana))).toEqual({ [bujia.codigo]: 1 });
    await admin.productos([{ codigo: bujia.codigo, isActive: true }]);
  });

  test('una segunda pestaña cuenta lo mismo sin duplicar', async ({ ana, contar, gerente }) => {
    await ana.pistola(aceite.caja.codigo);
    await expect(contar.renglon(aceite.codigo)).toContainText('12 piezas');
    const otra = await ana.contexto.newPage();
    await otra.goto(ana.pagina.url());
    const segunda = new PantallaContar(otra);
    await expect(segunda.renglon(aceite.codigo)).toContainText('12 piezas');
    await segunda.busca(aceite.codigo, aceite.nombre);
    await segunda.suma('5');
    await expect(segunda.renglon(aceite.codigo)).toContainText('17 piezas');
    await expect(contar.renglon(aceite.codigo)).toContainText('17 piezas');
    await otra.close();
    await ana.enEstado('todo enviado');
    await expect.poll(() => enElServidor(gerente, idDe(ana))).toEqual({ [aceite.codigo]: 17 });
  });
});

test.describe('el disco', () => {
  test('lleno: rojo, con el valor a la vista, y se guarda cuando hay lugar', async ({ ana, contar }) => {
    await ana.pistola(aceite.ean);
    await expect(contar.renglon(aceite.codigo)).toContainText('1 pieza');
    // why: no disk can be filled here; the browser's own limit refuses the write in the same way.
    await ana.pagina.evaluate(() => {
      const put = IDBObjectStore.prototype.add;
      IDBObjectStore.prototype.add = function lleno(this: IDBObjectStore): never {
        throw new DOMException('no space', 'QuotaExceededError');
      } as typeof put;
      Object.assign(window, { hayLugar: () => (IDBObjectStore.prototype.add = put) });
    });
    await contar.suma('26');
    const rojo = ana.pagina.getByRole('alertdialog').filter({ hasText: 'NO guardado' });
    await expect(rojo).toContainText('26');
    await expect(rojo).toContainText(aceite.nombre);
    await ana.pagina.evaluate(() => (window as unknown as { hayLugar(): void }).hayLugar());
    await rojo.getByRole('button', { name: 'Guardar otra vez' }).click();
    await expect(rojo).toBeHidden();
    await expect(contar.renglon(aceite.codigo)).toContainText('27 piezas');
  });

  test('negado (modo privado): se entiende antes de contar', async ({ mesaComun }) => {
    const privado = await mesaComun.telefono();
    // why: Chromium's private mode allows storage; other browsers refuse to open a database, as this does.
    await privado.contexto.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('not allowed', 'SecurityError');
      };
    });
    await privado.pagina.reload();
    await expect(privado.pagina.getByRole('alert')).toContainText('Este navegador no deja abrir lo guardado');
    await mesaComun.quita(privado);
  });
});

test.describe('la red', () => {
  test('un portal cautivo que contesta 200 se nombra y no se pierde nada', async ({
    ana,
    contar,
    gerente,
  }) => {
    ana.red.modo = 'portal';
    ana.red.corta();
    await ana.pistola(aceite.ean);
    await expect(contar.region).toContainText(aceite.codigo);
    const conteoId = idDe(ana);
    await ana.enEstado('revisa');
    await ana.pagina.getByRole('button', { name: 'Regresar' }).click();
    await expect(ana.pagina.getByText(MENSAJES.RESPUESTA_EXTRANA)).toBeVisible();
    ana.red.modo = 'normal';
    await ana.enEstado('todo enviado');
    await expect.poll(() => enElServidor(gerente, conteoId)).toEqual({ [aceite.codigo]: 1 });
  });

  test('un cuerpo demasiado grande se parte hasta que pasa', async ({ ana, contar, gerente }) => {
    await ana.sinRed();
    for (let n = 0; n < 10; n += 1) {
      await ana.pistola(aceite.ean);
      await ana.pistola(filtro.ean);
    }
    await expect(contar.renglon(filtro.codigo)).toContainText('10 piezas');
    // Twenty lines are 2.5 kB compressed, ten are 1.8.
    ana.red.limite = 2_200;
    ana.red.cuerpos.length = 0;
    await ana.conRed();
    await ana.enEstado('todo enviado');
    const partes = ana.red.cuerpos.filter(({ ruta }) => ruta.includes('sync.push'));
    expect(partes.filter(({ pasa }) => !pasa).length).toBeGreaterThan(0);
    expect(partes.filter(({ pasa }) => pasa).length).toBeGreaterThan(1);
    await expect
      .poll(() => enElServidor(gerente, idDe(ana)))
      .toEqual({ [aceite.codigo]: 10, [filtro.codigo]: 10 });
  });

  for (const modo of [{ status: 401 }, { status: 429, retryAfter: 1 }, { status: 503, retryAfter: 1 }])
    test(`el servidor contesta ${modo.status} un rato: nada se pierde`, async ({ ana, contar, gerente }) => {
      const antes = ana.red.pedidas.length;
      ana.red.modo = modo;
      await ana.pistola(aceite.ean);
      await expect(contar.region).toContainText(aceite.codigo);
      await expect
        .poll(() => ana.red.pedidas.slice(antes).some((r) => /sync\.(hello|push)/.test(r)))
        .toBe(true);
      ana.red.modo = 'normal';
      await ana.enEstado('todo enviado');
      await expect.poll(() => enElServidor(gerente, idDe(ana))).toEqual({ [aceite.codigo]: 1 });
    });
});

test('un reloj dos días adelantado: el instante se corrige', async ({ mesaComun, gerente }) => {
  const luis = await mesaComun.telefono();
  await luis.pagina.clock.install({ time: new Date(Date.now() + 2 * 86_400_000) });
  await luis.pagina.goto(luis.red.url);
  await luis.instala('almacen2@demo.mx');
  const contar = await empiezaConteo(luis);
  await luis.pistola(aceite.ean);
  await expect(contar.region).toContainText(aceite.codigo);
  await luis.enEstado('todo enviado');
  const { productos } = await revision(gerente, idDe(luis));
  expect(Math.abs(Date.parse(productos[0]!.instante) - Date.now())).toBeLessThan(120_000);
  await mesaComun.quita(luis);
});

test.describe('lo que es de otros', () => {
  test('un contador pide un conteo de otra tienda y no hay tal', async ({ mesaComun }) => {
    const admin = await mesaComun.servidor.como('admin@demo.mx');
    const ana = await mesaComun.servidor.como('almacen1@demo.mx');
    const ajeno = JSON.parse((await admin.pide('/api/existencias?almacen=MTY-01&limite=1')).texto) as {
      existencias: { almacenId: string; productoId: string; codigo: string }[];
    };
    const { almacenId } = ajeno.existencias[0]!;
    for (const { status, texto } of [
      await ana.pide('/api/existencias?almacen=MTY-01'),
      await ana.pide('/api/transacciones?almacen=MTY-01'),
      await ana.consulta('conteos.asignables', { almacenId }),
      await ana.consulta('conteos.revision', { conteoId: almacenId }),
    ]) {
      expect(status, texto).toBe(403);
      expect(texto).toContain(MENSAJES.PROHIBIDO);
    }
  });

  test('un token que no es nuestro no abre nada', async ({ mesaComun }) => {
    const { servidor } = mesaComun;
    const ana = await servidor.como('almacen1@demo.mx');
    const [cabeza, cuerpo, firma] = ana.token.split('.');
    const otro = Buffer.from(
      JSON.stringify({
        ...JSON.parse(Buffer.from(cuerpo!, 'base64url').toString()),
        sub: '00000000-0000-7000-8000-000000000000',
      }),
    ).toString('base64url');
    for (const token of [`${cabeza}.${otro}.${firma}`, `${cabeza}.${cuerpo}.`, 'x']) {
      const response = await fetch(`${servidor.url}/api/trpc/sync.rechazos`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(response.status).toBe(401);
      expect(await response.text()).toContain(MENSAJES.SESION_VENCIDA);
    }
  });
});
