/**
 * A blind conteo, byte by byte: what two counters' phones receive while they count, and what the server answers to
 * whoever asks it directly with their token. The numbers that may not be known occur nowhere else.
 */
import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { PantallaContar } from './paginas/contar.ts';
import type { Api, Respuesta } from './support/api.ts';
import { expect, test } from './support/prueba.ts';
import type { Red } from './support/red.ts';

const PRODUCTO = 'CIEGO-1';
const EAN = '7501999000017';
const BASE = '73919';
const COMPRA = '51907';
const VENTA = '31907';
const COSTO = '8642.137531';
const DE_ANA = '39157';
const DE_LUIS = '48611';
/** After the purchase, and after the sale during the count. */
const TEORICOS = ['125826', '93919'];
/** Counted by both − the book; and what each alone would give. */
const VARIACIONES = ['6151', '54762', '45308'];
const DEL_LIBRO = [BASE, COMPRA, VENTA, COSTO, '8642.13', 'FACTURA-SECRETA', ...TEORICOS, ...VARIACIONES];

/** Also as a person would read it: 73,919. */
const formas = (numero: string) => [numero, numero.replace(/^(\d+)(\d{3})(?=\.|$)/, '$1,$2')];
/** As a number of its own: five digits also occur inside ids and hashes. */
const hallados = (texto: string, prohibidos: readonly string[]) =>
  prohibidos
    .flatMap(formas)
    .filter((numero) =>
      new RegExp(`(?<![0-9a-z])${numero.replaceAll('.', '\\.')}(?![0-9a-z])`, 'i').test(texto),
    );

/** The API's and the log-in's answers, without the app's own files. */
const deLaApi = (red: Red) => red.recibido.filter(({ ruta }) => /^\/(api|auth)\//.test(ruta));

function esperaSinSaber(red: Red, prohibidos: readonly string[]): void {
  const malas = deLaApi(red).flatMap(({ metodo, ruta, texto }) =>
    hallados(texto, prohibidos).map((numero) => `${metodo} ${ruta} said ${numero}`),
  );
  expect(malas).toEqual([]);
}

async function siembra(admin: Api): Promise<void> {
  await admin.productos([
    {
      codigo: PRODUCTO,
      nombre: 'Amortiguador que nadie más tiene',
      costo: COSTO,
      codigos: [{ codigo: EAN }],
      ubicaciones: [{ almacen: 'CDMX-01', ubicacion: 'A-04-3' }],
    },
  ]);
  const hace = (minutos: number) => new Date(Date.now() - minutos * 60_000).toISOString();
  const comun = { codigo: PRODUCTO, almacen: 'CDMX-01', referencia: 'FACTURA-SECRETA' };
  await admin.registra([
    { ...comun, tipo: 'inventario', cantidad: BASE, ocurridaEn: hace(90) },
    { ...comun, tipo: 'compra', cantidad: COMPRA, costoUnitario: COSTO, ocurridaEn: hace(60) },
  ]);
}

interface Pagina {
  pages: { scope: string; cursor: string }[];
  scopesRemoved: string[];
  done: boolean;
}

interface Ids {
  conteo: string;
  almacen: string;
  ana: string;
  luis: string;
  producto: string;
}

async function planea(gerente: Api, admin: Api): Promise<Ids> {
  const existencias = JSON.parse((await admin.pide(`/api/existencias?codigo=${PRODUCTO}`)).texto) as {
    existencias: { productoId: string; almacenId: string }[];
  };
  const { productoId: producto, almacenId: almacen } = existencias.existencias[0]!;
  const gente = JSON.parse((await gerente.consulta('conteos.asignables', { almacenId: almacen })).texto) as {
    result: { data: { id: string; nombre: string }[] };
  };
  const id = (nombre: string) => gente.result.data.find((persona) => persona.nombre === nombre)!.id;
  const [ana, luis, conteo] = [id('Ana Torres'), id('Luis Rojas'), v7()];
  const { status, texto } = await gerente.ordena('conteos.crea', {
    id: conteo,
    nombre: 'A ciegas',
    almacenId: almacen,
    alcance: 'lista',
    zonas: [],
    ubicacionIds: [],
    categoriaId: null,
    claseAbc: null,
    productoIds: [producto],
    ciego: true,
    reparto: 'repartido',
    contadores: [ana, luis],
    vence: null,
    tolUnidades: null,
    tolPorcentaje: null,
    tolPesos: null,
  });
  expect(status, texto).toBe(200);
  return { conteo, almacen, ana, luis, producto };
}

/** Everything that a curious counter could ask with a valid token. */
async function preguntaTodo(api: Api, ids: Ids): Promise<string> {
  const equipo = { deviceId: v7(), secret: randomBytes(32).toString('base64url') };
  await api.ordena('sync.registra', { ...equipo, nombre: 'curioso', app: 'x' });
  const ajenos = [
    `stock:${ids.almacen}`,
    'costos',
    `revision:${ids.conteo}`,
    `lineas:${ids.conteo}:${ids.ana}`,
    `lineas:${ids.conteo}:${ids.luis}`,
    `usuario:${ids.ana}`,
    `usuario:${ids.luis}`,
  ];
  const forjado = (s: string, v: number) =>
    Buffer.from(JSON.stringify({ e: v7(), s, v, t: 'x', m: 1 })).toString('base64url');
  /** Page after page to the end, as a phone does. */
  const jala = async (cursors: Record<string, string>): Promise<Respuesta> => {
    let texto = '';
    for (const siguientes = { ...cursors }; ; ) {
      const pagina = await api.ordena('sync.pull', {
        ...equipo,
        schema: 1,
        cursors: siguientes,
        limit: 5000,
      });
      texto += pagina.texto;
      if (pagina.status !== 200) return { status: pagina.status, texto };
      const { data } = (JSON.parse(pagina.texto) as { result: { data: Pagina } }).result;
      for (const { scope, cursor } of data.pages) siguientes[scope] = cursor;
      for (const scope of data.scopesRemoved) delete siguientes[scope];
      if (data.done) return { status: 200, texto };
    }
  };
  const respuestas = await Promise.all([
    ...[PRODUCTO, EAN, ''].flatMap((codigo) => [
      api.pide(`/api/existencias?codigo=${codigo}`),
      api.pide(`/api/existencias?codigo=${codigo}&al=${encodeURIComponent(new Date().toISOString())}`),
      api.pide(`/api/transacciones?codigo=${codigo}`),
    ]),
    api.pide(`/api/transacciones?conteo=${ids.conteo}`),
    api.pide(`/api/transacciones?almacen=CDMX-01&tipo=ajuste`),
    api.pide('/api/productos', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ codigo: PRODUCTO, nombre: 'otro' }]),
    }),
    api.consulta('conteos.revision', { conteoId: ids.conteo }),
    api.consulta('conteos.historial', { estados: null, antesDe: null, limite: 200 }),
    api.consulta('conteos.asignables', { almacenId: ids.almacen }),
    api.ordena('conteos.aprueba', { conteoId: ids.conteo, productoIds: [ids.producto], motivo: null }),
    api.ordena('conteos.cierraPartes', { conteoId: ids.conteo, motivo: 'x' }),
    api.consulta('transacciones.recientes', { productoId: ids.producto }),
    api.consulta('usuarios.lista'),
    api.consulta('dispositivos.lista'),
    api.consulta('sync.rechazos'),
    jala({}),
    jala(Object.fromEntries(ajenos.map((s) => [s, forjado(s, 0)]))),
    jala(Object.fromEntries(ajenos.map((s) => [s, forjado(s, 999_999)]))),
    ...ajenos.map((s) => jala({ [s]: 'basura' })),
    api.ordena('sync.pull', {
      ...equipo,
      secret: randomBytes(32).toString('base64url'),
      schema: 1,
      cursors: {},
      limit: 100,
    }),
  ]);
  return respuestas.map(({ status, texto }) => `${status} ${texto}`).join('\n');
}

test('ningún byte dice lo esperado, el costo, un movimiento ni lo que contó el otro', async ({ mesa }) => {
  const [admin, gerente] = [
    await mesa.servidor.como('admin@demo.mx'),
    await mesa.servidor.como('gerente@demo.mx'),
  ];
  await siembra(admin);
  const ids = await planea(gerente, admin);
  const [ana, luis] = await Promise.all([
    mesa.instalado('almacen1@demo.mx'),
    mesa.instalado('almacen2@demo.mx'),
  ]);
  const cuenta = async (telefono: typeof ana, cantidad: string) => {
    await telefono.pagina.getByRole('button', { name: 'Seguir contando' }).click();
    const contar = new PantallaContar(telefono.pagina);
    await expect(contar.region).toBeVisible();
    await telefono.pistola(EAN);
    await expect(contar.region).toContainText(PRODUCTO);
    await contar.corrige(cantidad);
    await expect(contar.region).toContainText(`corregido a ${cantidad}`);
    await expect(contar.renglon(PRODUCTO)).toContainText('enviado');
  };
  await cuenta(ana, DE_ANA);
  await cuenta(luis, DE_LUIS);
  // Not by who approves.
  await gerente.registra({
    codigo: PRODUCTO,
    almacen: 'CDMX-01',
    tipo: 'venta',
    cantidad: VENTA,
    ocurridaEn: new Date(Date.now() - 30 * 60_000).toISOString(),
    referencia: 'FACTURA-SECRETA',
  });
  // The manager looks: computing the review must not leak into anything that counters are sent.
  await expect
    .poll(async () => {
      const revision = await gerente.consulta('conteos.revision', { conteoId: ids.conteo });
      return hallados(revision.texto, [DE_ANA, DE_LUIS, TEORICOS[1]!, VARIACIONES[0]!]).length;
    })
    .toBe(4);

  const [deAna, deLuis] = [
    await mesa.servidor.como('almacen1@demo.mx'),
    await mesa.servidor.como('almacen2@demo.mx'),
  ];
  const preguntado = { ana: await preguntaTodo(deAna, ids), luis: await preguntaTodo(deLuis, ids) };
  expect(hallados(preguntado.ana, [...DEL_LIBRO, DE_LUIS])).toEqual([]);
  expect(hallados(preguntado.luis, [...DEL_LIBRO, DE_ANA])).toEqual([]);
  // The questions were understood: each counter got her own lines back.
  expect(preguntado.ana.includes(DE_ANA)).toBe(true);
  expect(preguntado.luis.includes(DE_LUIS)).toBe(true);

  const { pagina } = ana;
  await new PantallaContar(pagina).envia();
  await new PantallaContar(luis.pagina).envia();
  await Promise.all([ana.enEstado('todo enviado'), luis.enEstado('todo enviado')]);
  // Above the manager's limit in pesos.
  const aprobado = await admin.ordena('conteos.aprueba', {
    conteoId: ids.conteo,
    productoIds: [ids.producto],
    motivo: 'Prueba a ciegas',
  });
  expect(aprobado.texto).toContain(VARIACIONES[0]);
  for (const nombre of ['Conteos', 'Productos', 'Tablero', 'Inicio'])
    await pagina.getByRole('link', { name: nombre }).click();
  await expect(pagina.getByText('No tienes conteos abiertos')).toBeVisible();

  esperaSinSaber(ana.red, [...DEL_LIBRO, DE_LUIS]);
  esperaSinSaber(luis.red, [...DEL_LIBRO, DE_ANA]);
  // The recorder works: what each counted came back to that phone.
  expect(deLaApi(ana.red).some(({ texto }) => texto.includes(DE_ANA))).toBe(true);
  expect(deLaApi(ana.red).some(({ ruta }) => ruta.includes('sync.pull'))).toBe(true);
});
