import { useEffect, useRef } from 'react';
import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Button } from '#client/ui/button.tsx';

/** A large catalogue takes a minute; who asked is waiting in front of it. */
const PREGUNTA_MS = 4_000;

/** Classes and paces are measured at night; before the first night, or now, somebody asks for it. */
export function MedirAhora({ alMedir }: { alMedir: () => unknown }) {
  const mide = useOrden(() => api.estadisticas.mide.mutate({ almacenId: null }), ['tablero']);
  const pregunta = useRef(alMedir);
  useEffect(() => {
    pregunta.current = alMedir;
  });
  const { isSuccess } = mide;
  useEffect(() => {
    if (!isSuccess) return;
    const cada = setInterval(() => void pregunta.current(), PREGUNTA_MS);
    return () => clearInterval(cada);
  }, [isSuccess]);
  if (isSuccess) return <p role="status">Se está midiendo. Aparece aquí solo, en un momento.</p>;
  return (
    <>
      {mide.isError && <p role="alert">{errorDe(mide.error).mensaje}</p>}
      <Button busy={mide.isPending} onClick={() => mide.mutate(undefined)}>
        Medir ahora
      </Button>
    </>
  );
}
