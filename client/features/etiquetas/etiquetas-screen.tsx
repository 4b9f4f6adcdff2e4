import { useNavigate, useSearch } from '@tanstack/react-router';
import Printer from 'lucide-react/icons/printer';
import { useEffect, useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { pidePdf } from '#client/app/pide-pdf.ts';
import { errorDe } from '#client/app/trpc.ts';
import { comparte, descarga } from '#client/features/conteos/index.ts';
import {
  useAlmacenes,
  useEstadoEnvio,
  useIdentidad,
  useProducto,
  useUbicaciones,
} from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { ForbiddenState } from '#client/ui/forbidden-state.tsx';
import { OfflineNote } from '#client/ui/offline-note.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Toast } from '#client/ui/toast.tsx';
import { FORMATOS_ETIQUETA, porPagina } from '#shared/domain/etiqueta.ts';
import { plural } from '#shared/formato.ts';
import { IMPRIME_ETIQUETAS } from '#shared/roles.ts';
import { CampoPapel } from './campo-papel.tsx';
import { CampoQue } from './campo-que.tsx';
import { cuerpoDe, PEDIDO_VACIO, type Pedido, type Resumen, resume } from './pedido.ts';
import { useEnZona } from './use-en-zona.ts';
import './etiquetas.css';

function dicho({ etiquetas, paginas }: Resumen, formato: Pedido['formato']): string {
  if (etiquetas === null || etiquetas === 0 || paginas === null) return '';
  const hojas = porPagina(FORMATOS_ETIQUETA[formato]) === 1 ? 'en rollo' : plural(paginas, 'hoja', 'hojas');
  return `${plural(etiquetas, 'etiqueta', 'etiquetas')} · ${hojas}`;
}

/** Labels of products and bins as a PDF for the paper at hand. The server draws them, so it takes signal. */
export function EtiquetasScreen() {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const { producto: pedida } = useSearch({ strict: false }) as { producto?: string };
  const inicial = useProducto(pedida ?? null);
  const [pedido, setPedido] = useState<Pedido>(PEDIDO_VACIO);
  const cambia = (cambios: Partial<Pedido>) => setPedido((antes) => ({ ...antes, ...cambios }));
  const almacenes = useAlmacenes();
  const ubicaciones = useUbicaciones(pedido.almacenId || null);
  const enZona = useEnZona(pedido.tipo, pedido.almacenId === '' ? undefined : ubicaciones, pedido.zonas);
  const resumen = resume(pedido, enZona);
  const sinSenal = useEstadoEnvio().estado === 'sin_senal';
  const [ocupado, setOcupado] = useState(false);
  const [tocado, setTocado] = useState(false);
  const [falla, setFalla] = useState<string | null>(null);
  const [listo, setListo] = useState<File | null>(null);
  const [aviso, setAviso] = useState<{ id: number; texto: string } | null>(null);

  useEffect(() => {
    if (inicial == null) return;
    const { id, codigo, nombre } = inicial;
    setPedido((antes) =>
      antes.productos.length > 0 ? antes : { ...antes, productos: [{ id, codigo, nombre }] },
    );
  }, [inicial]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: why: a PDF of another order is not the one that the screen shows.
  useEffect(() => setListo(null), [pedido]);

  const hace = async () => {
    setTocado(true);
    if (Object.keys(resumen.errores).length > 0) return;
    setOcupado(true);
    setFalla(null);
    try {
      const archivo = listo ?? (await pidePdf('/api/etiquetas', 'etiquetas.pdf', cuerpoDe(pedido)));
      const tactil = matchMedia('(pointer: coarse)').matches;
      const salida = tactil ? await comparte(archivo, 'Etiquetas') : 'descargado';
      if (!tactil) descarga(archivo, archivo.name);
      setListo(salida === 'otro_toque' ? archivo : null);
      if (salida === 'descargado') setAviso({ id: Date.now(), texto: `Se descargó ${archivo.name}` });
    } catch (error) {
      setFalla(errorDe(error).mensaje);
    } finally {
      setOcupado(false);
    }
  };

  const puede = identidad == null || IMPRIME_ETIQUETAS.includes(identidad.rol);
  return (
    <Screen
      width="wide"
      header={
        <AppHeader title="Etiquetas" onBack={() => navigate({ to: '/mas' })} status={<EstadoEnvio corto />} />
      }
      actions={
        puede && (
          <Button
            variant="primary"
            block
            tall
            icon={<Printer aria-hidden />}
            busy={ocupado}
            disabled={sinSenal && listo === null}
            detail={dicho(resumen, pedido.formato) || undefined}
            onClick={hace}
          >
            {listo === null ? 'Hacer PDF' : 'Compartir el PDF'}
          </Button>
        )
      }
    >
      {!puede ? (
        <ForbiddenState>Las etiquetas las imprimen los almacenistas y tu gerente.</ForbiddenState>
      ) : (
        <div className="etiquetas">
          {sinSenal && (
            <OfflineNote>
              Las etiquetas las dibuja el servidor. Puedes preparar la lista y hacerlas cuando vuelva la
              señal.
            </OfflineNote>
          )}
          {falla !== null && (
            <Banner tone="bad" title="No se hicieron" role="alert">
              {falla}
            </Banner>
          )}
          <div className="etiquetas-que">
            <CampoQue
              pedido={pedido}
              onCambia={cambia}
              almacenes={almacenes}
              ubicaciones={ubicaciones}
              error={tocado ? resumen.errores.que : undefined}
            />
          </div>
          <CampoPapel pedido={pedido} resumen={resumen} onCambia={cambia} />
        </div>
      )}
      <Toast message={aviso?.texto} toastKey={aviso?.id} onDismiss={() => setAviso(null)} />
    </Screen>
  );
}
