import { pliega, pliegaCodigo } from '../busqueda.ts';
import type { AlmacenImportacion } from './catalogo.ts';
import { type FormatoFecha, leeFecha } from './fecha.ts';

export interface LugarDetectado {
  readonly almacenId: string;
  readonly nombre: string;
  readonly confianza: number;
  readonly razones: readonly string[];
}

const GENERICAS = new Set(
  'tienda sucursal almacen bodega general principal matriz centro norte sur oriente poniente mostrador de del la el los las no num'.split(
    ' ',
  ),
);

export function nombreAlmacen({ nombre, tienda }: AlmacenImportacion): string {
  return tienda.nombre === nombre ? nombre : `${tienda.nombre} · ${nombre}`;
}

/** Finds the almacén that a text names. Built once for all rows. */
export class Lugares {
  readonly almacenes: readonly AlmacenImportacion[];
  readonly #exactos = new Map<string, AlmacenImportacion | null>();
  readonly #palabras = new Map<string, AlmacenImportacion | null>();

  constructor(almacenes: readonly AlmacenImportacion[]) {
    this.almacenes = almacenes;
    // The names of tiendas come last: an almacén that is called the same is meant before.
    for (const uno of almacenes) {
      this.#pon(this.#exactos, uno.codigo, uno);
      this.#pon(this.#exactos, `${uno.tienda.codigo} ${uno.codigo}`, uno);
      this.#pon(this.#exactos, `${uno.tienda.nombre} ${uno.nombre}`, uno);
    }
    const nombres = new Map<string, AlmacenImportacion | null>();
    for (const uno of almacenes) this.#pon(nombres, uno.nombre, uno);
    for (const uno of almacenes.filter(({ esGeneral }) => esGeneral)) {
      for (const texto of [uno.tienda.codigo, uno.tienda.nombre]) nombres.set(pliegaCodigo(texto), uno);
    }
    for (const [clave, uno] of nombres)
      if (clave !== '' && !this.#exactos.has(clave)) this.#exactos.set(clave, uno);
    for (const uno of almacenes.filter(({ esGeneral }) => esGeneral)) {
      for (const palabra of new Set(pliega(uno.tienda.nombre).split(/[^a-z0-9]+/))) {
        if (palabra.length >= 4 && !GENERICAS.has(palabra)) this.#pon(this.#palabras, palabra, uno);
      }
    }
  }

  #pon(mapa: Map<string, AlmacenImportacion | null>, texto: string, uno: AlmacenImportacion): void {
    const clave = pliegaCodigo(texto);
    if (clave === '') return;
    const hay = mapa.get(clave);
    mapa.set(clave, hay === undefined || hay?.id === uno.id ? uno : null);
  }

  /** A whole cell that is the code or the name of one almacén or tienda (its general one). */
  exacto(texto: string): AlmacenImportacion | null {
    return this.#exactos.get(pliegaCodigo(texto)) ?? null;
  }

  /** One almacén that is named inside of a text. Null when none is, or more than one. */
  dentro(texto: string): { almacen: AlmacenImportacion; seguro: boolean } | null {
    const entero =
      this.exacto(
        texto.replace(/^.*?(?:sucursal|tienda|almac[eé]n|bodega)\s*(?:no\.?|n[uú]m\.?)?\s*[:#-]?\s*/i, ''),
      ) ?? this.exacto(texto);
    if (entero !== null) return { almacen: entero, seguro: true };
    const palabras = pliega(texto)
      .split(/[^a-z0-9]+/)
      .filter((una) => una !== '');
    const halla = (
      mapa: ReadonlyMap<string, AlmacenImportacion | null>,
      largo: number,
    ): AlmacenImportacion[] => {
      const hallados = new Map<string, AlmacenImportacion>();
      for (let desde = 0; desde < palabras.length; desde += 1) {
        for (let cuantas = 1; cuantas <= largo && desde + cuantas <= palabras.length; cuantas += 1) {
          const clave = palabras.slice(desde, desde + cuantas).join('');
          const uno = clave.length >= 3 ? mapa.get(clave) : undefined;
          if (uno != null) hallados.set(uno.id, uno);
        }
      }
      return [...hallados.values()];
    };
    const exactos = halla(this.#exactos, 6);
    if (exactos.length > 0) return exactos.length === 1 ? { almacen: exactos[0]!, seguro: true } : null;
    const sueltos = halla(this.#palabras, 1);
    return sueltos.length === 1 ? { almacen: sueltos[0]!, seguro: false } : null;
  }
}

/** Where a file's rows belong, by its titles, its sheet and its name, in this order. Null: nothing says it. */
export function detectaAlmacen(
  lugares: Lugares,
  { arriba, hoja, filename }: { arriba: readonly string[]; hoja: string; filename: string },
): LugarDetectado | null {
  const fuentes: [string, string, number][] = [
    ...arriba.map((texto): [string, string, number] => [texto, `Arriba dice «${texto.slice(0, 60)}».`, 0.9]),
    [hoja, `La hoja se llama «${hoja.slice(0, 40)}».`, 0.85],
    [filename.replace(/\.[^.]*$/, ''), `El archivo se llama «${filename.slice(0, 60)}».`, 0.8],
  ];
  const votos = new Map<string, { nombre: string; confianza: number; razones: string[] }>();
  for (const [texto, razon, peso] of fuentes) {
    const hallado = lugares.dentro(texto);
    if (hallado === null) continue;
    const { almacen, seguro } = hallado;
    const voto = votos.get(almacen.id) ?? { nombre: nombreAlmacen(almacen), confianza: 0, razones: [] };
    voto.confianza = Math.max(voto.confianza, seguro ? peso : peso - 0.25);
    voto.razones.push(razon);
    votos.set(almacen.id, voto);
  }
  if (votos.size === 0 && lugares.almacenes.length === 1) {
    const [unico] = lugares.almacenes as [AlmacenImportacion];
    return {
      almacenId: unico.id,
      nombre: nombreAlmacen(unico),
      confianza: 1,
      razones: ['Es tu único almacén.'],
    };
  }
  // Two that disagree: only a person knows.
  const [[almacenId, voto] = [], otro] = [...votos.entries()];
  return almacenId === undefined || voto === undefined || otro !== undefined ? null : { almacenId, ...voto };
}

const FECHA_SUELTA =
  /\d{4}[-_/.]\d{1,2}[-_/.]\d{1,2}|\d{1,2}[-_/.]\d{1,2}[-_/.]\d{2,4}|(?<!\d)20\d{6}(?!\d)|\d{1,2}\s?(?:de\s)?[-_/ ]?(?:ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic)[a-z]*[-_/. ]?\s?(?:de\s|del\s)?\d{2,4}/gi;

/** Dates that a text names, in its order. */
export function fechasEn(texto: string, formato: FormatoFecha): string[] {
  return [...texto.matchAll(FECHA_SUELTA)].flatMap(([una]) => {
    const separada = una.replaceAll('_', '-').replace(/(\d)(?=[a-z])|([a-z])(?=\d)/gi, '$& ');
    const leida = leeFecha(separada);
    const fecha = leida === null ? null : (leida[formato] ?? leida.dmy ?? leida.mdy);
    return fecha === null ? [] : [fecha];
  });
}

/** Day of an inventory, or of movements without one, by the titles or the name of the file. */
export function detectaFecha(
  { arriba, filename, hoja }: { arriba: readonly string[]; filename: string; hoja: string },
  formato: FormatoFecha,
  hoy: string,
): { fecha: string; confianza: number; razones: string[] } | null {
  const fuentes: [string, string, number][] = [
    ...arriba.map((texto): [string, string, number] => [texto, `Arriba dice «${texto.slice(0, 60)}».`, 0.8]),
    [filename.replace(/\.[^.]*$/, ''), `El archivo se llama «${filename.slice(0, 60)}».`, 0.75],
    [hoja, `La hoja se llama «${hoja.slice(0, 40)}».`, 0.7],
  ];
  for (const [texto, razon, confianza] of fuentes) {
    const fechas = [...new Set(fechasEn(texto, formato))].filter((una) => una <= hoy && una >= '2000-01-01');
    if (fechas.length === 1) return { fecha: fechas[0]!, confianza, razones: [razon] };
  }
  return null;
}
