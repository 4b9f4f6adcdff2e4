import { useState } from 'react';
import { Button } from '#client/ui/button.tsx';
import { readPace, savePace } from './device-pace.ts';
import { ENOUGH_LABELS, type PaceProposal, type TestedSource } from './sheet-report.ts';

export interface PaceOfferProps {
  source: TestedSource;
  proposal: PaceProposal | null;
}

const WHICH = { camara: 'camaraMs', pistola: 'reboteMs' } as const;
const NAME: Record<TestedSource, string> = {
  camara: 'Espera antes de volver a contar el mismo código',
  pistola: 'Rebote del gatillo que no cuenta',
};

const wait = (ms: number) =>
  ms < 1000
    ? `${ms} ms`
    : `${(ms / 1000).toLocaleString('es-MX', { minimumFractionDigits: 1, maximumFractionDigits: 2 })} s`;

/** The wait in force on this device and the one that the sheet asks for; nothing changes until the person says so. */
export function PaceOffer({ source, proposal }: PaceOfferProps) {
  const [current, setCurrent] = useState(() => readPace()[WHICH[source]]);
  const [told, setTold] = useState('');
  const save = (ms: number) => {
    const kept = savePace({ [WHICH[source]]: ms });
    if (kept) setCurrent(ms);
    setTold(
      kept
        ? `Guardado en este equipo: ${wait(ms)}.`
        : 'Este navegador no deja guardar; se queda como estaba.',
    );
  };
  return (
    <div className="pace-offer">
      <p>
        <strong>{NAME[source]}:</strong> {wait(current)}.
      </p>
      {proposal === null ? (
        <p className="scanner-test-note">Lee al menos {ENOUGH_LABELS} etiquetas y te proponemos otra.</p>
      ) : proposal.ms === current ? (
        <p className="scanner-test-note">Es la que conviene a este equipo.</p>
      ) : (
        <Button block onClick={() => save(proposal.ms)}>
          Usar {wait(proposal.ms)}
        </Button>
      )}
      {proposal?.beyond && (
        <p className="scanner-test-note">
          {source === 'camara'
            ? 'Hubo dobles más tardíos de lo que una espera evita: pasa de una etiqueta a otra sin quedarte en la misma, y con buena luz.'
            : 'Hubo dobles más separados que un rebote: revisa en la pistola el “retardo del mismo código”.'}
        </p>
      )}
      <p role="status" className="pace-told">
        {told}
      </p>
    </div>
  );
}
