import { Button } from '#client/ui/button.tsx';
import { cantidadNatural } from '#shared/formato.ts';
import type { Caja } from './use-caja.ts';

export type TarjetaCajaProps = { caja: Caja; onCerrada: () => void; onAbierta: () => void };

/** Asked once for each product, over nothing: reading on is an answer too. */
export function TarjetaCaja({ caja, onCerrada, onAbierta }: TarjetaCajaProps) {
  const cuantas = cantidadNatural(caja.unidades, caja.producto.unidad);
  const dicho = caja.segunEtiqueta ? `la etiqueta dice ${cuantas}` : `se contó con ${cuantas}`;
  return (
    <section aria-label="¿Caja cerrada?" className="contar-caja">
      <p className="contar-caja-pregunta">
        <strong>¿Caja cerrada?</strong>
        <span className="sr-only">, {dicho}</span>
      </p>
      <Button onClick={onCerrada}>Sí</Button>
      <Button onClick={onAbierta}>Está abierta: contar piezas</Button>
    </section>
  );
}
