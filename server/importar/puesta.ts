import type { DecisionTraslape, FilaMovimiento } from '#shared/contracts/importar.ts';
import { inicioDelDia, masDias } from '#shared/domain/instante.ts';
import type { AlmacenRow } from './catalogo.sql.ts';
import type { Comun, Grupos, Situada } from './claves.ts';
import type { Buscada } from './libro.sql.ts';
import type { Asiento } from './movimiento.ts';
import type { RecogeTraslapes } from './recoge-traslapes.ts';

/** What the plan of every lot of a file needs. */
export interface Contexto {
  readonly uploadId: string;
  readonly comun: Comun;
  readonly almacenes: ReadonlyMap<string, AlmacenRow>;
  readonly grupos: Grupos;
  readonly decision: DecisionTraslape | undefined;
  readonly crea: boolean;
  readonly ahora: Date;
  readonly traslapes: RecogeTraslapes;
}

/** A row on its way through the plan. */
export interface Puesta {
  readonly i: number;
  readonly fila: FilaMovimiento;
  readonly s: Situada;
  readonly almacen: AlmacenRow;
  readonly clave: string;
  readonly asiento: Asiento;
}

export function aBuscada({ i, s, almacen, asiento }: Puesta): Buscada {
  const zona = almacen.zona_horaria;
  return {
    i,
    producto: asiento.producto_id,
    almacen: s.almacenId,
    tipo: asiento.tipo,
    subtipo: asiento.subtipo,
    desde: s.desde,
    hasta: s.hasta,
    t0: new Date(inicioDelDia(s.desde, zona)).toISOString(),
    t1: new Date(inicioDelDia(masDias(s.hasta, 1), zona) - 1).toISOString(),
    en: asiento.ocurrida_en,
  };
}
