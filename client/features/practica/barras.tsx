import { retailPattern } from '#client/scanner/retail-pattern.ts';

/** Light margins that a reader needs, modules: 11 at the left, 7 at the right. */
const [IZQUIERDA, DERECHA, ALTO] = [11, 7, 40];

/** The 95 modules of an EAN-13, '1' is dark. Throws RangeError for what is none: practice invents its own codes. */
export function modulosEan13(codigo: string): string {
  const simbolo = retailPattern(codigo, 'EAN_13');
  if (simbolo === null) throw new RangeError('not an EAN-13');
  return simbolo.modules;
}

/** An EAN-13 to read from this screen: dark on white in both themes, or a camera does not see it. */
export function Barras({ codigo }: { codigo: string }) {
  const modulos = modulosEan13(codigo);
  const trazo = [...modulos.matchAll(/1+/g)]
    .map(({ 0: tramo, index }) => `M${index} 0h${tramo.length}v${ALTO}h-${tramo.length}z`)
    .join('');
  return (
    <svg
      role="img"
      aria-label={`Código de barras ${codigo}`}
      className="practica-barras"
      viewBox={`${-IZQUIERDA} -4 ${IZQUIERDA + modulos.length + DERECHA} ${ALTO + 8}`}
      shapeRendering="crispEdges"
    >
      <path d={trazo} />
    </svg>
  );
}
