/**
 * What a review meets when not all goes straight: a part that goes back to its counter, lines that come after they were
 * signed, and a manager who counted and so may not sign. `REVISION_IMAGENES=carpeta` keeps pictures.
 */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { FIJOS } from '../../database/seed/demo-fijos.ts';
import { PantallaContar } from './paginas/contar.ts';
import { PantallaRevision, planea } from './paginas/gerencia.ts';
import { expect, test } from './support/prueba.ts';

const { aceite, filtro } = FIJOS;

async function retrata(pagina: Page, nombre: string): Promise<void> {
  const carpeta = process.env.REVISION_IMAGENES;
  if (carpeta !== undefined) await pagina.screenshot({ path: join(carpeta, `revision-${nombre}.png`) });
}

test('una parte devuelta, lo que llegó tarde y la firma de otra persona', async ({ mesa }) => {
  const [gerente, ana] = await Promise.all([
    mesa.instalado('gerente@demo.mx'),
    mesa.instalado('almacen1@demo.mx'),
  ]);
  const revision = new PantallaRevision(gerente.pagina);
  const dialogo = gerente.pagina.getByRole('dialog');
  const folio = await planea(gerente.pagina, {
    almacen: 'Centro CDMX',
    zona: 'Zona A',
    contadores: ['Ana Torres', 'Carlos Mendoza'],
    ciego: false,
  });
  const cuentan = async (telefono: typeof ana, lugar: string, caja: string) => {
    const contar = new PantallaContar(telefono.pagina);
    await telefono.pagina.getByRole('link', { name: 'Inicio' }).click();
    // Until it has come down, the same button begins a free count.
    await expect(telefono.pagina.getByRole('main').getByText('Zona A').first()).toBeVisible();
    await telefono.pagina
      .getByRole('button', { name: /^(Contar|Seguir contando)$/ })
      .first()
      .click();
    await contar.ubicacion(lugar);
    await telefono.pistola(caja);
    return contar;
  };

  await test.step('cuentan Ana y el gerente, y cada quien envía su parte', async () => {
    const deAna = await cuentan(ana, 'A-01-1', aceite.caja.codigo);
    await expect(deAna.renglon(aceite.codigo)).toContainText('12 piezas');
    await deAna.envia();
    const suyo = await cuentan(gerente, 'A-01-2', filtro.caja.codigo);
    await expect(suyo.renglon(filtro.codigo)).toContainText('12 piezas');
    await suyo.envia();
    await Promise.all([ana.enEstado('todo enviado'), gerente.enEstado('todo enviado')]);
  });

  await test.step('el gerente devuelve la parte de Ana con una nota, y ella la lee en su inicio', async () => {
    await revision.abre(folio);
    await gerente.pagina.getByRole('button', { name: 'Devolver la parte de Ana Torres' }).click();
    await revision.motivo.fill('Faltó la caja de arriba');
    await retrata(gerente.pagina, 'devolver');
    await dialogo.getByRole('button', { name: 'Devolver' }).click();
    await expect(gerente.pagina.getByText('Devuelta: Faltó la caja de arriba')).toBeVisible();
    await retrata(gerente.pagina, 'devuelta');
    await expect(ana.pagina.getByText('Faltó la caja de arriba').first()).toBeVisible();
    await retrata(ana.pagina, 'devuelta-inicio');
  });

  await test.step('Ana cuenta esa caja sin señal, y mientras se cierra y se firma lo que llegó', async () => {
    await ana.sinRed();
    const deAna = await cuentan(ana, 'A-01-1', aceite.caja.codigo);
    await expect(deAna.renglon(aceite.codigo)).toContainText('24 piezas');
    await gerente.pagina.getByRole('button', { name: 'Cerrar partes' }).click();
    await revision.motivo.fill('Ya no hay tiempo');
    await dialogo.getByRole('button', { name: 'Cerrar partes' }).click();
    await expect(dialogo).toBeHidden();
    await retrata(gerente.pagina, 'antes-de-firmar');
    await revision.aprobar.click();
    await expect(revision.fila(aceite.codigo)).toContainText('Aprobado por Carlos Mendoza');
    await expect(revision.fila(filtro.codigo)).toContainText('Lo contaste tú: aprueba otra persona');
    await retrata(gerente.pagina, 'aprobado');
  });

  await test.step('lo que contó el gerente lo firma otra persona, a quien él se lo pide', async () => {
    await gerente.pagina.getByRole('button', { name: 'Pedir firma a…' }).click();
    const quien = dialogo.getByLabel('Quién firma');
    await expect(quien).toBeVisible();
    const sofia = quien.locator('option', { hasText: 'Sofía Aguilar' });
    await quien.selectOption((await sofia.getAttribute('value')) ?? '');
    await retrata(gerente.pagina, 'pedir-firma');
    await dialogo.getByRole('button', { name: 'Pedir firma' }).click();
    await expect(gerente.pagina.getByText('Sofía Aguilar ya puede revisar y firmar')).toBeVisible();
  });

  await test.step('la línea de Ana llega tarde: se conserva, se ve, y se cuenta otra vez', async () => {
    await ana.conRed();
    await ana.enEstado('todo enviado');
    await expect(gerente.pagina.getByText('1 línea llegó tarde')).toBeVisible();
    await expect(gerente.pagina.getByText(`${aceite.codigo} ${aceite.nombre}: +12 piezas`)).toBeVisible();
    await retrata(gerente.pagina, 'tardia');
    await gerente.pagina.getByRole('button', { name: 'Contar lo que llegó tarde' }).click();
    await expect(gerente.pagina.getByText(/^Se cuenta de nuevo en \S+-\d{4}-\d+\.$/)).toBeVisible();
    await retrata(gerente.pagina, 'complementario');
  });

  await test.step('la administradora lo encuentra, lo firma, y el conteo cierra', async () => {
    const admin = await mesa.telefono({ pantalla: { width: 1366, height: 768 } });
    await admin.entra('admin@demo.mx');
    const suya = new PantallaRevision(admin.pagina);
    await suya.abre(folio);
    await retrata(admin.pagina, 'admin');
    await suya.apruebaTodo('Revisado con el gerente');
    await retrata(admin.pagina, 'admin-firmado');
    await expect(suya.fila(filtro.codigo)).toContainText('Aprobado por Sofía Aguilar');
  });
});
