import { useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Button } from '#client/ui/button.tsx';

/** Classes and paces are measured at night; before the first night, or now, somebody asks for it. */
export function MedirAhora() {
  const mide = useOrden(() => api.estadisticas.mide.mutate({ almacenId: null }), ['tablero']);
  if (mide.isSuccess) {
    return <p role="status">Se está midiendo; aparece aquí en un momento, sin que hagas nada.</p>;
  }
  return (
    <>
      {mide.isError && <p role="alert">{errorDe(mide.error).mensaje}</p>}
      <Button busy={mide.isPending} onClick={() => mide.mutate(undefined)}>
        Medir ahora
      </Button>
    </>
  );
}
