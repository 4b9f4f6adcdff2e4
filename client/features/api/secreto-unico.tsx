import { useState } from 'react';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';

export type SecretoUnicoProps = {
  /** What it is: "Token", "Secreto". */
  nombre: string;
  secreto: string;
  children: string;
};

/** A secret that the server tells only this once. */
export function SecretoUnico({ nombre, secreto, children }: SecretoUnicoProps) {
  const [copiado, setCopiado] = useState(false);
  const copia = async () => {
    await navigator.clipboard.writeText(secreto);
    setCopiado(true);
  };
  return (
    <>
      <Banner tone="warn" title="Cópialo ahora">
        Solo se ve esta vez. Si lo pierdes, se hace otro.
      </Banner>
      <p>{children}</p>
      <p className="text-ink-soft">{nombre}</p>
      <code className="block rounded bg-sunken p-3 break-all select-all">{secreto}</code>
      <Button variant="primary" block tall onClick={copia}>
        {copiado ? `${nombre} copiado` : `Copiar ${nombre.toLowerCase()}`}
      </Button>
    </>
  );
}
