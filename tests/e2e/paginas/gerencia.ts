import { expect, type Locator, type Page } from '@playwright/test';

export interface PlanDePrueba {
  almacen: string;
  zona: string;
  contadores: readonly string[];
  /** Off where somebody counts who sees the book anyway. */
  ciego?: boolean;
}

/** Plans a conteo of a zone from `Inicio`; resolves with its folio. */
export async function planea(
  pagina: Page,
  { almacen, zona, contadores, ciego = true }: PlanDePrueba,
): Promise<string> {
  await pagina.getByRole('link', { name: 'Inicio' }).click();
  await pagina.getByRole('button', { name: 'Nuevo conteo' }).click();
  const plan = pagina.getByRole('form', { name: 'Planear conteo' });
  const campo = plan.getByLabel('Almacén');
  const opcion = campo.locator('option', { hasText: almacen });
  await campo.selectOption((await opcion.getAttribute('value')) ?? '');
  await plan.getByLabel('Alcance').selectOption({ label: 'Ubicaciones' });
  await plan
    .getByRole('group', { name: 'Ubicaciones' })
    .getByText(new RegExp(`^${zona} \\(`))
    .click();
  await expect(plan.getByLabel('Ciego')).toBeChecked();
  if (!ciego) await plan.getByText('Ciego', { exact: true }).click();
  for (const nombre of contadores)
    await plan.getByRole('group', { name: 'Contadores' }).getByText(nombre).click();
  await pagina.getByRole('button', { name: 'Crear conteo' }).click();
  const aviso = pagina.getByText(/\S+-\d{4}-\d+ creado/);
  await expect(aviso).toBeVisible();
  return ((await aviso.textContent()) ?? '').trim().split(' ')[0]!;
}

/** The review of one conteo, by its accessible names only. */
export class PantallaRevision {
  readonly #pagina: Page;

  constructor(pagina: Page) {
    this.#pagina = pagina;
  }

  async abre(folio: string): Promise<void> {
    await this.#pagina.getByRole('link', { name: 'Conteos' }).click();
    await this.#pagina
      .getByRole('listitem')
      .filter({ hasText: folio })
      .getByRole('link', { name: /Revis|Conteo|Zona/ })
      .last()
      .click();
    await expect(this.#pagina.getByRole('heading', { name: 'Revisión' })).toBeVisible();
  }

  get tabla(): Locator {
    return this.#pagina.getByRole('table', { name: 'Variaciones' });
  }

  get aprobar(): Locator {
    return this.#pagina.getByRole('button', { name: /^Aprobar(?! [\d,]+ dentro)/ });
  }

  get motivo(): Locator {
    return this.#pagina.getByRole('dialog').getByLabel('Motivo');
  }

  fila(codigo: string): Locator {
    return this.tabla.getByRole('row').filter({ hasText: codigo });
  }

  /** The cell of a product under a header. */
  async celda(codigo: string, columna: string): Promise<string> {
    const columnas = await this.tabla
      .getByRole('columnheader')
      .evaluateAll((titulos) => titulos.map((titulo) => titulo.textContent?.trim() ?? ''));
    const indice = columnas.indexOf(columna);
    expect(indice, `column ${columna} in ${columnas.join(', ')}`).toBeGreaterThanOrEqual(0);
    return (await this.fila(codigo).locator('td, th').nth(indice).textContent())?.trim() ?? '';
  }

  /** Links an unknown code to a product. */
  async liga(codigo: string, producto: string): Promise<void> {
    await this.#pagina
      .getByRole('list', { name: /^Códigos sin ligar/ })
      .getByRole('listitem')
      .filter({ hasText: codigo })
      .getByRole('button', { name: 'Ligar' })
      .click();
    const dialogo = this.#pagina.getByRole('dialog');
    await dialogo.getByLabel('Producto', { exact: true }).fill(producto);
    await dialogo.getByRole('option').filter({ hasText: producto }).click();
    await dialogo.getByRole('button', { name: 'Ligar' }).click();
    await expect(dialogo).toBeHidden();
  }

  /** Approves all of it, with the reason when it is asked; also when another tab was first. */
  async apruebaTodo(motivo: string): Promise<void> {
    await this.aprobar.click();
    const cerrado = this.#pagina.getByText('Conteo cerrado');
    await expect(this.motivo.or(cerrado).first()).toBeVisible();
    if (await this.motivo.isVisible()) {
      await this.motivo.fill(motivo);
      await this.#pagina
        .getByRole('dialog')
        .getByRole('button', { name: /^Aprobar/ })
        .click();
    }
    await expect(cerrado).toBeVisible();
  }
}
