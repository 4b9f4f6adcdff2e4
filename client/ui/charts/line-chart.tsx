import type { ReactNode } from 'react';
import { ChartFrame } from './chart-frame.tsx';
import { ejeDe, porCiento, type Valor } from './escala.ts';
import { bandaDe, etiquetasQueCaben, lineaDe, lugarDe, puntosDe, sueltosDe } from './trazo.ts';

export type LineSeries = { nombre: string; valores: readonly Valor[] };

export type LineChartProps = {
  label: string;
  /** Header of the table's first column: "Semana". */
  columna: string;
  puntos: readonly {
    clave: string;
    /** Under the axis: "16 nov". */
    corta: string;
    /** In the table, with its link to the rows behind it. */
    larga: ReactNode;
  }[];
  /** The first is drawn whole, the second one dashed. */
  series: readonly LineSeries[];
  /** Between both lies what is likely. */
  banda?: { nombre: string; bajo: readonly Valor[]; alto: readonly Valor[] };
  /** In the table. */
  formato: (valor: bigint) => string;
  /** At the axis: short. */
  formatoEje: (valor: bigint) => string;
  desdeCero?: boolean;
  /** The last point of the first line is not over yet: a ring of its own, with this name, that no line leads down to. */
  abierto?: string | undefined;
  tope?: bigint;
};

const CABEN = 4;

/** One or two lines over time, with an optional band. Letters are HTML, so they keep their size at any width. */
export function LineChart(props: LineChartProps) {
  const {
    label,
    columna,
    puntos,
    series,
    banda,
    formato,
    formatoEje,
    desdeCero = false,
    tope,
    abierto,
  } = props;
  const eje = ejeDe(
    [...series.flatMap(({ valores }) => valores), ...(banda?.bajo ?? []), ...(banda?.alto ?? [])],
    { desdeCero, ...(tope === undefined ? {} : { tope }) },
  );
  const lineas = series.map(({ valores }) => puntosDe(valores, eje));
  const enCurso = abierto === undefined ? null : (lineas[0]?.at(-1) ?? null);
  if (enCurso !== null) lineas[0] = lineas[0]!.slice(0, -1);
  const ultimo = lineas[0]?.findLast((punto) => punto !== null);
  const dicho = (valor: Valor | undefined) => (valor == null ? '—' : formato(valor));
  return (
    <ChartFrame
      label={label}
      leyenda={
        series.length > 1 || banda || enCurso
          ? [
              ...series.map(({ nombre }, i) => ({
                nombre,
                trazo: i === 0 ? ('linea' as const) : ('discontinua' as const),
              })),
              ...(banda ? [{ nombre: banda.nombre, trazo: 'banda' as const }] : []),
              ...(enCurso ? [{ nombre: abierto!, trazo: 'abierto' as const }] : []),
            ]
          : undefined
      }
      tabla={{
        columnas: [columna, ...series.map(({ nombre }) => nombre), ...(banda ? [banda.nombre] : [])],
        filas: puntos.map(({ clave, larga }, i) => ({
          clave,
          celdas: [
            larga,
            ...series.map(({ valores }) => dicho(valores[i])),
            ...(banda ? [`${dicho(banda.bajo[i])} a ${dicho(banda.alto[i])}`] : []),
          ],
        })),
      }}
    >
      <div className="chart-plot">
        {eje.marcas.map((marca) => (
          <span key={String(marca)} className="chart-mark" style={{ bottom: `${porCiento(marca, eje)}%` }}>
            <span>{formatoEje(marca)}</span>
          </span>
        ))}
        <svg className="chart-svg" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {banda && (
            <path className="chart-band" d={bandaDe(puntosDe(banda.bajo, eje), puntosDe(banda.alto, eje))} />
          )}
          {lineas.toReversed().map((linea, i) => {
            const nombre = series[series.length - 1 - i]!.nombre;
            const clase = i === series.length - 1 ? 'chart-line' : 'chart-line chart-line-2';
            return (
              <g key={nombre}>
                <path className={clase} d={lineaDe(linea)} />
                {sueltosDe(linea).map(({ x, y }) => (
                  <path key={x} className="chart-dot" d={`M${x} ${y}h0`} />
                ))}
              </g>
            );
          })}
          {ultimo && <path className="chart-dot" d={`M${ultimo.x} ${ultimo.y}h0`} />}
          {enCurso && <path className="chart-dot" d={`M${enCurso.x} ${enCurso.y}h0`} />}
          {enCurso && <path className="chart-dot chart-dot-open" d={`M${enCurso.x} ${enCurso.y}h0`} />}
        </svg>
      </div>
      <div className="chart-axis">
        {etiquetasQueCaben(puntos.length, CABEN).map((i, lugar, todas) => (
          <span
            key={puntos[i]!.clave}
            data-lado={
              todas.length > 1 && lugar === 0
                ? 'inicio'
                : todas.length > 1 && lugar === todas.length - 1
                  ? 'fin'
                  : undefined
            }
            style={{ insetInlineStart: `${lugarDe(i, puntos.length)}%` }}
          >
            {puntos[i]!.corta}
          </span>
        ))}
      </div>
    </ChartFrame>
  );
}
