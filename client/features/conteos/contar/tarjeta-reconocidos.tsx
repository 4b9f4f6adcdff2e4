import X from 'lucide-react/icons/x';
import { useState } from 'react';
import { proponeReconocidos, type Reconocido, useReconocidos } from '#client/offline/index.ts';
import { Button } from '#client/ui/button.tsx';
import { IconButton } from '#client/ui/icon-button.tsx';
import type { useEscritura } from './use-escritura.ts';

export type TarjetaReconocidosProps = {
  conteoId: string;
  enOrden: ReturnType<typeof useEscritura>['enOrden'];
  avisa: ReturnType<typeof useEscritura>['avisa'];
};

const claveDe = (vistos: readonly Reconocido[]) => vistos.map(({ codigo }) => codigo).join('|');

/** "3 códigos que no conocía ya están en el catálogo" */
export function textoReconocidos(vistos: readonly Reconocido[]): string {
  const [uno, otro] = vistos;
  return otro === undefined && uno !== undefined
    ? `Un código que no conocía ya está en el catálogo: ${uno.producto.nombre}`
    : `${vistos.length} códigos que no conocía ya están en el catálogo`;
}

/** Codes that were kept unknown and that the catalogue knows by now: the phone proposes what they are, a gerente confirms. */
export function TarjetaReconocidos({ conteoId, enOrden, avisa }: TarjetaReconocidosProps) {
  const vistos = useReconocidos(conteoId);
  const [dejados, setDejados] = useState('');
  if (!vistos || vistos.length === 0 || claveDe(vistos) === dejados) return null;
  const liga = () =>
    enOrden(
      async () => {
        const cuantos = await proponeReconocidos(vistos, conteoId);
        avisa(
          cuantos === 1
            ? 'Quedó ligado. Tu gerente lo confirma.'
            : `Quedaron ligados ${cuantos} códigos. Tu gerente los confirma.`,
          'ok',
        );
      },
      { valor: 'ligar' },
    );
  return (
    <section aria-label="Códigos que ya están en el catálogo" className="contar-reconocidos">
      <p>{textoReconocidos(vistos)}</p>
      <Button onClick={liga}>Ligar</Button>
      <IconButton label="Ahora no" icon={<X aria-hidden />} onClick={() => setDejados(claveDe(vistos))} />
    </section>
  );
}
