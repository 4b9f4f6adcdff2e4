import Check from 'lucide-react/icons/check';
import type { SheetReport } from './sheet-report.ts';

/** One cell a label, as on the sheet: read, counted twice, or still to read. The words are for who can't see the grid. */
export function SheetProgress({ report }: { report: SheetReport }) {
  const { expected, read, doubled } = report;
  return (
    <ol className="sheet-progress" aria-label="Etiquetas de la hoja">
      {expected.map(({ number, name }) => {
        const times = doubled.filter((other) => other === number).length + 1;
        const state = !read.has(number) ? 'falta' : times > 1 ? 'doble' : 'leida';
        const words = { falta: 'falta', leida: 'leída', doble: `contó ${times} veces` }[state];
        return (
          <li key={number} data-state={state} title={name}>
            <span aria-hidden>{number}</span>
            {state === 'leida' && <Check aria-hidden />}
            {state === 'doble' && <span aria-hidden>×{times}</span>}
            <span className="sr-only">{`Etiqueta ${number}, ${name}: ${words}`}</span>
          </li>
        );
      })}
    </ol>
  );
}
