import { useNavigate } from '@tanstack/react-router';
import GraduationCap from 'lucide-react/icons/graduation-cap';
import { useState } from 'react';
import { termina } from '#client/app/practica.ts';
import { Button } from '#client/ui/button.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { CodigosParaLeer } from './codigos-para-leer.tsx';
import { PASOS } from './guia.ts';
import { ListaGuia } from './lista-guia.tsx';
import { simulaPistola } from './simula-pistola.ts';
import { useAvance } from './use-avance.ts';
import './practica.css';

export type BarraPracticaProps = {
  /** The counting screen is under it: codes can be read with a touch. */
  contando: boolean;
};

/** Tells the counting screen how high it is, so that both together are one screenful. */
function mide(barra: HTMLDivElement) {
  const { style, dataset } = document.documentElement;
  dataset.practica = '';
  const observer = new ResizeObserver(() => style.setProperty('--practica-alto', `${barra.offsetHeight}px`));
  observer.observe(barra);
  return () => {
    observer.disconnect();
    style.removeProperty('--practica-alto');
    delete dataset.practica;
  };
}

/** Over every screen of practice: that nothing of it is sent, what to try next, and the way out. */
export function BarraPractica({ contando }: BarraPracticaProps) {
  const navigate = useNavigate();
  const avance = useAvance();
  const [abierta, setAbierta] = useState(false);
  const sal = async () => {
    await termina();
    await navigate({ to: '/', replace: true });
  };
  const lee = (codigo: string) => {
    setAbierta(false);
    // After the sheet has given the focus back.
    setTimeout(() => simulaPistola(codigo), 50);
  };
  return (
    <div ref={mide} className="practica-barra tone-info">
      <button type="button" className="practica-dicho" onClick={() => setAbierta(true)}>
        <GraduationCap aria-hidden className="practica-icono" />
        <span className="practica-frases">
          <strong>Práctica: nada de esto se envía</strong>
          <span>
            {avance.sigue === null
              ? 'Ya probaste todo · ver la guía'
              : `${avance.hechos.size} de ${PASOS.length} · ${avance.sigue.titulo}`}
          </span>
        </span>
      </button>
      <Button onClick={sal}>Salir</Button>
      <Sheet open={abierta} onClose={() => setAbierta(false)} title="Qué probar">
        <ListaGuia avance={avance} />
        <h3 className="card-title">Códigos para leer</h3>
        <p>
          {contando
            ? 'Toca Leer y la app lo recibe como de una pistola. También puedes leerlos con otro teléfono, apuntar la pistola a esta pantalla o escribirlos.'
            : 'Léelos con otro teléfono, apunta la pistola a esta pantalla o escríbelos.'}
        </p>
        <CodigosParaLeer {...(contando ? { onLeer: lee } : {})} />
      </Sheet>
    </div>
  );
}
