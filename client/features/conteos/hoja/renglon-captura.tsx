import { useEffect, useId, useRef, useState } from 'react';
import type { FilaProducto } from '#client/offline/index.ts';
import { LineState } from '#client/ui/line-state.tsx';
import type { RenglonHoja } from '#shared/domain/hoja-conteo.ts';
import { nombreUnidad } from '#shared/formato.ts';
import { estadoDeLinea } from '../contar/estado-linea.ts';
import { type EstadoRenglon, textoDeLinea } from './estado-renglon.ts';
import { type Dicho, decimalesDe } from './use-captura.ts';

export type RenglonCapturaProps = {
  fila: RenglonHoja;
  producto: FilaProducto | undefined;
  estado: EstadoRenglon;
  dicho: Dicho | undefined;
  onCaptura: (texto: string) => boolean;
  onSiguiente: (desde: HTMLInputElement) => void;
};

/** A row of the list: what the paper prints, and the field for what a hand wrote. Enter saves it and goes to the next. */
export function RenglonCaptura({
  fila,
  producto,
  estado,
  dicho,
  onCaptura,
  onSiguiente,
}: RenglonCapturaProps) {
  const id = useId();
  const guardado = estado.previa === null ? '' : textoDeLinea(estado.previa);
  const [texto, setTexto] = useState(guardado);
  const editado = useRef(false);
  // What another phone of mine captured comes in, unless something is being typed here.
  useEffect(() => {
    if (!editado.current) setTexto(guardado);
  }, [guardado]);
  const confirma = () => {
    if (!editado.current) return true;
    const bien = onCaptura(texto);
    if (bien) editado.current = false;
    return bien;
  };
  const error = dicho?.tono === 'error';
  return (
    <li className="hoja-renglon" data-estado={estado.previa === null ? undefined : 'capturado'}>
      <span className="hoja-numero" aria-hidden>
        {fila.renglon}
      </span>
      <label className="hoja-que" htmlFor={id}>
        <span className="sr-only">Renglón {fila.renglon}: </span>
        <span className="hoja-codigo">{producto?.codigo}</span>
        <span className="hoja-nombre">{producto?.nombre}</span>
      </label>
      <span className="hoja-entrada">
        <input
          id={id}
          className="hoja-campo"
          // The telephone's keys have + and *, for boxes and pieces; a measured product needs its point.
          inputMode={producto !== undefined && decimalesDe(producto) > 0 ? 'text' : 'tel'}
          autoComplete="off"
          enterKeyHint="next"
          placeholder="—"
          value={texto}
          aria-invalid={error || undefined}
          aria-describedby={dicho === undefined ? undefined : `${id}-nota`}
          onChange={(event) => {
            editado.current = true;
            setTexto(event.currentTarget.value);
          }}
          onBlur={confirma}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            if (confirma()) onSiguiente(event.currentTarget);
          }}
        />
        <span className="hoja-unidad">
          {estado.previa !== null ? (
            <LineState state={estadoDeLinea(estado.previa.estado)} />
          ) : (
            producto !== undefined && nombreUnidad(producto.unidad, 200_000n)
          )}
        </span>
      </span>
      {dicho !== undefined && (
        <p id={`${id}-nota`} className="hoja-dicho" data-tono={dicho.tono} role={error ? 'alert' : 'status'}>
          {dicho.texto}
        </p>
      )}
    </li>
  );
}
