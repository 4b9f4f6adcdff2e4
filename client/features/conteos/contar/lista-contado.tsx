import Ellipsis from 'lucide-react/icons/ellipsis';
import Trash2 from 'lucide-react/icons/trash-2';
import type { RenglonContado } from '#client/offline/index.ts';
import { IconButton } from '#client/ui/icon-button.tsx';
import { LineState } from '#client/ui/line-state.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { codigoVisto } from '#shared/domain/codigos.ts';
import { cantidadVista, nombreUnidad, plural } from '#shared/formato.ts';
import { CONDICION } from './condicion.ts';
import { textoLotes } from './datos-lote.ts';
import { estadoDeLinea } from './estado-linea.ts';
import { notasDe } from './notas-de.ts';

export type ListaContadoProps = {
  renglones: readonly RenglonContado[] | undefined;
  /** Voids the newest line of the row. */
  onAnular: (renglon: RenglonContado) => void;
  /** Opens the row: its notes and photos. */
  onLinea: (renglon: RenglonContado) => void;
  /** Only the first rows (beside the pad); all of them in the sheet. */
  limite?: number;
};

/** What I counted, last touched first: code, name, quantity, where it is, and a way to take it back. */
export function ListaContado({ renglones, onAnular, onLinea, limite }: ListaContadoProps) {
  if (renglones === undefined) return null;
  if (renglones.length === 0) {
    return (
      <p className="contar-espera">
        Lee una etiqueta para empezar: con la pistola, con la cámara o escribiendo el código.
      </p>
    );
  }
  return (
    <ul className="list" aria-label="Contado">
      {renglones.slice(0, limite).map((renglon, indice) => {
        const unidades = toCantidad(renglon.unidades);
        const nombre = renglon.nombre ?? 'Código que no conocemos';
        const lotes = textoLotes(renglon);
        return (
          <ListRow
            key={renglon.clave}
            className={limite === undefined ? 'contar-renglon' : undefined}
            fresh={indice === 0}
            title={nombre}
            detail={
              <>
                {[codigoVisto(renglon.codigo), renglon.ubicacion].filter(Boolean).join(' · ')}
                {renglon.condicion !== 'vendible' && (
                  <>
                    {' · '}
                    <strong className="contar-otra">{CONDICION[renglon.condicion].nombre}</strong>
                  </>
                )}
                {lotes.dicho !== null && ` · ${lotes.dicho}`}
                {lotes.falta !== null && (
                  <>
                    {' · '}
                    <strong className="contar-otra">{lotes.falta}</strong>
                  </>
                )}
                {renglon.lineas.length > 1 && ` · ${plural(renglon.lineas.length, 'línea', 'líneas')}`}
                {notasDe(renglon).map((nota) => ` · Nota: ${nota}`)}
              </>
            }
            value={cantidadVista(unidades)}
            unit={nombreUnidad(renglon.unidad ?? 'PZA', unidades)}
            state={<LineState state={estadoDeLinea(renglon.estado)} />}
            actions={
              <>
                <IconButton
                  label="Nota o foto"
                  icon={<Ellipsis aria-hidden />}
                  onClick={() => onLinea(renglon)}
                />
                <IconButton label="Anular" icon={<Trash2 aria-hidden />} onClick={() => onAnular(renglon)} />
              </>
            }
          />
        );
      })}
    </ul>
  );
}
