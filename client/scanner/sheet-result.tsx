import { Banner } from '#client/ui/banner.tsx';
import { Card } from '#client/ui/card.tsx';
import { Stats } from '#client/ui/stats.tsx';
import { visibleGs } from './gs-visible.ts';
import { PaceOffer } from './pace-offer.tsx';
import { SheetProgress } from './sheet-progress.tsx';
import type { SheetReport, TestedSource } from './sheet-report.ts';

export interface SheetResultProps {
  source: TestedSource;
  report: SheetReport;
  /** Labels whose symbology the company's settings leave out. */
  skipped: number;
}

const TITLE: Record<TestedSource, string> = { camara: 'Cámara', pistola: 'Pistola' };
const FROM: Record<TestedSource, string> = {
  camara: 'desde que la etiqueta entra al recuadro',
  pistola: 'desde la primera tecla',
};

const ms = (value: number | null) =>
  value === null ? '—' : `${Math.round(value).toLocaleString('es-MX')} ms`;

/** What the sheet says of this device's camera or gun, and the wait that follows from it. */
export function SheetResult({ source, report, skipped }: SheetResultProps) {
  const { expected, read, missed, doubled, wrong, withoutGs, medianMs, p95Ms, timed, proposal } = report;
  return (
    <Card title={`${TITLE[source]}: ${read.size} de ${expected.length}`}>
      <div className="sheet-result">
        <SheetProgress report={report} />
        <Stats
          label={`Resultado de ${TITLE[source].toLowerCase()}`}
          items={[
            { label: 'Faltan', value: missed.length },
            { label: 'Dobles', value: doubled.length, tone: doubled.length > 0 ? 'warn' : 'neutral' },
            { label: 'Equivocadas', value: wrong.length, tone: wrong.length > 0 ? 'bad' : 'neutral' },
          ]}
        />
        <Stats
          label="Tiempo por lectura"
          items={[
            { label: 'Lo normal', value: ms(medianMs) },
            { label: 'Las lentas', value: ms(p95Ms) },
          ]}
        />
        <p className="scanner-test-note">
          Tiempo por lectura {FROM[source]}; mediana y percentil 95 de {timed}{' '}
          {timed === 1 ? 'lectura' : 'lecturas'}.
        </p>
        {missed.length > 0 && (
          <p>
            <strong>Faltan por leer:</strong>{' '}
            {missed.map(({ number, name }) => `${number} ${name}`).join(' · ')}
          </p>
        )}
        {skipped > 0 && (
          <p className="scanner-test-note">
            {skipped === 1 ? 'Una etiqueta no se espera' : `${skipped} etiquetas no se esperan`}: tu empresa
            no lee ese tipo de código con la cámara.
          </p>
        )}
        {wrong.length > 0 && (
          <Banner tone="bad" title="Códigos que no están en la hoja">
            {wrong.map(visibleGs).join(' · ')}. Si no escaneaste otra cosa, son lecturas equivocadas: avisa a
            tu administrador antes de contar con {source === 'camara' ? 'esta cámara' : 'esta pistola'}.
          </Banner>
        )}
        {withoutGs && (
          <Banner tone="warn" title="Llega sin separador GS1">
            La etiqueta 10 perdió el separador entre campos. En la pistola activa “FNC1 → GS” o “Enviar GS”;
            si no, lote y caducidad se leen pegados.
          </Banner>
        )}
        <PaceOffer source={source} proposal={proposal} />
      </div>
    </Card>
  );
}
