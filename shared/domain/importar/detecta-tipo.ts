import type { CampoImportacion, TipoImportacion } from '../../contracts/importar.ts';
import { pliega, pliegaCodigo } from '../busqueda.ts';
import { camposDelTitulo } from './campos.ts';

export interface TipoDetectado {
  readonly tipo: TipoImportacion;
  readonly confianza: number;
  /** Spanish sentences, the strongest first. */
  readonly razones: readonly string[];
  /** The next best, where it comes near. */
  readonly otro: TipoImportacion | null;
}

interface Pista {
  readonly peso: number;
  readonly razon: string;
}

const PALABRAS: readonly [tipo: TipoImportacion, palabras: RegExp][] = [
  ['inventario', /\b(?:inventarios?|existencias?|stock|almacen fisico|conteos?|toma fisica)\b/],
  ['ventas', /\b(?:ventas?|vendidos?|tickets?|corte de caja|sales)\b/],
  ['compras', /\b(?:compras?|recepcion(?:es)?|entradas por compra|ordenes de compra|purchases?)\b/],
  [
    'productos',
    /\b(?:catalogos?|lista de precios|listado de (?:productos|articulos)|productos|articulos|price list)\b/,
  ],
];
const TITULOS_DE: readonly [tipo: TipoImportacion, titulo: RegExp, peso: number][] = [
  ['ventas', /^(?:no|num|numero|numerode|folio|foliode|fecha)?tickets?$/, 4],
  ['ventas', /^(?:cajero|cajera|vendedor|vendio|cliente|nombrecliente|formadepago|metododepago|turno)/, 3],
  [
    'ventas',
    /vendid|fechadeventa|fechaventa|foliodeventa|folioventa|totalventa|ventatotal|ventaneta|utilidad/,
    4,
  ],
  ['compras', /^(?:nombre)?proveedor|^razonsocialproveedor|^supplier$|^vendor$/, 3],
  [
    'compras',
    /recibid|ordendecompra|fechaderecepcion|fecharecepcion|fechacompra|fechadecompra|comprad|^oc$|preciocompra/,
    4,
  ],
  [
    'inventario',
    /^(?:exist|stock|inventariof|inventarioactual|invfinal|fisico|conteo|contado|onhand|saldo$|disponible)/,
    4,
  ],
  ['productos', /^(?:clavesat|claveprodserv|claveunidad|codigosat|clavedelsat|prodservsat)/, 4],
  [
    'productos',
    /^(?:precio[2-9]|precioventa|preciodeventa|preciopublico|precioalpublico|preciodelista|precio1|pventa|pvp)$/,
    2,
  ],
  [
    'productos',
    /^(?:marca|linea|familia|departamento|categoria|grupo|unidad|um|unidaddemedida|activo|estatus)$/,
    1,
  ],
];
const NOMBRE: Readonly<Record<TipoImportacion, string>> = {
  inventario: 'un inventario',
  ventas: 'ventas',
  compras: 'compras',
  productos: 'un catálogo de productos',
};
const SEGURA = 0.95;

export function nombreTipo(tipo: TipoImportacion): string {
  return NOMBRE[tipo];
}

/** What a file is about, by its headings, its titles, its sheet and its name. */
export function detectaTipo(entrada: {
  readonly titulos: readonly string[];
  readonly arriba: readonly string[];
  readonly hoja: string;
  readonly filename: string;
  /** Some column holds dates. */
  readonly hayFechas: boolean;
}): TipoDetectado {
  const pistas = new Map<TipoImportacion, Pista[]>();
  const suma = (tipo: TipoImportacion, peso: number, razon: string): void => {
    const hay = pistas.get(tipo);
    if (hay === undefined) pistas.set(tipo, [{ peso, razon }]);
    else hay.push({ peso, razon });
  };
  const campos = new Set<CampoImportacion>(entrada.titulos.flatMap(camposDelTitulo));
  for (const titulo of entrada.titulos) {
    const plegado = pliegaCodigo(titulo);
    for (const [tipo, forma, peso] of TITULOS_DE) {
      if (forma.test(plegado)) suma(tipo, peso, `Hay una columna «${titulo}», propia de ${NOMBRE[tipo]}.`);
    }
  }
  const textos: [string, number, string][] = [
    ...entrada.arriba.map((texto): [string, number, string] => [
      texto,
      4,
      `Arriba dice «${texto.slice(0, 60)}».`,
    ]),
    [entrada.filename.replace(/\.[^.]*$/, ''), 3, `El archivo se llama «${entrada.filename.slice(0, 60)}».`],
    [entrada.hoja, 2, `La hoja se llama «${entrada.hoja.slice(0, 40)}».`],
  ];
  for (const [texto, peso, razon] of textos) {
    const plegado = pliega(texto).replace(/[_\-.]+/g, ' ');
    for (const [tipo, palabras] of PALABRAS) if (palabras.test(plegado)) suma(tipo, peso, razon);
  }
  const cantidad = campos.has('cantidad');
  const fechas = campos.has('fecha') || entrada.hayFechas;
  if (!cantidad && (campos.has('precio') || campos.has('nombre'))) {
    suma('productos', 5, 'Trae productos y ninguna cantidad.');
  }
  if (cantidad && campos.has('importe')) suma('ventas', 2, 'Trae cantidad e importe.');
  if (cantidad && !fechas && !campos.has('folio') && !campos.has('importe'))
    suma('inventario', 3, 'Trae cantidades sin fecha ni folio.');
  if (cantidad && fechas && (campos.has('importe') || campos.has('precio'))) {
    suma('ventas', 2, 'Trae fecha, cantidad y precio.');
  }
  if (cantidad && fechas && campos.has('costo') && !campos.has('precio')) {
    suma('compras', 2, 'Trae fecha, cantidad y costo, sin precio de venta.');
  }
  if (!cantidad) for (const tipo of ['inventario', 'ventas', 'compras'] as const) pistas.delete(tipo);
  const notas = (['inventario', 'ventas', 'compras', 'productos'] as const)
    .map((tipo) => ({ tipo, nota: (pistas.get(tipo) ?? []).reduce((total, { peso }) => total + peso, 0) }))
    .sort((a, b) => b.nota - a.nota);
  const [mejor, segundo] = notas as [(typeof notas)[0], (typeof notas)[0]];
  const razones = (pistas.get(mejor.tipo) ?? [])
    .toSorted((a, b) => b.peso - a.peso)
    .map(({ razon }) => razon);
  const confianza = mejor.nota === 0 ? 0.25 : Math.min(SEGURA, mejor.nota / (mejor.nota + segundo.nota + 1));
  return {
    tipo: mejor.tipo,
    confianza,
    razones: razones.length > 0 ? [...new Set(razones)].slice(0, 5) : ['Nada en el archivo dice de qué es.'],
    otro: segundo.nota > 0 || mejor.nota === 0 ? segundo.tipo : null,
  };
}
