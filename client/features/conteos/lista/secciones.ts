import type { ConteoVista } from '#client/offline/index.ts';
import type { ResumenConteo } from '#shared/contracts/conteos.ts';

/** One conteo of the list: from the phone's cache, from the server's history, or from both. */
export type ConteoLista = {
  id: string;
  folio: string | null;
  nombre: string;
  almacen: string;
  estado: string;
  /** A test count: compared, never posted. */
  prueba: boolean;
  ciego: boolean;
  abiertoEn: string;
  vence: string | null;
  cerradoEn: string | null;
  /** I count it. */
  cuento: boolean;
  intento: number;
  /** Mine, of the cache; 0 for what only the server knows. */
  misLineas: number;
  misProductos: number;
  sinEnviar: number;
  parteTerminadaEn: string | null;
  /** My part was given back: what the manager wrote ('' without a note); null otherwise. */
  devuelta: string | null;
  soloAqui: boolean;
  /** Of the server; null while it has not been asked. */
  contadores: string[] | null;
  partes: { enviadas: number; total: number } | null;
  productosContados: number | null;
  aprobados: number | null;
};

export const SECCIONES = ['por_contar', 'por_revisar', 'en_curso', 'enviados', 'cerrados'] as const;
export type Seccion = (typeof SECCIONES)[number];
export const TITULO: Record<Seccion, string> = {
  por_contar: 'Por contar',
  por_revisar: 'Por revisar',
  en_curso: 'En curso',
  enviados: 'Enviados a revisión',
  cerrados: 'Cerrados',
};

/** Joins both by id. What happens on this phone (state of mine, what is unsent) comes from the cache. */
export function une(cache: readonly ConteoVista[], historial: readonly ResumenConteo[]): ConteoLista[] {
  const delServidor = new Map(historial.map((resumen) => [resumen.id, resumen]));
  const unidos = cache.map((c): ConteoLista => {
    const s = delServidor.get(c.id);
    delServidor.delete(c.id);
    return {
      id: c.id,
      folio: c.folio ?? s?.folio ?? null,
      nombre: c.nombre,
      almacen: c.almacenNombre || (s?.almacen ?? ''),
      // The history was asked a moment ago, the cache may be hours old.
      estado: s?.estado ?? c.estado,
      prueba: c.proposito === 'prueba',
      ciego: c.ciego,
      abiertoEn: c.abiertoEn,
      vence: c.vence,
      cerradoEn: s?.cerradoEn ?? c.cerradoEn,
      cuento: c.cuento,
      intento: c.intento,
      misLineas: c.misLineas,
      misProductos: c.misProductos,
      sinEnviar: c.sinEnviar,
      parteTerminadaEn: c.parteTerminadaEn,
      devuelta: c.devuelta,
      soloAqui: c.soloAqui && !s,
      ...deResumen(s),
    };
  });
  const ajenos = [...delServidor.values()].map(
    (s): ConteoLista => ({
      id: s.id,
      folio: s.folio,
      nombre: s.nombre,
      almacen: s.almacen,
      estado: s.estado,
      prueba: s.proposito === 'prueba',
      ciego: s.ciego,
      abiertoEn: s.abiertoEn,
      vence: s.vence,
      cerradoEn: s.cerradoEn,
      cuento: false,
      intento: 1,
      misLineas: 0,
      misProductos: 0,
      sinEnviar: 0,
      parteTerminadaEn: null,
      devuelta: null,
      soloAqui: false,
      ...deResumen(s),
    }),
  );
  return [...unidos, ...ajenos];
}

function deResumen(s: ResumenConteo | undefined) {
  return {
    contadores: s?.contadores ?? null,
    partes: s ? { enviadas: s.partes, total: s.partesTotal } : null,
    productosContados: s?.productosContados ?? null,
    aprobados: s?.aprobados ?? null,
  };
}

export function seccionDe(c: ConteoLista, revisa: boolean): Seccion | null {
  if (c.estado === 'cerrado' || c.estado === 'cancelado') return 'cerrados';
  if (c.estado === 'en_revision') return revisa ? 'por_revisar' : c.cuento ? 'enviados' : null;
  if (c.cuento && c.parteTerminadaEn === null) return 'por_contar';
  if (revisa) return 'en_curso';
  return c.cuento ? 'enviados' : null;
}

/** Open ones by what is due first, then the newest; closed ones by when they ended, newest first. */
export function porSecciones(
  conteos: readonly ConteoLista[],
  revisa: boolean,
): Record<Seccion, ConteoLista[]> {
  const listas: Record<Seccion, ConteoLista[]> = {
    por_contar: [],
    por_revisar: [],
    en_curso: [],
    enviados: [],
    cerrados: [],
  };
  for (const conteo of conteos) {
    const seccion = seccionDe(conteo, revisa);
    if (seccion !== null) listas[seccion].push(conteo);
  }
  const instante = (texto: string | null, si: number) => (texto === null ? si : Date.parse(texto));
  for (const seccion of SECCIONES) {
    listas[seccion].sort((a, b) =>
      seccion === 'cerrados'
        ? instante(b.cerradoEn, instante(b.abiertoEn, 0)) - instante(a.cerradoEn, instante(a.abiertoEn, 0))
        : instante(a.vence, Number.MAX_SAFE_INTEGER) - instante(b.vence, Number.MAX_SAFE_INTEGER) ||
          instante(b.abiertoEn, 0) - instante(a.abiertoEn, 0),
    );
  }
  return listas;
}

/** Past its hour and still open. `ahora` in ms. */
export function vencido(c: Pick<ConteoLista, 'estado' | 'vence'>, ahora: number): boolean {
  const abierto = c.estado === 'abierto' || c.estado === 'planeado';
  return abierto && c.vence !== null && Date.parse(c.vence) < ahora;
}
