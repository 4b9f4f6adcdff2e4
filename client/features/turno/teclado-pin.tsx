import Delete from 'lucide-react/icons/delete';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { signalScan } from '#client/scanner/index.ts';
import { ESPERA_DIGITO_MS, TeclasPin } from './teclas-pin.ts';

const DIGITOS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
const LARGO_MAX = 6;

export type TecladoPinProps = {
  valor: string;
  onValor: (cambia: (valor: string) => string) => void;
  onListo: () => void;
};

/** Big keys and dots: nobody reads a PIN over a shoulder. A keyboard's digits count too; those of a gun never do. */
export function TecladoPin({ valor, onValor, onListo }: TecladoPinProps) {
  const teclas = useRef(new TeclasPin());
  const caja = useRef<HTMLDivElement>(null);
  // A keyboard types at once, and its Enter is not the press of some key.
  useEffect(() => caja.current?.focus({ preventScroll: true }), []);
  const suma = (digito: string) => onValor((v) => (v + digito).slice(0, LARGO_MAX));
  const borra = () => onValor((v) => v.slice(0, -1));
  const pulsada = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const { rafaga, empieza } = teclas.current.pulsa(event.key, event.timeStamp);
    if (empieza) signalScan('error');
    if (rafaga) {
      event.preventDefault();
      return;
    }
    if (/^\d$/.test(event.key)) {
      setTimeout(() => {
        const digito = teclas.current.toma();
        if (digito !== null) suma(digito);
      }, ESPERA_DIGITO_MS);
    } else if (event.key === 'Backspace') borra();
    else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) onListo();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: why: hears the keyboard for the keys inside, which are buttons.
    <div ref={caja} className="pin" tabIndex={-1} onKeyDown={pulsada}>
      <p className="pin-puntos" role="status">
        <span className="sr-only">{`${valor.length} números escritos`}</span>
        {Array.from({ length: LARGO_MAX }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: why: six dots that never move.
          <span key={i} aria-hidden className="pin-punto" data-lleno={i < valor.length || undefined} />
        ))}
      </p>
      <fieldset className="pin-teclas">
        <legend className="sr-only">PIN</legend>
        {DIGITOS.map((digito) => (
          <button key={digito} type="button" className="pad-key pin-tecla" onClick={() => suma(digito)}>
            {digito}
          </button>
        ))}
        <span />
        <button type="button" className="pad-key pin-tecla" onClick={() => suma('0')}>
          0
        </button>
        <button
          type="button"
          className="pad-key pin-tecla"
          aria-label="Borrar número"
          disabled={valor === ''}
          onClick={borra}
        >
          <Delete aria-hidden className="pad-icon" />
        </button>
      </fieldset>
    </div>
  );
}
