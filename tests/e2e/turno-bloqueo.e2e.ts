/** A shared phone without signal: it locks by itself, a PIN is guessed, and the next person comes in. */
import { FIJOS } from '../../database/seed/demo-fijos.ts';
import { PantallaContar } from './paginas/contar.ts';
import { creaPin, entraConPin, seVeDebajo, tecleaPin } from './paginas/turno.ts';
import { expect, test } from './support/prueba.ts';

const { aceite, filtro } = FIJOS;
const [ANA, LUIS] = ['Ana Torres', 'Luis Rojas'];

test('auto-lock hides the screen and asks the PIN; a PIN guessed: five misses lock that person until the password, what was counted goes up later, and the next one does not see what the former could', async ({
  mesa,
}) => {
  const compartido = await mesa.instalado('almacen1@demo.mx');
  const { pagina } = compartido;
  const contar = new PantallaContar(pagina);
  const bloqueo = pagina.getByRole('dialog', { name: /¿Quién está ahí\?|Ana Torres|Luis Rojas/ });
  await creaPin(pagina, '4831');
  await pagina.goto(`${compartido.red.url}/entrar`);
  await compartido.entra('almacen2@demo.mx');
  await creaPin(pagina, '7302');
  await compartido.instalada();
  await compartido.sinRed();

  await test.step('Luis cuenta y deja el teléfono: a los diez minutos se cubre y no cuenta para nadie', async () => {
    await pagina.getByRole('button', { name: 'Contar', exact: true }).click();
    await expect(contar.region).toBeVisible();
    await compartido.pistola(filtro.ean);
    await expect(contar.renglon(filtro.codigo)).toContainText('1 pieza');
    await pagina.clock.install();
    await pagina.clock.fastForward('09:50');
    await expect(bloqueo).toBeHidden();
    await pagina.clock.fastForward('00:20');
    await expect(bloqueo).toBeVisible();
    expect(await seVeDebajo(pagina)).toBe(0);
    await compartido.pistola(filtro.ean);
    await pagina.reload();
    await expect(bloqueo).toBeVisible();
    expect(await seVeDebajo(pagina)).toBe(0);
  });

  await test.step('cinco PIN equivocados: ni el bueno abre ya, tampoco al recargar', async () => {
    await entraConPin(pagina, LUIS, '1000');
    const aviso = bloqueo.getByRole('alert');
    for (const quedan of ['4 intentos', '3 intentos', '2 intentos', '1 intento']) {
      await expect(aviso).toContainText(quedan);
      await tecleaPin(pagina, '1000');
      await bloqueo.getByRole('button', { name: 'Entrar', exact: true }).click();
    }
    await expect(aviso).toContainText('contraseña');
    await pagina.reload();
    await entraConPin(pagina, LUIS, '7302');
    await expect(aviso).toContainText('contraseña');
    expect(await seVeDebajo(pagina)).toBe(0);
  });

  await test.step('Ana entra con el suyo y no ve lo de Luis', async () => {
    await bloqueo.getByRole('button', { name: 'Otra persona' }).click();
    await entraConPin(pagina, ANA, '4831');
    await expect(bloqueo).toBeHidden();
    await expect(pagina.getByText('No tienes conteos abiertos')).toBeVisible();
    await expect(pagina.getByText(/^[2-9] guardados solo en este teléfono$/)).toBeVisible();
    await pagina.getByRole('button', { name: 'Contar', exact: true }).click();
    await expect(contar.region).toBeVisible();
    await compartido.pistola(aceite.ean);
    await expect(contar.renglon(aceite.codigo)).toContainText('1 pieza');
    await expect(contar.renglon(filtro.codigo)).toBeHidden();
  });

  await test.step('con señal sube lo de los dos, cada línea con su autor, una vez', async () => {
    await compartido.conRed();
    await compartido.enEstado('todo enviado');
    const api = await mesa.servidor.como('admin@demo.mx');
    const { texto } = await api.consulta('conteos.historial', { estados: null, antesDe: null, limite: 10 });
    const conteos = (JSON.parse(texto) as { result: { data: { id: string; nombre: string }[] } }).result.data;
    const libres = conteos.filter(({ nombre }) => nombre === 'Conteo libre');
    expect(libres).toHaveLength(2);
    const revisiones = await Promise.all(
      libres.map(({ id }) => api.consulta('conteos.revision', { conteoId: id })),
    );
    for (const [codigo, quien] of [
      [filtro.codigo, LUIS],
      [aceite.codigo, ANA],
    ] as const) {
      const suya = revisiones.filter(({ texto: dicho }) => dicho.includes(codigo));
      expect(suya).toHaveLength(1);
      expect(suya[0]?.texto).toContain(quien);
    }
  });

  await test.step('la contraseña le devuelve su PIN a Luis, y su conteo', async () => {
    await pagina.goto(`${compartido.red.url}/entrar`);
    await compartido.entra('almacen2@demo.mx');
    await expect(pagina.getByText('1 producto contado')).toBeVisible();
    await pagina.getByRole('link', { name: 'Más' }).click();
    await pagina.getByRole('button', { name: 'Mi PIN y bloqueo' }).click();
    await pagina.getByRole('button', { name: 'Bloquear ahora' }).click();
    await entraConPin(pagina, LUIS, '7302');
    await expect(bloqueo).toBeHidden();
  });

  await test.step('una práctica también se cubre, y se acaba con la persona', async () => {
    await pagina.getByRole('button', { name: 'Practicar' }).click();
    await pagina.getByRole('button', { name: 'Empezar a practicar' }).click();
    const banda = pagina.getByText('Práctica: nada de esto se envía');
    await expect(banda).toBeVisible();
    await pagina.clock.fastForward('10:10');
    await expect(bloqueo).toBeVisible();
    expect(await seVeDebajo(pagina)).toBe(0);
    await entraConPin(pagina, ANA, '4831');
    await expect(bloqueo).toBeHidden();
    await expect(pagina.getByRole('button', { name: 'Seguir contando' })).toBeVisible();
    await expect(banda).toBeHidden();
  });
});
