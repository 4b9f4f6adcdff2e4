import type { DecisionTraslape, TraslapeImportacion } from '#shared/contracts/importar.ts';
import { plural } from '#shared/formato.ts';

type Con = TraslapeImportacion['con'];

export interface Encuentro {
  readonly con: Con;
  readonly id: string | null;
  readonly nombre: string;
  readonly almacen: string;
  readonly desde: string;
  readonly hasta: string;
  /** What a person may decide about these rows; empty: they are only told. */
  readonly decisiones: readonly DecisionTraslape[];
  /** Tells apart meetings with the same thing that mean something else. */
  readonly caso: keyof typeof FRASES;
}

/** `{filas}` are the rows of this file, `{nombre}` what was there before, `{dias}` the days of those rows. */
const FRASES = {
  archivo: '{filas} {dias}: ya están en «{nombre}». No se duplican hasta que digas qué hacer.',
  erp: '{filas} {dias}: esos días ya los registró {nombre}. Sumarlas contaría dos veces lo mismo.',
  conexion:
    '{filas} {dias}: {almacen} está conectado a {nombre}, que ya trajo esos días. Sumarlas contaría dos veces lo mismo.',
  conteo_tardio:
    '{filas} {dias} son anteriores al conteo {nombre}, que se aprobó sin conocerlas: quedarán por firmar como contra-ajuste.',
  conteo_impide:
    '{filas} {dias} se dejan fuera: el conteo {nombre} es posterior y se aprobó sobre estos libros; lo aprobado no se mueve.',
  conteo_dia: '{filas} {dias}: el conteo {nombre} ya dijo ese día cuánto había. ¿El archivo lo sustituye?',
  inventario_dia:
    '{filas} {dias}: ese día ya tiene una existencia inicial{nombre}. ¿El archivo la sustituye?',
  inventario_despues:
    '{filas} {dias} son anteriores a una existencia inicial{nombre}: quedan en la historia y no cambian lo que hay hoy.',
  periodo_cerrado:
    '{filas} {dias} se dejan fuera: el periodo de {almacen} está cerrado hasta el {nombre}. Un administrador puede abrirlo.',
} as const;

const dia = (fecha: string) => fecha.split('-').reverse().join('/');

function frase(e: Encuentro, filas: number): string {
  const dias = e.desde === e.hasta ? `del ${dia(e.desde)}` : `del ${dia(e.desde)} al ${dia(e.hasta)}`;
  const valores: Record<string, string> = {
    filas: plural(filas, 'fila', 'filas'),
    dias,
    nombre: e.nombre,
    almacen: e.almacen,
  };
  return FRASES[e.caso].replace(/\{(\w+)\}/g, (_, clave: string) => valores[clave] ?? '');
}

/** What the rows of a file meet that was there before, gathered by what it is. */
export class RecogeTraslapes {
  readonly #hallados = new Map<string, { e: Encuentro; filas: number }>();

  agrega(e: Encuentro): void {
    const clave = [e.caso, e.id ?? e.nombre, e.almacen].join('|');
    const antes = this.#hallados.get(clave);
    if (antes === undefined) {
      this.#hallados.set(clave, { e, filas: 1 });
      return;
    }
    antes.filas += 1;
    antes.e = {
      ...antes.e,
      desde: [e.desde, antes.e.desde].sort()[0]!,
      hasta: [e.hasta, antes.e.hasta].sort()[1]!,
    };
  }

  lista(): TraslapeImportacion[] {
    return [...this.#hallados.values()]
      .sort((a, b) => b.e.decisiones.length - a.e.decisiones.length || b.filas - a.filas)
      .slice(0, 50)
      .map(({ e, filas }) => ({
        con: e.con,
        id: e.id,
        nombre: e.nombre.trim() || 'existencia inicial',
        almacen: e.almacen,
        desde: e.desde,
        hasta: e.hasta,
        filas,
        frase: frase(e, filas),
        decisiones: [...e.decisiones],
      }));
  }

  /** Whether something waits for a person's word. */
  get pregunta(): boolean {
    return [...this.#hallados.values()].some(({ e }) => e.decisiones.length > 0);
  }
}
