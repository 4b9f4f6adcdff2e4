import { Button } from '#client/ui/button.tsx';
import { Barras } from './barras.tsx';
import { LEER } from './catalogo.ts';

const ETIQUETAS: readonly { codigo: string; que: string; detalle: string }[] = [
  { codigo: LEER.aceite, que: 'Aceite, una pieza', detalle: 'PR-01' },
  { codigo: LEER.caja, que: 'Aceite, caja cerrada', detalle: 'PR-01 · 12 piezas' },
  { codigo: LEER.foco, que: 'El de dos productos', detalle: 'PR-04 y PR-05' },
  { codigo: LEER.desconocido, que: 'El que no existe', detalle: 'de ningún producto' },
  { codigo: LEER.filtro, que: 'Filtro de aceite', detalle: 'PR-02' },
  { codigo: LEER.bujia, que: 'Bujía', detalle: 'PR-03' },
  { codigo: LEER.cable, que: 'Cable, por metro', detalle: 'PR-06' },
  { codigo: LEER.llanta, que: 'Llanta, con lote', detalle: 'PR-07' },
  { codigo: LEER.juego, que: 'Juego, por sus partes', detalle: 'PR-08' },
];

/**
 * The labels of practice: read from this screen by another phone or by a gun, typed, or read with a touch where
 * `onLeer` says how.
 */
export function CodigosParaLeer({ onLeer }: { onLeer?: (codigo: string) => void }) {
  return (
    <ul className="practica-codigos" aria-label="Códigos para leer">
      {ETIQUETAS.map(({ codigo, que, detalle }) => (
        <li key={codigo} className="practica-etiqueta">
          <Barras codigo={codigo} />
          <p className="practica-que">
            <strong>{que}</strong>
            <span>
              {codigo} · {detalle}
            </span>
          </p>
          {onLeer && (
            <Button aria-label={`Leer ${que}`} onClick={() => onLeer(codigo)}>
              Leer
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
