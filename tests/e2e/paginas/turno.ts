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

/** On the list of people or on the lock: picks the person and types the PIN; whoever calls looks at what came of it. */
export async function entraConPin(pagina: Page, nombre: string, pin: string): Promise<void> {
  await pagina
    .getByRole('list', { name: 'Personas de este teléfono' })
    .getByRole('button', { name: nombre })
    .click();
  await tecleaPin(pagina, pin);
  await pagina.getByRole('dialog').getByRole('button', { name: 'Entrar', exact: true }).click();
}

/** `Cambiar de persona`, up to the answer to the PIN. */
export async function pideCambio(pagina: Page, nombre: string, pin: string): Promise<void> {
  await pagina.getByRole('button', { name: 'Cambiar de persona' }).click();
  await entraConPin(pagina, nombre, pin);
}

/** Points of the screen, on a grid of 9 × 9, where something other than the lock is seen or pressed. */
export async function seVeDebajo(pagina: Page): Promise<number> {
  return pagina.evaluate(() => {
    let fuera = 0;
    for (let x = 0; x <= 8; x += 1)
      for (let y = 0; y <= 8; y += 1) {
        const punto = document.elementFromPoint(
          1 + (x / 8) * (innerWidth - 2),
          1 + (y / 8) * (innerHeight - 2),
        );
        if (punto?.closest('dialog.bloqueo') == null) fuera += 1;
      }
    return fuera;
  });
}

export async function cambiaDePersona(pagina: Page, nombre: string, pin: string): Promise<void> {
  await pideCambio(pagina, nombre, pin);
  await expect(pagina.getByRole('dialog')).toBeHidden();
}
