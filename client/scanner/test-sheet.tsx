import { visibleGs } from './gs-visible.ts';
import { HOJA, SHEET_LABELS, type SheetLabel } from './sheet-labels.ts';
import { drawLabel } from './sheet-svg.ts';
import './test-sheet.css';

/** One letter-size page: every label at its true size, numbered, with air between them. */
export default function TestSheet() {
  return (
    <div className="test-sheet-frame">
      <article className="test-sheet" aria-label={`Hoja de prueba ${HOJA}`}>
        <header>
          <div>
            <h2>Hoja de prueba del escáner</h2>
            <p>
              Más → Probar escáner. Escanea cada etiqueta una vez. Imprime al 100 %, sin “ajustar a la
              página”.
            </p>
          </div>
          <p className="test-sheet-id">{HOJA}</p>
        </header>
        <ol>
          {SHEET_LABELS.map((label) => (
            <li key={label.number}>
              <p className="test-sheet-name">
                <b>{label.number}</b> {label.name}
                <span>{visibleGs(label.codigo)}</span>
              </p>
              <LabelPicture label={label} />
            </li>
          ))}
        </ol>
        <footer>
          <span className="test-sheet-ruler" aria-hidden />
          <span>Esta raya mide 50 mm. Si no, la hoja salió a otro tamaño y los tiempos no valen.</span>
        </footer>
      </article>
    </div>
  );
}

function LabelPicture({ label }: { label: SheetLabel }) {
  const { widthMm, heightMm, path } = drawLabel(label);
  const [width, height] = label.turned ? [heightMm, widthMm] : [widthMm, heightMm];
  return (
    <svg
      role="img"
      aria-label={`Etiqueta ${label.number}`}
      style={{ width: `calc(var(--mm) * ${width})`, height: `calc(var(--mm) * ${height})` }}
      viewBox={`0 0 ${width} ${height}`}
      shapeRendering="crispEdges"
    >
      <rect width={width} height={height} fill="#fff" />
      <path d={path} fill="#000" transform={label.turned ? `translate(${width} 0) rotate(90)` : undefined} />
    </svg>
  );
}
