/**
 * A day of three people: Ana and Luis take turns on one shared phone without signal, the gerente reviews and signs on
 * another, the auditor reads it all on a PC. `DIA_IMAGENES=docs/img` also keeps the pictures of the manual.
 */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { FIJOS } from '../../database/seed/demo-fijos.ts';
import { PantallaContar } from './paginas/contar.ts';
import { PantallaRevision, planea } from './paginas/gerencia.ts';
import { cambiaDePersona, creaPin } from './paginas/turno.ts';
import { expect, test } from './support/prueba.ts';

const { aceite, filtro } = FIJOS;
const PC = { width: 1366, height: 768 };

async function retrata(pagina: Page, nombre: string): Promise<void> {
  const carpeta = process.env.DIA_IMAGENES;
  if (carpeta !== undefined) await pagina.screenshot({ path: join(carpeta, `dia-${nombre}.png`) });
}

test('Ana y Luis cuentan en un teléfono, el gerente firma en otro y el auditor lee en una PC', async ({
  mesa,
}) => {
  test.setTimeout(180_000);
  const [gerente, compartido] = await Promise.all([
    mesa.instalado('gerente@demo.mx'),
    mesa.instalado('almacen1@demo.mx'),
  ]);
  const { pagina } = compartido;
  const contar = new PantallaContar(pagina);
  const folio = await planea(gerente.pagina, {
    almacen: 'Centro CDMX',
    zona: 'Zona A',
    contadores: ['Ana Torres', 'Luis Rojas'],
  });

  await test.step('cada quien crea su PIN, y se va la señal', async () => {
    await creaPin(pagina, '4831');
    await pagina.goto(`${compartido.red.url}/entrar`);
    await compartido.entra('almacen2@demo.mx');
    await creaPin(pagina, '7302');
    await compartido.instalada();
    await expect(pagina.getByRole('main').getByText('Zona A').first()).toBeVisible();
    await compartido.sinRed();
  });

  await test.step('Luis cuenta y entrega su parte', async () => {
    await pagina.getByRole('button', { name: 'Seguir contando' }).click();
    await contar.ubicacion('A-01-2');
    await compartido.pistola(filtro.caja.codigo);
    await expect(contar.renglon(filtro.codigo)).toBeVisible();
    await contar.corrige('60');
    await expect(contar.renglon(filtro.codigo)).toContainText('60 piezas');
    await contar.envia();
  });

  await test.step('Ana toma el teléfono con su PIN y cuenta lo suyo', async () => {
    await retrata(pagina, 'inicio-compartido');
    await cambiaDePersona(pagina, 'Ana Torres', '4831');
    await pagina.getByRole('button', { name: 'Seguir contando' }).click();
    await contar.ubicacion('A-01-1');
    for (const unidades of ['12', '24', '36']) {
      await compartido.pistola(aceite.caja.codigo);
      await expect(contar.renglon(aceite.codigo)).toContainText(`${unidades} piezas`);
    }
    // What Luis counted is his: Ana neither sees it nor adds to it.
    await expect(contar.renglon(filtro.codigo)).toBeHidden();
    await retrata(pagina, 'ana-cuenta');
    await contar.envia();
  });

  await test.step('vuelve la señal: todo llega, cada línea con su autor', async () => {
    await compartido.conRed();
    await compartido.enEstado('todo enviado');
  });

  await test.step('el gerente mira dos veces lo que nadie contó, y firma', async () => {
    const revision = new PantallaRevision(gerente.pagina);
    await revision.abre(folio);
    await expect(revision.fila(aceite.codigo)).toBeVisible();
    await expect(revision.fila(filtro.codigo)).toBeVisible();
    await retrata(gerente.pagina, 'gerente-revisa');
    await gerente.pagina.getByRole('button', { name: 'Ver los que faltan' }).click();
    await gerente.pagina.getByText(/^Elegir los/).click();
    await gerente.pagina.getByRole('button', { name: /^Poner en cero/ }).click();
    const dialogo = gerente.pagina.getByRole('dialog');
    await dialogo.getByRole('button', { name: 'Poner en cero' }).click();
    await expect(dialogo).toContainText('Según el libro todavía hay');
    await retrata(gerente.pagina, 'gerente-ceros');
    await dialogo.getByRole('button', { name: 'Dejarlos sin contar' }).click();
    await revision.apruebaTodo('Conteo de prueba del día');
    await retrata(gerente.pagina, 'gerente-firma');
  });

  await test.step('el auditor lo lee en la PC, con quién contó, y no puede firmar', async () => {
    const auditor = await mesa.instalado('auditor@demo.mx', { pantalla: PC });
    const revision = new PantallaRevision(auditor.pagina);
    await revision.abre(folio);
    await expect(revision.fila(aceite.codigo)).toContainText('36');
    await expect(revision.aprobar).toBeHidden();
    await retrata(auditor.pagina, 'auditor-lee');
    const api = await mesa.servidor.como('admin@demo.mx');
    const historial = await api.consulta('conteos.historial', {
      estados: ['cerrado'],
      antesDe: null,
      limite: 50,
    });
    expect(historial.texto).toContain(folio);
  });
});
