import type { ReactNode } from 'react';
import { ChartFrame } from './chart-frame.tsx';
import { porCiento } from './escala.ts';

/** All in hundredths of a percent: 8,000 is 80 %. */
export type ParetoPoint = { x: bigint; y: bigint };

export type ParetoClass = {
  /** "A". */
  nombre: string;
  /** Where the class ends along both axes. */
  hasta: ParetoPoint;
  celdas: readonly ReactNode[];
};

export type ParetoProps = {
  label: string;
  /** From the product that weighs most to the one that weighs least, accumulated; without the origin. */
  curva: readonly ParetoPoint[];
  clases: readonly ParetoClass[];
  /** Headers of the table, the class first. */
  columnas: readonly string[];
  /** Under the axis: "de los productos". */
  ejeX: string;
};

const TODO = { min: 0n, max: 10_000n };
const lugar = (valor: bigint) => porCiento(valor, TODO);
const alto = (valor: bigint) => Math.round((100 - lugar(valor)) * 100) / 100;

/** SVG path of the curve from the origin. */
export function curvaDe(curva: readonly ParetoPoint[]): string {
  return `M0 100${curva.map(({ x, y }) => `L${lugar(x)} ${alto(y)}`).join('')}`;
}

/** How much of the worth a few products make: the accumulated curve, cut into its classes. */
export function Pareto({ label, curva, clases, columnas, ejeX }: ParetoProps) {
  const linea = curvaDe(curva);
  const fin = curva.at(-1);
  return (
    <ChartFrame
      label={label}
      tabla={{
        columnas,
        filas: clases.map(({ nombre, celdas }) => ({ clave: nombre, celdas })),
      }}
    >
      <div className="chart-plot">
        {[0n, 5_000n, 8_000n, 10_000n].map((marca) => (
          <span key={String(marca)} className="chart-mark" style={{ bottom: `${lugar(marca)}%` }}>
            <span>{lugar(marca)} %</span>
          </span>
        ))}
        <svg className="chart-svg" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {fin && <path className="chart-band" d={`${linea}L${lugar(fin.x)} 100Z`} />}
          {clases.slice(0, -1).map(({ nombre, hasta }) => (
            <path key={nombre} className="chart-cut" d={`M${lugar(hasta.x)} 0V100`} />
          ))}
          <path className="chart-line" d={linea} />
        </svg>
        {clases.map(({ nombre, hasta }, i) => (
          <span
            key={nombre}
            className="chart-class"
            style={{ insetInlineStart: `${(lugar(clases[i - 1]?.hasta.x ?? 0n) + lugar(hasta.x)) / 2}%` }}
          >
            {nombre}
          </span>
        ))}
      </div>
      <div className="chart-axis">
        <span data-lado="inicio">0 %</span>
        <span style={{ insetInlineStart: '50%' }}>{ejeX}</span>
        <span data-lado="fin" style={{ insetInlineStart: '100%' }}>
          100 %
        </span>
      </div>
    </ChartFrame>
  );
}
