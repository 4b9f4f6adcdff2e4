import './charts.css';
import { ejeDe, type Valor } from './escala.ts';
import { lineaDe, puntosDe } from './trazo.ts';

export type SparklineProps = { valores: readonly Valor[] };

/** Only the shape, beside a figure whose words say the rest. Nothing to draw with fewer than two values. */
export function Sparkline({ valores }: SparklineProps) {
  if (valores.filter((v) => v !== null).length < 2) return null;
  const puntos = puntosDe(valores, ejeDe(valores));
  const ultimo = puntos.findLast((punto) => punto !== null)!;
  return (
    <span aria-hidden className="spark">
      <svg className="chart-svg" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        <path className="chart-line" d={lineaDe(puntos)} />
        <path className="chart-dot" d={`M${ultimo.x} ${ultimo.y}h0`} />
      </svg>
    </span>
  );
}
