import { Link, useNavigate } from '@tanstack/react-router';
import Ellipsis from 'lucide-react/icons/ellipsis';
import { useMemo, useState } from 'react';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { nombreDeAlmacen } from '#client/features/transacciones/index.ts';
import { now } from '#client/offline/clock.ts';
import type { Identidad } from '#client/offline/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { buttonClass } from '#client/ui/button-class.ts';
import { IconButton } from '#client/ui/icon-button.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { Toast } from '#client/ui/toast.tsx';
import type { Revision } from '#shared/contracts/conteos.ts';
import { APRUEBA_CONTEOS, PLANEA_CONTEOS, planeaEn } from '#shared/roles.ts';
import { AvancePartes } from './avance-partes.tsx';
import { AvisosRevision } from './avisos-revision.tsx';
import { BandaResumen } from './banda-resumen.tsx';
import { CerrarPrueba } from './cerrar-prueba.tsx';
import { CodigosSinLigar } from './codigos-sin-ligar.tsx';
import { ComparacionPrueba } from './comparacion-prueba.tsx';
import { type Decision, Decisiones } from './decisiones.tsx';
import { MotivoDialog } from './motivo-dialog.tsx';
import { PedirFirma } from './pedir-firma.tsx';
import { ProductoSheet } from './producto-sheet.tsx';
import { RecuentoDialog } from './recuento-dialog.tsx';
import { fraseResultado, ResultadoAprobacion } from './resultado-aprobacion.tsx';
import { SinContar } from './sin-contar.tsx';
import { TablaVariaciones } from './tabla-variaciones.tsx';
import { useAprobar } from './use-aprobar.ts';
import { porAprobar, porAprobarDentro, textoAprobar, textoAprobarDentro } from './vista-revision.ts';

export type RevisorProps = {
  revision: Revision;
  identidad: Identidad;
  /** ms, when what is shown came from the server. */
  cargadaEn: number;
  enLinea: boolean;
  actualizando: boolean;
  onActualiza: () => void;
};

/** The loaded review: figures, what is in the way, the table, and below it what is missing. */
export function Revisor({
  revision,
  identidad,
  cargadaEn,
  enLinea,
  actualizando,
  onActualiza,
}: RevisorProps) {
  const navigate = useNavigate();
  const { conteo } = revision;
  const vivo = conteo.estado !== 'cerrado' && conteo.estado !== 'cancelado';
  const prueba = conteo.proposito === 'prueba';
  const gerente = conteo.decide ?? planeaEn(conteo.proposito ?? 'conteo').includes(identidad.rol);
  const decide = vivo && gerente && enLinea;
  const firma = vivo && !prueba && APRUEBA_CONTEOS.includes(identidad.rol);
  // Chosen is everything that can be decided; kept are only the exceptions, so that what arrives later joins by itself.
  const [apartados, setApartados] = useState<ReadonlySet<string>>(new Set());
  const [abierto, setAbierto] = useState<string | null>(null);
  const [recuento, setRecuento] = useState<readonly string[] | null>(null);
  const [decision, setDecision] = useState<Decision | null>(null);
  const [aviso, setAviso] = useState<string>();
  const suma = useMemo(() => porAprobar(revision.productos, apartados), [revision.productos, apartados]);
  const aprobar = useAprobar(revision, suma.ids);
  const { texto, detalle } = textoAprobar(suma);
  const dentro = useMemo(
    () => porAprobarDentro(revision.productos, apartados),
    [revision.productos, apartados],
  );
  // A button of its own only where it does something else than the main one.
  const conLote = firma && dentro.ids.length > 0 && dentro.ids.length < suma.ids.length;
  const pedido = useMemo(() => {
    const pedidos = new Set(aprobar.pedidos);
    return textoAprobar(
      porAprobar(
        revision.productos.filter(({ productoId }) => pedidos.has(productoId)),
        new Set(),
      ),
    );
  }, [revision.productos, aprobar.pedidos]);
  const mensaje =
    aviso ??
    (aprobar.resultado && aprobar.resultado.omitidos.length === 0
      ? fraseResultado(aprobar.resultado)
      : undefined);
  const ahora = now().getTime();

  return (
    <Screen
      kind="revision"
      width="wide"
      flush
      actionsRow
      header={
        <AppHeader
          title="Revisión"
          onBack={() => void navigate({ to: '/conteos' })}
          backLabel="Regresar a Conteos"
          status={<EstadoEnvio />}
          actions={
            gerente &&
            vivo && (
              <IconButton
                label="Más acciones"
                icon={<Ellipsis aria-hidden />}
                aria-haspopup="dialog"
                onClick={() => setDecision({ tipo: 'menu' })}
              />
            )
          }
        />
      }
      actions={
        !vivo ? (
          <Link
            to="/conteos/$conteoId/acta"
            params={{ conteoId: conteo.id }}
            className={buttonClass({ variant: 'primary' })}
          >
            Acta
          </Link>
        ) : prueba ? (
          vivo && gerente && <CerrarPrueba conteo={conteo} enLinea={enLinea} onHecho={setAviso} />
        ) : (
          firma && (
            <>
              {gerente && (
                <Button disabled={!enLinea} onClick={() => setRecuento([])}>
                  Pedir recuento
                </Button>
              )}
              <Button
                variant="primary"
                detail={detalle}
                busy={aprobar.enviando}
                disabled={!enLinea || suma.ids.length === 0 || revision.bloqueos.length > 0}
                onClick={() => aprobar.pide()}
              >
                {texto}
              </Button>
            </>
          )
        )
      }
    >
      <div className="bg-paper px-gutter pt-2">
        <p className="flex flex-wrap items-center gap-2 font-bold">
          {conteo.nombre || conteo.folio}
          {prueba && <Tag tone="info">Prueba</Tag>}
        </p>
        <p className="text-sm text-ink-soft">
          {[
            conteo.nombre ? conteo.folio : null,
            conteo.corrigeA?.folio && `corrige a ${conteo.corrigeA.folio}`,
            nombreDeAlmacen({ nombre: conteo.almacen, tiendaNombre: conteo.tienda }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <BandaResumen resumen={revision.resumen} />
      {prueba && <ComparacionPrueba revision={revision} />}
      <AvisosRevision
        revision={revision}
        cargadaEn={cargadaEn}
        ahora={ahora}
        enLinea={enLinea}
        actualizando={actualizando}
        onActualiza={onActualiza}
        falla={aprobar.falla}
        onCorregir={
          PLANEA_CONTEOS.includes(identidad.rol) && gerente && !prueba && conteo.almacenId !== undefined
            ? () =>
                void navigate({
                  to: '/conteos/nuevo',
                  search: {
                    corrige: conteo.id,
                    folio: conteo.folio ?? undefined,
                    almacen: conteo.almacenId,
                  } as never,
                })
            : undefined
        }
      />
      {decide && <PedirFirma conteoId={conteo.id} productos={revision.productos} onHecho={setAviso} />}
      <TablaVariaciones
        revision={revision}
        decide={firma}
        apartados={apartados}
        onIncluir={(productoId, incluir) =>
          setApartados((antes) => {
            const nuevos = new Set(antes);
            if (incluir) nuevos.delete(productoId);
            else nuevos.add(productoId);
            return nuevos;
          })
        }
        onAbrir={setAbierto}
        onRecuento={(productoId) => enLinea && gerente && setRecuento([productoId])}
        lote={
          conLote && enLinea && revision.bloqueos.length === 0
            ? {
                ...textoAprobarDentro(dentro),
                ocupado: aprobar.enviando,
                onAprobar: () => aprobar.pide(dentro.ids),
              }
            : undefined
        }
      />
      <CodigosSinLigar revision={revision} decide={decide} onHecho={setAviso} />
      <SinContar
        conteoId={conteo.id}
        productos={revision.sinContar}
        decide={decide}
        enLinea={enLinea}
        onHecho={setAviso}
      />
      <AvancePartes
        revision={revision}
        ahora={ahora}
        planea={gerente && !prueba}
        enLinea={enLinea}
        onHecho={setAviso}
        onCerrarPartes={decide ? () => setDecision({ tipo: 'cerrar-partes' }) : undefined}
        onDevuelta={decide ? setAviso : undefined}
      />
      <ProductoSheet
        producto={revision.productos.find(({ productoId }) => productoId === abierto) ?? null}
        conteo={conteo}
        decide={decide}
        onClose={() => setAbierto(null)}
        onRecuento={(productoId) => {
          setAbierto(null);
          setRecuento([productoId]);
        }}
        onVacia={(producto, ubicacion) => setDecision({ tipo: 'vacia', producto, ubicacion })}
      />
      <RecuentoDialog
        revision={revision}
        pedidos={recuento}
        onClose={() => setRecuento(null)}
        onPedido={setAviso}
      />
      <Decisiones
        conteoId={conteo.id}
        decision={decision}
        enLinea={enLinea}
        partesAbiertas={revision.partes.some(({ terminadaEn }) => terminadaEn === null)}
        onDecision={setDecision}
        onHecho={setAviso}
      />
      <MotivoDialog
        open={aprobar.pregunta !== null}
        onClose={aprobar.cierraPregunta}
        titulo="Antes de aprobar"
        avisos={aprobar.pregunta ?? []}
        accion={pedido.texto}
        detalle={pedido.detalle}
        onConfirma={aprobar.confirma}
      >
        <p>Hay avisos sin resolver. Puedes esperar, o aprobar ya y decir por qué.</p>
      </MotivoDialog>
      <ResultadoAprobacion
        resultado={aprobar.resultado}
        productos={revision.productos}
        onClose={aprobar.cierra}
      />
      <Toast
        message={mensaje}
        toastKey={mensaje}
        onDismiss={() => {
          setAviso(undefined);
          if (aviso === undefined) aprobar.cierra();
        }}
      />
    </Screen>
  );
}
