import Circle from 'lucide-react/icons/circle';
import CircleCheck from 'lucide-react/icons/circle-check';
import { PASOS } from './guia.ts';
import type { Avance } from './use-avance.ts';

/** What there is to try; each ticks as it is done, in any order. */
export function ListaGuia({ avance }: { avance: Avance }) {
  return (
    <ol className="list practica-guia" aria-label="Qué probar">
      {PASOS.map((paso) => {
        const hecho = avance.hechos.has(paso.clave);
        const Icono = hecho ? CircleCheck : Circle;
        return (
          <li
            key={paso.clave}
            className="row practica-paso"
            data-hecho={hecho || undefined}
            aria-current={paso === avance.sigue ? 'step' : undefined}
          >
            <Icono aria-hidden className="practica-marca" />
            <span className="row-text">
              <span className="row-title">
                {paso.titulo}
                <span className="sr-only">{hecho ? ', hecho' : ', por hacer'}</span>
              </span>
              {!hecho && <span className="row-detail">{paso.como}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
