import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import type { Aprobacion, Revision } from '#shared/contracts/conteos.ts';
import { plural } from '#shared/formato.ts';

export type ResultadoAprobacionProps = {
  resultado: Aprobacion | null;
  productos: Revision['productos'];
  onClose: () => void;
};

/** "2 ajustes registrados", "1 producto ya estaba aprobado". */
export function fraseResultado({ aprobados, conteoCerrado }: Aprobacion): string {
  const nuevos = aprobados.filter(({ yaEstaba }) => !yaEstaba);
  const ajustes = nuevos.filter(({ ajusteId }) => ajusteId !== null).length;
  const repetidos = aprobados.length - nuevos.length;
  const partes = [
    nuevos.length === 0 && repetidos > 0
      ? `${plural(repetidos, 'producto ya estaba aprobado', 'productos ya estaban aprobados')}`
      : `${plural(nuevos.length, 'producto aprobado', 'productos aprobados')}, ${plural(ajustes, 'ajuste registrado', 'ajustes registrados')}`,
    ...(nuevos.length > 0 && repetidos > 0 ? [`${repetidos} ya estaban`] : []),
    ...(conteoCerrado ? ['el conteo quedó cerrado'] : []),
  ];
  return `${partes.join('; ')}.`;
}

/** Shown when something was left out: which ones, and why. */
export function ResultadoAprobacion({ resultado, productos, onClose }: ResultadoAprobacionProps) {
  const nombres = new Map(productos.map((p) => [p.productoId, p]));
  const omitidos = resultado?.omitidos ?? [];
  return (
    <Dialog
      open={omitidos.length > 0}
      onClose={onClose}
      title={plural(omitidos.length, 'producto no se aprobó', 'productos no se aprobaron')}
      actions={<Button onClick={onClose}>Entendido</Button>}
    >
      {resultado && resultado.aprobados.length > 0 && <Banner tone="ok" title={fraseResultado(resultado)} />}
      <ul className="list">
        {omitidos.slice(0, 200).map(({ productoId, mensaje }) => (
          <ListRow key={productoId} title={nombres.get(productoId)?.nombre ?? 'Producto'} detail={mensaje} />
        ))}
      </ul>
      {omitidos.length > 200 && <p>Y {omitidos.length - 200} más por las mismas razones.</p>}
    </Dialog>
  );
}
