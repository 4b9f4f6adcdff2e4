import { useConsulta } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { fraseVerificada, type Impresa } from './textos-acta.ts';

/** Whether the printed acta, whose QR brought here, is of the lines that are kept. */
export function Verificacion({
  conteoId,
  impresa,
  zona,
}: {
  conteoId: string;
  impresa: Impresa | 'mal';
  zona: string;
}) {
  const pedido = impresa === 'mal' ? null : impresa;
  const consulta = useConsulta(
    ['acta', conteoId, 'verifica', pedido],
    () =>
      api.conteos.verificaActa.query({
        conteoId,
        hash: pedido?.hash ?? '',
        ...(pedido?.lineas === undefined ? {} : { lineas: pedido.lineas }),
        ...(pedido?.corte === undefined ? {} : { corte: pedido.corte }),
      }),
    { activa: pedido !== null },
  );
  if (pedido === null) {
    return (
      <Banner tone="warn" title="El enlace llegó incompleto" role="status">
        Le falta parte de la huella, así que no se comparó. Lee otra vez el código de la última página.
      </Banner>
    );
  }
  if (consulta.data) {
    return consulta.data.coincide ? (
      <Banner tone="ok" title="La huella coincide" role="status">
        {fraseVerificada(consulta.data, zona)}
      </Banner>
    ) : (
      <Banner tone="bad" title="La huella no coincide" role="alert">
        {fraseVerificada(consulta.data, zona)}
      </Banner>
    );
  }
  if (consulta.isError) {
    return (
      <Banner
        tone="warn"
        title="No se pudo comparar la huella"
        role="status"
        actions={
          <Button busy={consulta.isFetching} onClick={() => void consulta.refetch()}>
            Comparar otra vez
          </Button>
        }
      >
        {errorDe(consulta.error).mensaje}
      </Banner>
    );
  }
  return <Skeleton lines={2} label="Comparando la huella…" />;
}
