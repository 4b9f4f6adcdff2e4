import { type ClaveFormato, FORMATOS_ETIQUETA, lugarEtiqueta, porPagina } from '#shared/domain/etiqueta.ts';

export type VistaPaginaProps = { formato: ClaveFormato; desde: number; etiquetas: number | null };

/** The first page in small: labels that are gone, those that will be printed, those that stay. */
export function VistaPagina({ formato, desde, etiquetas }: VistaPaginaProps) {
  const f = FORMATOS_ETIQUETA[formato];
  const caben = porPagina(f);
  const hasta = desde - 1 + (etiquetas ?? caben);
  return (
    <svg
      className="etiquetas-vista"
      viewBox={`0 0 ${f.pagina.ancho} ${f.pagina.alto}`}
      role="img"
      aria-label={
        caben === 1
          ? 'Una etiqueta por página del rollo'
          : `Primera hoja: empieza en la ${desde} y usa ${Math.max(0, Math.min(caben, hasta) - desde + 1)} de ${caben}`
      }
    >
      <rect className="etiquetas-hoja" width={f.pagina.ancho} height={f.pagina.alto} />
      {Array.from({ length: caben }, (_, i) => {
        const { x, y } = lugarEtiqueta(f, i);
        const estado = i + 1 < desde ? 'usada' : i < hasta ? 'nueva' : 'libre';
        return (
          <rect
            key={`${x}:${y}`}
            className="etiquetas-lugar"
            data-estado={estado}
            x={x + 3}
            y={y + 3}
            width={f.ancho - 6}
            height={f.alto - 6}
            rx={6}
          />
        );
      })}
    </svg>
  );
}
