import { useEffect, useId, useRef, useState } from 'react';
import { type FilaProducto, useProducto } from '#client/offline/index.ts';
import { LineState } from '#client/ui/line-state.tsx';
import type { RenglonHoja } from '#shared/domain/hoja-conteo.ts';
import { estadoDeLinea } from '../contar/estado-linea.ts';
import { type EstadoRenglon, textoDeLinea } from './estado-renglon.ts';
import type { Dicho } from './use-captura.ts';

export type RenglonOtroProps = {
  fila: RenglonHoja;
  estado: EstadoRenglon;
  dicho: Dicho | undefined;
  onCaptura: (codigo: string, texto: string) => Promise<boolean>;
  onSiguiente: (desde: HTMLInputElement) => void;
};

/** An empty row of the paper: the code that was written there, and how many. */
export function RenglonOtro({ fila, estado, dicho, onCaptura, onSiguiente }: RenglonOtroProps) {
  const id = useId();
  const { previa } = estado;
  const producto: FilaProducto | null | undefined = useProducto(previa?.productoId ?? null);
  const guardado = previa === null ? '' : textoDeLinea(previa);
  const codigoGuardado = previa?.codigoCrudo ?? '';
  const [codigo, setCodigo] = useState(codigoGuardado);
  const [texto, setTexto] = useState(guardado);
  const editado = useRef(false);
  useEffect(() => {
    if (editado.current) return;
    setCodigo(codigoGuardado);
    setTexto(guardado);
  }, [codigoGuardado, guardado]);
  const confirma = async () => {
    if (!editado.current) return true;
    const bien = await onCaptura(codigo, texto);
    if (bien) editado.current = false;
    return bien;
  };
  const error = dicho?.tono === 'error';
  return (
    <li className="hoja-renglon" data-estado={previa === null ? undefined : 'capturado'}>
      <span className="hoja-numero" aria-hidden>
        {fila.renglon}
      </span>
      <span className="hoja-que">
        <input
          className="hoja-campo hoja-campo-codigo"
          aria-label={`Renglón ${fila.renglon}: código`}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          enterKeyHint="next"
          placeholder="código escrito"
          value={codigo}
          onChange={(event) => {
            editado.current = true;
            setCodigo(event.currentTarget.value);
          }}
          onBlur={() => void confirma()}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            document.getElementById(id)?.focus();
          }}
        />
        {previa !== null && (
          <span className="hoja-nombre">
            {previa.productoId === null ? 'código desconocido: se liga después' : (producto?.nombre ?? '')}
          </span>
        )}
      </span>
      <span className="hoja-entrada">
        <input
          id={id}
          className="hoja-campo"
          aria-label={`Renglón ${fila.renglon}: cantidad`}
          inputMode="tel"
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
          onBlur={() => void confirma()}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            const campo = event.currentTarget;
            void confirma().then((bien) => bien && onSiguiente(campo));
          }}
        />
        <span className="hoja-unidad">
          {previa !== null && <LineState state={estadoDeLinea(previa.estado)} />}
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
