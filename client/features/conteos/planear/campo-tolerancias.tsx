import { useId } from 'react';
import { typedQuantity } from '#client/ui/quantity-text.ts';
import {
  type CeldaTol,
  COLUMNAS_TOL,
  type ColumnaTol,
  FILAS_TOL,
  type FilaTol,
  NOMBRE_FILA,
  type TextosTol,
} from './tolerancias.ts';
import './tolerancias.css';

const CABEZA: Record<ColumnaTol, string> = { unidades: 'Unidades', porcentaje: '%', pesos: 'Pesos' };
const DICHA: Record<ColumnaTol, string> = { unidades: 'unidades', porcentaje: 'por ciento', pesos: 'pesos' };

export type CampoToleranciasProps = {
  value: TextosTol;
  onValue: (value: TextosTol) => void;
  errores?: Partial<Record<CeldaTol, string>>;
};

/** Four rows of three limits: one row a class, and the general one for what has none. */
export function CampoTolerancias({ value, onValue, errores = {} }: CampoToleranciasProps) {
  const id = useId();
  const pon = (cual: FilaTol, columna: ColumnaTol, texto: string) =>
    onValue({ ...value, [cual]: { ...value[cual], [columna]: texto } });
  const fallas = [
    ...new Set(
      FILAS_TOL.flatMap((cual) => COLUMNAS_TOL.flatMap((columna) => errores[`tol.${cual}.${columna}`] ?? [])),
    ),
  ];
  return (
    <div className="tolerancias-marco flex flex-col gap-2">
      <div className="tolerancias">
        <span aria-hidden className="tolerancias-esquina" />
        {COLUMNAS_TOL.map((columna) => (
          <span key={columna} aria-hidden className="tolerancias-cabeza">
            {CABEZA[columna]}
          </span>
        ))}
        {FILAS_TOL.map((cual) => (
          <fieldset key={cual} className="contents">
            <legend className="sr-only">{NOMBRE_FILA[cual]}</legend>
            <span aria-hidden className="tolerancias-fila">
              {NOMBRE_FILA[cual]}
            </span>
            {COLUMNAS_TOL.map((columna) => {
              const error = errores[`tol.${cual}.${columna}`];
              return (
                <div key={columna} className="box" data-invalid={error ? '' : undefined}>
                  <input
                    className="box-input box-number tolerancias-celda"
                    aria-label={`${NOMBRE_FILA[cual]}, ${DICHA[columna]}`}
                    value={value[cual][columna]}
                    onChange={(event) => pon(cual, columna, typedQuantity(event.currentTarget.value))}
                    inputMode="decimal"
                    autoComplete="off"
                    placeholder="—"
                    aria-invalid={error ? true : undefined}
                    aria-describedby={error ? `${id}-error` : undefined}
                  />
                </div>
              );
            })}
          </fieldset>
        ))}
      </div>
      {fallas.length > 0 && (
        <div id={`${id}-error`} role="alert" className="field">
          {fallas.map((frase) => (
            <p key={frase} className="field-error">
              {frase}
            </p>
          ))}
        </div>
      )}
    </div>
  );
}
