import { expect, type Locator, type Page } from '@playwright/test';

/** The counting screen, by its accessible names only. */
export class PantallaContar {
  readonly #pagina: Page;
  readonly region: Locator;

  constructor(pagina: Page) {
    this.#pagina = pagina;
    this.region = pagina.getByRole('region', { name: 'Conteo', exact: true });
  }

  get codigo(): Locator {
    return this.#pagina.getByLabel('Código', { exact: true });
  }

  get cantidad(): Locator {
    return this.#pagina.getByLabel('Cantidad', { exact: true });
  }

  boton(nombre: string | RegExp): Locator {
    return this.#pagina.getByRole('button', { name: nombre, exact: typeof nombre === 'string' });
  }

  /** The row of `Contado` that holds that code. */
  renglon(codigo: string): Locator {
    return this.#pagina
      .getByRole('list', { name: 'Contado' })
      .getByRole('listitem')
      .filter({ hasText: codigo });
  }

  get aviso(): Locator {
    return this.#pagina.getByRole('status', { name: 'Último aviso' });
  }

  get desconocido(): Locator {
    return this.#pagina.getByRole('region', { name: 'Código desconocido' });
  }

  /** Types the code as a person does, then Enter. */
  async teclea(codigo: string): Promise<void> {
    await this.codigo.click();
    await this.codigo.pressSequentially(codigo, { delay: 60 });
    await this.codigo.press('Enter');
  }

  /** Digits on the pad of the screen. */
  async marca(cantidad: string): Promise<void> {
    for (const digito of cantidad) await this.boton(digito === '.' ? 'Punto decimal' : digito).click();
  }

  async suma(cantidad: string): Promise<void> {
    await this.marca(cantidad);
    await this.boton(/^Sumar /).click();
  }

  async corrige(cantidad: string): Promise<void> {
    await this.marca(cantidad);
    await this.boton('Corregir a').click();
  }

  async busca(texto: string, nombre: string): Promise<void> {
    await this.boton('Buscar').click();
    await this.#pagina.getByRole('searchbox', { name: 'Buscar producto' }).fill(texto);
    await this.#pagina.getByRole('list', { name: 'Productos' }).getByRole('button', { name: nombre }).click();
  }

  async ubicacion(codigo: string): Promise<void> {
    await this.boton('Ubicación').click();
    await this.#pagina.getByLabel('Buscar ubicación').fill(codigo);
    await this.#pagina
      .getByRole('list', { name: 'Ubicaciones' })
      .getByRole('button', { name: new RegExp(`^${codigo}`) })
      .click();
  }

  /** What `Contado` says: code → units, as shown. */
  async contado(): Promise<Map<string, string>> {
    await this.boton(/^Ver \d/).click();
    const filas = this.#pagina
      .getByRole('dialog')
      .getByRole('list', { name: 'Contado' })
      .getByRole('listitem');
    await expect(filas.first()).toBeVisible();
    const dicho = await filas.evaluateAll((items) =>
      items.map((item) => [
        item.querySelector('.row-detail')?.textContent?.split(' · ')[0] ?? '',
        item.querySelector('.row-value')?.textContent?.trim() ?? '',
      ]),
    );
    await this.#pagina.keyboard.press('Escape');
    await expect(this.#pagina.getByRole('dialog')).toBeHidden();
    return new Map(dicho as [string, string][]);
  }

  async envia(): Promise<void> {
    await this.boton('Terminar conteo').click();
    await this.boton('Enviar a revisión').click();
    await expect(this.#pagina.getByRole('heading', { name: 'Inicio' })).toBeVisible();
  }
}
