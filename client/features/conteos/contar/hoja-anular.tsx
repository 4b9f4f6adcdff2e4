import { horaAqui } from '#client/app/fechas.ts';
import type { RenglonContado } from '#client/offline/index.ts';
import { Button } from '#client/ui/button.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { unidadesDe } from '#shared/domain/conteo.ts';
import { cantidadNatural, cantidadVista, plural } from '#shared/formato.ts';

export type HojaAnularProps = {
  renglon: RenglonContado | null;
  onClose: () => void;
  onAnular: (lineaIds: readonly string[]) => void;
};

/** Several lines make one row: which of them was the mistake? */
export function HojaAnular({ renglon, onClose, onAnular }: HojaAnularProps) {
  return (
    <Sheet
      open={renglon !== null}
      onClose={onClose}
      title="¿Qué anulas?"
      actions={
        renglon && (
          <Button
            variant="danger"
            block
            tall
            detail={cantidadNatural(toCantidad(renglon.unidades), renglon.unidad ?? 'PZA')}
            onClick={() => onAnular(renglon.lineas.map((linea) => linea.id))}
          >
            Anular {plural(renglon.lineas.length, 'línea', 'líneas')}
          </Button>
        )
      }
    >
      {renglon && (
        <>
          <p>
            <strong>{renglon.nombre ?? renglon.codigo}</strong>
            {renglon.ubicacion && ` en ${renglon.ubicacion}`}
          </p>
          <ul className="list" aria-label="Líneas">
            {renglon.lineas.map((linea) => (
              <ListRow
                key={linea.id}
                title={`${cantidadVista(unidadesDe(linea), { signo: true })}`}
                detail={`a las ${horaAqui(linea.instante)}`}
                actions={<Button onClick={() => onAnular([linea.id])}>Anular esta</Button>}
              />
            ))}
          </ul>
        </>
      )}
    </Sheet>
  );
}
