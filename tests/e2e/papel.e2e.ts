/** A count made on paper, typed without signal: each row of the sheet and of a pasted table arrives once, with the hour of the paper. */
import { inflateSync } from 'node:zlib';
import { v7 } from 'uuid';
import { FIJOS } from '../../database/seed/demo-fijos.ts';
import type { Api } from './support/api.ts';
import { expect, test } from './support/prueba.ts';

const { aceite, balatas, filtro } = FIJOS;
const DOS_HORAS_MS = 2 * 3_600_000;

interface Revision {
  productos: {
    codigo: string;
    contado: string;
    instante: string;
    notas?: { nota: string }[];
    contadores: { lineas: number }[];
  }[];
  codigosSinLigar: { codigoCrudo: string; unidades: string }[];
}

/** What the server prints on the sheet. */
async function impresa(url: string, conteoId: string, token: string): Promise<string> {
  const response = await fetch(`${url}/api/conteos/${conteoId}/hoja.pdf`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const pdf = Buffer.from(await response.arrayBuffer()).toString('latin1');
  const [, contenido] = /stream\r?\n(x[\s\S]*?)\r?\nendstream/.exec(pdf)!;
  return inflateSync(Buffer.from(contenido!, 'latin1'))
    .toString('latin1')
    .replace(/\[([^\]]*)\] TJ/g, (_, arreglo: string) =>
      Buffer.from((arreglo.match(/<[0-9a-f]*>/gi) ?? []).join('').replace(/[<>]/g, ''), 'hex').toString(
        'latin1',
      ),
    );
}

async function planea(gerente: Api): Promise<string> {
  const existencia = JSON.parse((await gerente.pide(`/api/existencias?codigo=${aceite.codigo}`)).texto) as {
    existencias: { almacenId: string }[];
  };
  const almacenId = existencia.existencias[0]!.almacenId;
  const productos = await Promise.all(
    [aceite, balatas, filtro].map(async ({ codigo }) => {
      const { texto } = await gerente.pide(`/api/existencias?codigo=${codigo}`);
      return (JSON.parse(texto) as { existencias: { productoId: string }[] }).existencias[0]!.productoId;
    }),
  );
  const gente = JSON.parse((await gerente.consulta('conteos.asignables', { almacenId })).texto) as {
    result: { data: { id: string; nombre: string }[] };
  };
  const id = v7();
  const { status, texto } = await gerente.ordena('conteos.crea', {
    id,
    nombre: 'En papel',
    almacenId,
    alcance: 'lista',
    zonas: [],
    ubicacionIds: [],
    categoriaId: null,
    claseAbc: null,
    productoIds: productos,
    ciego: true,
    reparto: 'repartido',
    contadores: [gente.result.data.find(({ nombre }) => nombre === 'Ana Torres')!.id],
    vence: null,
    tolUnidades: null,
    tolPorcentaje: null,
    tolPesos: null,
  });
  expect(status, texto).toBe(200);
  return id;
}

test('una hoja capturada sin señal, dos veces, y una lista pegada llegan completas y una sola vez', async ({
  ana,
  mesaComun,
}) => {
  const gerente = await mesaComun.servidor.como('gerente@demo.mx');
  const conteoId = await planea(gerente);
  const { pagina } = ana;
  await pagina.goto(`${ana.red.url}/conteos/${conteoId}`);
  await expect(pagina.getByRole('button', { name: 'Faltan 3 por contar' })).toBeVisible();
  await ana.sinRed();
  await pagina.getByRole('button', { name: 'Faltan 3 por contar' }).click();
  await pagina.getByRole('link', { name: 'Capturar hoja' }).click();
  await expect(pagina.getByText('Página 1 de 1')).toBeVisible();
  // The phone, without signal, lists the rows that the server printed: both say the same four signs.
  const clave = await pagina.getByText(/^clave [0-9A-Z]{4}$/).textContent();
  expect(await impresa(mesaComun.servidor.url, conteoId, gerente.token)).toContain(`Página 1 · ${clave}`);

  // Two hours ago on the wall of the shop, and its day.
  const antes = new Date(Date.now() - DOS_HORAS_MS);
  const local = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'America/Mexico_City',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(antes);
  const [fecha, hora] = local.split(' ') as [string, string];
  await pagina.getByLabel('Contó').fill('Beto Ruiz');
  await pagina.getByLabel('Fecha').fill(fecha);
  await pagina.getByLabel('Empezó').fill(hora);
  const renglon = (codigo: string) =>
    pagina.getByRole('textbox', { name: new RegExp(`^Renglón \\d+: ${codigo}`) });
  await renglon(aceite.codigo).fill('2x12+5');
  await renglon(aceite.codigo).press('Enter');
  await expect(renglon(balatas.codigo)).toBeFocused();
  await renglon(balatas.codigo).fill('muchas');
  await renglon(balatas.codigo).press('Enter');
  await expect(pagina.getByRole('alert')).toContainText('Eso no se entiende');
  await renglon(balatas.codigo).fill('0');
  await renglon(balatas.codigo).press('Enter');
  const avance = pagina.getByRole('status', { name: 'Avance de la página' });
  await expect(avance).toContainText('2 de 3');

  await pagina.reload();
  await expect(pagina.getByText('Ya se capturó la página 1')).toBeVisible();
  await pagina.getByLabel('Contó').fill('Beto Ruiz');
  await pagina.getByLabel('Fecha').fill(fecha);
  await pagina.getByLabel('Empezó').fill(hora);
  for (const texto of ['2x12+5', '29']) {
    await renglon(aceite.codigo).fill(texto);
    await renglon(aceite.codigo).press('Enter');
  }
  await expect(avance).toContainText('2 de 3');

  await pagina.getByRole('tab', { name: 'Archivo o lista' }).click();
  const importa = async () => {
    await pagina
      .getByLabel('Pega aquí las celdas')
      .fill(`Código\tCantidad\n${filtro.codigo}\t7\nPAPEL-9\t3\n`);
    await pagina.getByRole('button', { name: 'Revisar lo pegado' }).click();
    await pagina.getByLabel('Fecha').fill(fecha);
    await pagina.getByLabel('Empezó').fill(hora);
    await pagina.getByRole('button', { name: 'Guardar 2 líneas' }).click();
  };
  await importa();
  await expect(pagina.getByText('Se guardaron 2 líneas')).toBeVisible();
  await importa();
  await expect(pagina.getByText('2 ya estaban y no se repitieron')).toBeVisible();

  await ana.conRed();
  await ana.enEstado('todo enviado');
  const { texto } = await gerente.consulta('conteos.revision', { conteoId });
  const revision = (JSON.parse(texto) as { result: { data: Revision } }).result.data;
  expect(
    revision.productos
      .map(({ codigo, contado, contadores }) => [codigo, Number(contado), contadores[0]?.lineas])
      .toSorted(),
  ).toEqual(
    [
      [aceite.codigo, 29, 1],
      [balatas.codigo, 0, 1],
      [filtro.codigo, 7, 1],
    ].toSorted(),
  );
  expect(
    revision.codigosSinLigar.map(({ codigoCrudo, unidades }) => [codigoCrudo, Number(unidades)]),
  ).toEqual([['PAPEL-9', 3]]);
  const delAceite = revision.productos.find(({ codigo }) => codigo === aceite.codigo)!;
  expect(Math.abs(Date.parse(delAceite.instante) - antes.getTime())).toBeLessThan(60_001);
  expect(delAceite.notas?.[0]?.nota).toBe('hoja de papel, p. 1 r. 1, contó Beto Ruiz (2x12+5)');
});
