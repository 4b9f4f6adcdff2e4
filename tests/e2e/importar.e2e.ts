/** An ERP's export goes from the phone's file picker to correct existencias, and a second time changes nothing. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { fechaLocal } from '#shared/domain/instante.ts';
import { FIJOS } from '../../database/seed/demo-fijos.ts';
import { Api } from './support/api.ts';
import { expectAccessible } from './support/axe.ts';
import { exportaExistencias } from './support/hoja-de-calculo.ts';
import { expect, test } from './support/prueba.ts';

const { aceite, balatas, filtro, bujia } = FIJOS;
const DE = [
  { ...aceite, existencia: 83 },
  { ...balatas, existencia: 12 },
  { ...filtro, existencia: 0 },
  { ...bujia, existencia: 241 },
];
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const hoy = () => fechaLocal(Date.now(), 'America/Mexico_City').split('-').reverse().join('/');

async function existencias(gerente: Api): Promise<Record<string, number>> {
  const hay: Record<string, number> = {};
  for (const { codigo } of DE) {
    const { texto } = await gerente.pide(`/api/existencias?codigo=${codigo}&almacen=CDMX-01`);
    const { existencias: filas } = JSON.parse(texto) as { existencias: { cantidad: string }[] };
    hay[codigo] = Number(filas[0]!.cantidad);
  }
  return hay;
}

/** Movements of these products there, of any kind. */
async function movimientos(gerente: Api): Promise<number> {
  let cuantos = 0;
  for (const { codigo } of DE) {
    const { texto } = await gerente.pide(`/api/transacciones?codigo=${codigo}&almacen=CDMX-01&limite=1000`);
    cuantos += (JSON.parse(texto) as { transacciones: unknown[] }).transacciones.length;
  }
  return cuantos;
}

/** Presses what a person presses, and counts. */
function dedo(pagina: Page) {
  let toques = 0;
  return {
    toca: async (nombre: string | RegExp) => {
      toques += 1;
      await pagina.getByRole('button', { name: nombre }).tap();
    },
    elige: async (ruta: string) => {
      // The picker opens with one tap, and the file in it is another.
      toques += 2;
      const escoge = pagina.waitForEvent('filechooser');
      await pagina.getByRole('button', { name: 'Importar archivo' }).tap();
      await (await escoge).setFiles(ruta);
    },
    get toques() {
      return toques;
    },
  };
}

test('a Microsip-like export goes from the phone’s file picker to correct existencias in ≤ 5 taps, and a second time changes nothing', async ({
  mesa,
}) => {
  const telefono = await mesa.instalado('gerente@demo.mx');
  const gerente = await Api.entra(() => mesa.servidor.url, 'gerente@demo.mx');
  const { pagina } = telefono;
  const ruta = await exportaExistencias(DE, {
    almacen: 'CDMX-01',
    fecha: hoy(),
    nombre: 'existencias CDMX-01.xlsx',
  });
  await pagina.goto(`${telefono.red.url}/importar`);
  const persona = dedo(pagina);
  await persona.elige(ruta);
  const tabla = pagina.getByRole('table', { name: 'Vista previa' });
  await expect(tabla).toContainText(aceite.codigo);
  const antes = await movimientos(gerente);
  await expectAccessible(pagina);
  await persona.toca('Al cerrar');
  await expect(pagina.getByRole('button', { name: /^Aplicar 4 existencias$/ })).toBeEnabled();
  await persona.toca(/^Aplicar/);
  await expect(pagina.getByText('Se aplicaron 4 existencias')).toBeVisible();
  expect(persona.toques).toBeLessThanOrEqual(5);
  expect(await existencias(gerente)).toEqual(Object.fromEntries(DE.map((f) => [f.codigo, f.existencia])));
  expect(await movimientos(gerente)).toBe(antes + 4);

  // The same file again, and the same rows saved again.
  await pagina.goto(`${telefono.red.url}/importar`);
  await persona.elige(ruta);
  await expect(pagina.getByText('Este archivo ya se aplicó: subirlo otra vez no cambia nada')).toBeVisible();
  await pagina.goto(`${telefono.red.url}/importar`);
  await persona.elige(
    await exportaExistencias(DE.toReversed(), {
      almacen: 'CDMX-01',
      fecha: hoy(),
      nombre: 'otra vez CDMX-01.xlsx',
    }),
  );
  // How this source counts is remembered: nothing is asked.
  await expect(pagina.getByText('No cambia nada', { exact: true })).toBeVisible();
  await expect(pagina.getByRole('button', { name: /^Aplicar/ })).toHaveCount(0);
  expect(await movimientos(gerente)).toBe(antes + 4);
});

test('from the phone’s share sheet a file is taken without network, kept, and uploaded when there is signal', async ({
  mesaComun,
}) => {
  const telefono = await mesaComun.instalado('gerente@demo.mx');
  const { pagina } = telefono;
  const ruta = await exportaExistencias(DE, {
    almacen: 'CDMX-01',
    fecha: hoy(),
    nombre: 'compartido CDMX-01.xlsx',
  });
  await telefono.sinRed();
  // What the system does with the manifest's share_target: a navigation with a form.
  await pagina.evaluate(
    ([base64, tipo]) => {
      const bytes = Uint8Array.from(atob(base64!), (c) => c.charCodeAt(0));
      const archivos = new DataTransfer();
      archivos.items.add(new File([bytes], 'compartido CDMX-01.xlsx', { type: tipo! }));
      const campo = Object.assign(document.createElement('input'), { type: 'file', name: 'archivo' });
      campo.files = archivos.files;
      const forma = Object.assign(document.createElement('form'), {
        action: '/importar/compartido',
        method: 'post',
        enctype: 'multipart/form-data',
      });
      forma.append(campo);
      document.body.append(forma);
      forma.submit();
    },
    [readFileSync(ruta).toString('base64'), XLSX],
  );
  await expect(pagina).toHaveURL(/\/importar$/);
  await expect(pagina.getByText('compartido CDMX-01.xlsx')).toBeVisible();
  await expect(pagina.getByText(/Guardado en este teléfono|falta subirlo/)).toBeVisible();
  await telefono.conRed();
  await expect(pagina.getByRole('table', { name: 'Vista previa' })).toContainText(aceite.codigo, {
    timeout: 60_000,
  });
  await pagina.goto(`${telefono.red.url}/importar`);
  await expect(pagina.getByRole('table', { name: 'Importaciones' })).toContainText('compartido CDMX-01.xlsx');
  await expect(pagina.getByText(/Guardado en este teléfono|falta subirlo/)).toHaveCount(0);
  await mesaComun.quita(telefono);
});
