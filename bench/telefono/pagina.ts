import { contar, crearConteoLibre } from '#client/offline/acciones.ts';
import { elCache, elJournal } from '#client/offline/bases.ts';
import { buscarTexto, vigilaCatalogo } from '#client/offline/busqueda.ts';
import { buscarCodigo } from '#client/offline/productos.ts';
import { leeContado } from '#client/offline/vista-conteos.ts';
import { checkDigit } from '#shared/domain/codigos.ts';

/** The phone's real databases in a real browser, driven by run.ts. */

const ANA = '01900000-0000-7000-8000-000000000001';
const ALMACEN = '01900000-0000-7000-8000-000000000002';
const PAGINA = 2_000;

function id(n: number): string {
  // Spread over the key space, as ids made over months are.
  const spread = Math.imul(n + 1, 0x9e3779b1) >>> 0;
  return `${spread.toString(16).padStart(8, '0')}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

function ean(n: number): string {
  const digits = `750${String(n).padStart(9, '0')}`;
  return `${digits}${checkDigit(digits)}`;
}

const FAMILIAS = [
  'Balata delantera',
  'Filtro de aceite',
  'Bujía de níquel',
  'Llanta 205/55 R16',
  'Amortiguador',
];
const MARCAS = ['Tsuru', 'Aveo', 'Versa', 'Jetta', 'Sentra', 'March', 'Beat'];

function producto(n: number) {
  return {
    id: id(n),
    codigo: `PR-${String(n).padStart(6, '0')}`,
    nombre: `${FAMILIAS[n % FAMILIAS.length]} ${MARCAS[n % MARCAS.length]} ${1990 + (n % 36)} mod ${n}`,
    categoriaId: null,
    precio: '125.50',
    unidad: 'PZA',
    decimales: 0,
    marca: MARCAS[n % MARCAS.length],
    modelo: null,
    sku: null,
    upc: null,
    imagenUrl: null,
    pideLote: false,
    pideCaducidad: false,
    esServicio: false,
    esJuego: false,
    fusionadoEn: null,
    isActive: true,
  };
}

async function llena(total: number): Promise<number> {
  const started = performance.now();
  for (let from = 0; from < total; from += PAGINA) {
    const ns = Array.from({ length: Math.min(PAGINA, total - from) }, (_, i) => from + i);
    const cache = elCache();
    await cache.applyPull(
      {
        epoch: 'e',
        pages: [
          {
            scope: 'catalogo',
            reset: from === 0,
            upserts: {
              productos: ns.map(producto),
              codigos_barras: ns.map((n) => ({
                id: id(n + 10_000_000),
                codigo: ean(n),
                claveGtin: `0${ean(n)}`,
                productoId: id(n),
                factor: '1',
                tipo: 'barras',
                nombre: null,
                isActive: true,
              })),
            },
            deletes: {},
            cursor: String(from),
            head: from + PAGINA >= total,
          },
        ],
        lastMid: null,
        scopesAdded: [],
        scopesRemoved: [],
        done: from + PAGINA >= total,
      },
      await cache.cursors(),
      'd',
    );
  }
  return performance.now() - started;
}

async function times(count: number, work: (i: number) => Promise<unknown>): Promise<number[]> {
  const all: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const started = performance.now();
    await work(i);
    all.push(performance.now() - started);
  }
  return all;
}

let conteoId = '';

export type Medible = {
  prepara(total: number): Promise<number>;
  guarda(count: number): Promise<number[]>;
  codigo(count: number, total: number): Promise<number[]>;
  primeraBusqueda(): Promise<number>;
  texto(count: number, total: number): Promise<number[]>;
  contado(): Promise<{ ms: number; renglones: number }>;
};

const medible: Medible = {
  async prepara(total) {
    const at = new Date().toISOString();
    await elJournal().enter(
      {
        usuarioId: ANA,
        nombre: 'Ana',
        correo: null,
        rol: 'almacenista',
        tiendaIds: [],
        limiteAjuste: null,
        expiraEn: at,
      },
      { usuario: ANA, token: 't', emitido_en: at, expira_en: at },
    );
    const ms = await llena(total);
    conteoId = await crearConteoLibre({ almacenId: ALMACEN });
    vigilaCatalogo();
    return ms;
  },
  guarda: (count) =>
    times(count, (i) =>
      contar({
        conteoId,
        intento: 1,
        ubicacionId: null,
        codigoCrudo: ean(i),
        simbologia: 'EAN_13',
        fuente: 'pistola',
        productoId: id(i % 200),
        cantidad: '1',
        factor: '1',
      }),
    ),
  codigo: (count, total) =>
    times(count, async (i) => {
      const hits = await buscarCodigo(ean(Math.imul(i, 7919) % total), 'EAN_13');
      if (hits.length !== 1) throw new Error(`esperaba un producto, hay ${hits.length}`);
    }),
  async primeraBusqueda() {
    const started = performance.now();
    await buscarTexto('balata tsuru');
    return performance.now() - started;
  },
  texto: (count, total) =>
    times(count, (i) => {
      const n = Math.imul(i, 104_729) % total;
      const consultas = [
        `balata ${1990 + (n % 36)}`,
        `pr${String(n).padStart(6, '0')}`,
        `20555r16 ver`,
        `niquel mod ${n}`,
      ];
      return buscarTexto(consultas[i % consultas.length]!);
    }),
  async contado() {
    const started = performance.now();
    const rows = await leeContado(conteoId, ANA);
    return { ms: performance.now() - started, renglones: rows.length };
  },
};

declare global {
  interface Window {
    medible: Medible;
  }
}
window.medible = medible;
