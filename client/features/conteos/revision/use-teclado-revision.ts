import { type RefObject, useEffect, useRef } from 'react';

export type TecladoRevision = {
  total: number;
  /** Brings the row into the drawn window. */
  muestra: (indice: number) => void;
  onRecuento?: (indice: number) => void;
};

/**
 * Keys of the review on a PC: j/k or arrows move between rows, Enter opens (the row's own button), x chooses, r asks for a
 * recount, / goes to the search. None of them signs: a barcode gun types here too, and it would end in Enter.
 */
export function useTecladoRevision(marco: RefObject<HTMLElement | null>, teclado: TecladoRevision): void {
  const actual = useRef(teclado);
  useEffect(() => {
    actual.current = teclado;
  });
  useEffect(() => {
    const tecla = (event: KeyboardEvent) => {
      const blanco = event.target as HTMLElement | null;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (document.querySelector('dialog[open]') || escribe(blanco)) return;
      const fila = blanco?.closest<HTMLElement>('tr[data-index]');
      const indice = fila && marco.current?.contains(fila) ? Number(fila.dataset.index) : -1;
      const { total, muestra, onRecuento } = actual.current;
      const mueve = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
      if (mueve !== undefined) {
        // The arrows scroll the page until a row has the focus.
        if (total === 0 || (indice < 0 && event.key.startsWith('Arrow'))) return;
        const nuevo = Math.min(total - 1, Math.max(0, indice + mueve));
        muestra(nuevo);
        enfoca(marco.current, nuevo, 10);
      } else if (event.key === '/')
        document.querySelector<HTMLElement>('#contenido input[type=search]')?.focus();
      else if (event.key === 'x' && indice >= 0)
        fila?.querySelector<HTMLElement>('input[type=checkbox]')?.click();
      else if (event.key === 'r' && indice >= 0 && onRecuento) onRecuento(indice);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', tecla);
    return () => document.removeEventListener('keydown', tecla);
  }, [marco]);
}

function escribe(en: HTMLElement | null): boolean {
  return en?.matches('input:not([type=checkbox]), textarea, select, [contenteditable]') ?? false;
}

/** The row is drawn within a few frames of the scroll. */
function enfoca(marco: HTMLElement | null, indice: number, intentos: number): void {
  const boton = marco?.querySelector<HTMLElement>(`tr[data-index="${indice}"] button`);
  if (boton) {
    boton.focus({ preventScroll: true });
    boton.scrollIntoView({ block: 'nearest' });
  } else if (intentos > 0) requestAnimationFrame(() => enfoca(marco, indice, intentos - 1));
}
