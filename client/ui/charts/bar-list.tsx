import type { ReactNode } from 'react';
import './charts.css';
import { porCiento } from './escala.ts';

export type BarPart = {
  clave: string;
  /** Length, ≥ 0. */
  valor: bigint;
  /** A state colour only where the words tell the state too. */
  tono?: 'tinta' | 'suave' | 'falta' | 'sobra';
};

export type BarItem = {
  clave: string;
  nombre: ReactNode;
  /** At the right, in figures. */
  texto: ReactNode;
  /** Under the name. */
  detalle?: ReactNode;
  /** One bar each, under one another. */
  partes: readonly BarPart[];
  /** To the rows behind it: receives the class and the content. */
  renderLink?: (link: { className: string; children: ReactNode }) => ReactNode;
};

export type BarListProps = { label: string; items: readonly BarItem[] };

/** Bars that share one scale. All that they draw stands beside them in words and figures, so the list is its own table. */
export function BarList({ label, items }: BarListProps) {
  let max = 0n;
  for (const { valor } of items.flatMap(({ partes }) => partes)) if (valor > max) max = valor;
  return (
    <ul aria-label={label} className="bars">
      {items.map(({ clave, nombre, texto, detalle, partes, renderLink }) => {
        const children = (
          <>
            <span className="bar-head">
              <span className="bar-name">{nombre}</span>
              <span className="bar-value">{texto}</span>
            </span>
            {detalle && <span className="bar-detail">{detalle}</span>}
            {partes.map((parte) => (
              <span key={parte.clave} aria-hidden className="bar-track">
                <span
                  className="bar-fill"
                  data-tono={parte.tono ?? 'tinta'}
                  style={{ inlineSize: `${porCiento(parte.valor, { min: 0n, max })}%` }}
                />
              </span>
            ))}
          </>
        );
        return (
          <li key={clave}>
            {renderLink ? (
              renderLink({ className: 'bar bar-press', children })
            ) : (
              <div className="bar">{children}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
