/** axe, text at 200 % and the size of targets on every screen, by day and by night, on a phone and on a PC. */
import { FIJOS } from '../../database/seed/demo-fijos.ts';
import { PantallaContar } from './paginas/contar.ts';
import { planea } from './paginas/gerencia.ts';
import { expectAccessible, expectReadableAt200, smallTargets } from './support/axe.ts';
import { expect, test } from './support/prueba.ts';
import type { Telefono } from './support/telefono.ts';

const TELEFONO = { width: 360, height: 740 };
const PC = { width: 1280, height: 800 };

/** The screen as it stands, in each of its appearances. Targets are held to 48 px where gloves are: on the phone. */
async function revisa({ pagina }: Telefono): Promise<void> {
  await expect(pagina.getByText(/^(Abriendo|Buscando|Cargando)/)).toHaveCount(0);
  await expectAccessible(pagina);
  expect.soft(await smallTargets(pagina), pagina.url()).toEqual([]);
  await expectReadableAt200(pagina);
  await pagina.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(pagina, { only: 'colores' });
  await pagina.emulateMedia({ colorScheme: 'light' });
  await pagina.setViewportSize(PC);
  await expectAccessible(pagina, { only: 'sin_colores' });
  expect.soft(await smallTargets(pagina, 24), pagina.url()).toEqual([]);
  await pagina.setViewportSize(TELEFONO);
}

test('las pantallas de la oficina', async ({ mesa }) => {
  test.setTimeout(240_000);
  const admin = await mesa.telefono();
  await test.step('entrar', async () => {
    await expect(admin.pagina.getByLabel('Correo')).toBeVisible();
    await revisa(admin);
  });
  await admin.instala('admin@demo.mx');
  await planea(admin.pagina, { almacen: 'Centro CDMX', zona: 'Zona A', contadores: ['Ana Torres'] });
  const gerente = await mesa.servidor.como('gerente@demo.mx');
  const { texto } = await gerente.consulta('conteos.historial', { estados: null, antesDe: null, limite: 1 });
  const conteo = (JSON.parse(texto) as { result: { data: { id: string }[] } }).result.data[0]!.id;
  for (const [ruta, titulo] of [
    ['/', 'Inicio'],
    ['/conteos', 'Conteos'],
    ['/conteos/nuevo', 'Nuevo conteo'],
    [`/conteos/${conteo}/revision`, 'Revisión'],
    [`/productos?q=${FIJOS.aceite.codigo}`, 'Productos'],
    ['/movimientos/nuevo', 'Registrar movimiento'],
    ['/tablero', 'Tablero'],
    ['/firmas', 'Por firmar'],
    ['/periodos', 'Periodos'],
    ['/existencias/valuadas', 'Existencia a una fecha'],
    ['/etiquetas', 'Etiquetas'],
    ['/importar', 'Importar'],
    ['/conteos/hoy', 'Conteo de hoy'],
    ['/estadisticas', 'Estadísticas'],
    ['/catalogo?q=aceite', 'Catálogo'],
    ['/catalogo/nuevo', 'Nuevo producto'],
    ['/catalogo/categorias', 'Categorías'],
    ['/mas/tiendas', 'Tiendas'],
    ['/mas/api', 'API y tokens'],
    ['/mas/webhooks', 'Webhooks'],
    ['/mas', 'Más'],
    ['/mas/envios', 'Envíos'],
    ['/mas/dispositivos', 'Dispositivos'],
    ['/mas/usuarios', 'Usuarios'],
    ['/mas/empresa', 'Empresa'],
    ['/mas/escaner', /escáner/],
  ] as const)
    await test.step(ruta, async () => {
      await admin.pagina.goto(admin.red.url + ruta);
      await expect(admin.pagina.getByRole('heading', { name: titulo, level: 1 })).toBeVisible();
      await revisa(admin);
    });
});

test('la pantalla de contar y sus hojas', async ({ mesa }) => {
  test.setTimeout(240_000);
  const ana = await mesa.instalado('almacen1@demo.mx');
  await ana.pagina.getByRole('button', { name: 'Contar', exact: true }).click();
  const contar = new PantallaContar(ana.pagina);
  await expect(contar.region).toBeVisible();
  await test.step('vacía', () => revisa(ana));
  await ana.pistola(FIJOS.aceite.caja.codigo);
  await expect(contar.renglon(FIJOS.aceite.codigo)).toContainText('12 piezas');
  await contar.marca('5');
  await test.step('con un producto', () => revisa(ana));
  for (const boton of ['Ubicación', 'Buscar', /^Ver \d/, 'Terminar conteo'])
    await test.step(`hoja ${boton}`, async () => {
      await contar.boton(boton).click();
      await expect(ana.pagina.getByRole('dialog')).toBeVisible();
      await revisa(ana);
      await ana.pagina.keyboard.press('Escape');
      await expect(ana.pagina.getByRole('dialog')).toBeHidden();
    });
  await contar.boton('Cámara').click();
  await expect(contar.region.getByRole('alert')).toBeVisible();
  await test.step('sin cámara', () => revisa(ana));
  await contar.boton('Cámara').click();
  await ana.pistola('ETQ-000-777');
  await expect(contar.desconocido).toBeVisible();
  await test.step('código desconocido', () => revisa(ana));
  await ana.pagina.goto(`${ana.pagina.url()}/hoja`);
  await expect(ana.pagina.getByText('Página 1 de 2')).toBeVisible();
  await test.step('hoja de papel', () => revisa(ana));
  await ana.pagina.getByRole('tab', { name: 'Archivo o lista' }).click();
  await ana.pagina.getByLabel('Pega aquí las celdas').fill('codigo\tcantidad\nNO-HAY\t7.5E+12\nNO-HAY\t5');
  await ana.pagina.getByRole('button', { name: 'Revisar lo pegado' }).click();
  await expect(ana.pagina.getByRole('table', { name: 'Vista previa' })).toBeVisible();
  await test.step('lista pegada', () => revisa(ana));
});
