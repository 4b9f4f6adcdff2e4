import { TextField } from '#client/ui/text-field.tsx';
import { mensajeDe } from '#shared/errores.ts';
import type { DatosPagina, useCaptura } from './use-captura.ts';

export type CamposPaginaProps = {
  datos: DatosPagina;
  horas: ReturnType<typeof useCaptura>['horas'];
  onDatos: (cambios: Partial<DatosPagina>) => void;
};

/** The head of the paper page: who counted, and when. The hour says against which stock it is compared. */
export function CamposPagina({ datos, horas, onDatos }: CamposPaginaProps) {
  const sinTocar = datos.empezo === '' && datos.termino === '';
  return (
    <div className="hoja-datos">
      <TextField
        className="hoja-conto"
        label="Contó"
        value={datos.conto}
        onValue={(conto) => onDatos({ conto })}
        maxLength={80}
        autoComplete="off"
        error={datos.conto.trim() === '' ? 'Escribe el nombre que trae la hoja.' : undefined}
      />
      <TextField label="Fecha" type="date" value={datos.fecha} onValue={(fecha) => onDatos({ fecha })} />
      <TextField
        label="Empezó"
        type="time"
        value={datos.empezo}
        onValue={(empezo) => onDatos({ empezo })}
        error={horas.ok || sinTocar ? undefined : mensajeDe(horas.code)}
      />
      <TextField
        label="Terminó"
        type="time"
        value={datos.termino}
        onValue={(termino) => onDatos({ termino })}
      />
      {sinTocar && (
        <p className="hoja-pista">Pon la hora que trae la hoja: con ella se compara, no con la de ahora.</p>
      )}
    </div>
  );
}
