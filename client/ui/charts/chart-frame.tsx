import type { ReactNode } from 'react';
import './charts.css';

export type ChartTable = {
  /** Headers; the first one names the rows. */
  columnas: readonly string[];
  /** The first cell is the row's header, with its link where there is one. */
  filas: readonly { clave: string; celdas: readonly ReactNode[] }[];
};

export type ChartFrameProps = {
  /** What the picture is of: name of the figure and of its table. */
  label: string;
  /** One entry for each way of drawing: never colour alone. */
  leyenda?: readonly { nombre: string; trazo: 'linea' | 'discontinua' | 'banda' | 'abierto' }[] | undefined;
  tabla: ChartTable;
  /** The picture, which says nothing that the table does not. */
  children: ReactNode;
};

/** A picture with its legend and, one press away, the numbers that it draws. */
export function ChartFrame({ label, leyenda, tabla, children }: ChartFrameProps) {
  return (
    <figure aria-label={label} className="chart">
      {leyenda && leyenda.length > 0 && (
        <ul className="chart-legend">
          {leyenda.map(({ nombre, trazo }) => (
            <li key={nombre}>
              <span aria-hidden className="chart-key" data-trazo={trazo} />
              {nombre}
            </li>
          ))}
        </ul>
      )}
      <div aria-hidden className="chart-picture">
        {children}
      </div>
      <details className="chart-details">
        <summary>Ver los números</summary>
        <div className="chart-scroll">
          <table className="chart-table" aria-label={label}>
            <thead>
              <tr>
                {tabla.columnas.map((columna) => (
                  <th key={columna} scope="col">
                    {columna}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {tabla.filas.map(({ clave, celdas: [primera, ...resto] }) => (
                <tr key={clave}>
                  <th scope="row">{primera}</th>
                  {resto.map((celda, i) => (
                    <td key={tabla.columnas[i + 1]}>{celda}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
