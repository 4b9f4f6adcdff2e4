import { expect, type Page } from '@playwright/test';

/** Types on the keypad of the open dialog. */
export async function tecleaPin(pagina: Page, pin: string): Promise<void> {
  for (const digito of pin)
    await pagina.getByRole('dialog').getByRole('button', { name: digito, exact: true }).click();
}

/** From the card that follows a log-in with the password. */
export async function creaPin(pagina: Page, pin: string): Promise<void> {
  await pagina.getByRole('button', { name: 'Crear mi PIN' }).click();
  await tecleaPin(pagina, pin);
  await pagina.getByRole('button', { name: 'Continuar' }).click();
  await tecleaPin(pagina, pin);
  await pagina.getByRole('button', { name: 'Guardar PIN' }).click();
  await expect(pagina.getByRole('dialog')).toBeHidden();
}

/** Picks the person and types the PIN; whoever calls looks at what came of it. */
export async function pideCambio(pagina: Page, nombre: string, pin: string): Promise<void> {
  await pagina.getByRole('button', { name: 'Cambiar de persona' }).click();
  await pagina
    .getByRole('list', { name: 'Personas de este teléfono' })
    .getByRole('button', { name: nombre })
    .click();
  await tecleaPin(pagina, pin);
  await pagina.getByRole('dialog').getByRole('button', { name: 'Entrar', exact: true }).click();
}

export async function cambiaDePersona(pagina: Page, nombre: string, pin: string): Promise<void> {
  await pideCambio(pagina, nombre, pin);
  await expect(pagina.getByRole('dialog')).toBeHidden();
}
