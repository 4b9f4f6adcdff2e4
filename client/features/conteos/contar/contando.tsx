import { useNavigate } from '@tanstack/react-router';
import List from 'lucide-react/icons/list';
import MapPin from 'lucide-react/icons/map-pin';
import Undo2 from 'lucide-react/icons/undo-2';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useAjustesTelefono } from '#client/app/ajustes-empresa.ts';
import { EstadoEnvio } from '#client/app/estado-envio.tsx';
import { useBlockUpdate } from '#client/app/use-update.ts';
import {
  type ConteoDetalle,
  pidePersistencia,
  preparaLecturas,
  type RenglonContado,
  useContado,
  useSinContar,
} from '#client/offline/index.ts';
import {
  type ScanEvent,
  unlockSounds,
  useCameraSession,
  useWakeLock,
  useWedge,
} from '#client/scanner/index.ts';
import { AppHeader } from '#client/ui/app-header.tsx';
import { Button } from '#client/ui/button.tsx';
import { IconButton } from '#client/ui/icon-button.tsx';
import { NumberField } from '#client/ui/number-field.tsx';
import { NumberPad } from '#client/ui/number-pad.tsx';
import { Screen } from '#client/ui/screen.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { parseCantidad, toCantidad } from '#shared/domain/cantidad.ts';
import { cantidadVista, cuenta, nombreUnidad, plural } from '#shared/formato.ts';
import { BarraCondicion } from './barra-condicion.tsx';
import { CampoCodigo } from './campo-codigo.tsx';
import { cargaFirme } from './carga-firme.ts';
import { estadoDeLinea } from './estado-linea.ts';
import { FalloGuardar } from './fallo-guardar.tsx';
import type { Hoja } from './hojas-contar.tsx';
import { ListaContado } from './lista-contado.tsx';
import { PanelDesconocido } from './panel-desconocido.tsx';
import { renglonDe } from './renglon-de.ts';
import { TarjetaReconocidos } from './tarjeta-reconocidos.tsx';
import { UltimoProducto } from './ultimo-producto.tsx';
import { useCondicion } from './use-condicion.ts';
import { useContar } from './use-contar.ts';
import { useUbicacionRecordada } from './use-ubicacion-recordada.ts';
import './contar.css';
import './lotes.css';

// The decoder and its pictures are only for who opens the camera.
const CameraView = lazy(() => import('#client/scanner/camera-view.tsx'));

// What opens over the screen: brought behind the first reading, not before it.
const HojasContar = lazy(() => cargaFirme(() => import('./hojas-contar.tsx')));

/** A conteo in hand: readings, card, pad and what opens over them. */
export function Contando({ conteo }: { conteo: ConteoDetalle }) {
  const navigate = useNavigate();
  const contado = useContado(conteo.id);
  const sinContar = useSinContar(conteo.id);
  const [ubicacionId, setUbicacionId] = useUbicacionRecordada(conteo);
  const [condicion, setCondicion] = useCondicion(conteo.id);
  const [hoja, setHoja] = useState<Hoja>(null);
  const [porAnular, setPorAnular] = useState<RenglonContado | null>(null);
  const [claveLinea, setClaveLinea] = useState<string | null>(null);
  // By key: a note that is just written shows there, and a row that is voided closes by itself.
  const enLinea = contado?.find((r) => r.clave === claveLinea) ?? null;
  const abreLinea = (r: RenglonContado | null) => setClaveLinea(r?.clave ?? null);
  const [codigo, setCodigo] = useState('');
  const [camara, setCamara] = useState(false);
  const sesionCamara = useCameraSession();
  const { escaner } = useAjustesTelefono();
  const campoCodigo = useRef<HTMLInputElement>(null);
  const c = useContar(conteo, ubicacionId, condicion, setUbicacionId);

  useBlockUpdate();
  useWakeLock(true);
  useEffect(() => unlockSounds(), []);
  useEffect(() => void pidePersistencia(), []);
  useEffect(() => preparaLecturas(), []);
  const encima = c.pregunta !== null || c.fallo !== null || porAnular !== null || enLinea !== null;
  const pideLote = c.lotes.pide !== null;
  const libre = hoja === null && !encima && !pideLote;
  // The gun belongs to the count, also when the last touch left the focus on a key of the pad.
  useWedge(
    (evento: ScanEvent) => {
      setCodigo('');
      if (evento.fuente === 'pistola') setCamara(false);
      if (pideLote) c.onScanEnHoja(evento);
      else c.onScan(evento);
    },
    {
      // A note that is being typed is not a reading.
      enabled:
        libre || (!encima && (pideLote || hoja === 'ubicacion' || hoja === 'contado' || hoja === 'grande')),
      onReject: c.rechaza,
    },
  );

  const { ultimo } = c;
  const renglon = useMemo(
    () => renglonDe(contado, ultimo, ubicacionId, condicion),
    [contado, ultimo, ubicacionId, condicion],
  );
  const unidades = renglon === undefined ? 0n : toCantidad(renglon.unidades);
  const producto = ultimo?.tipo === 'producto' ? ultimo.producto : null;
  const decimales = producto === null ? 3 : producto.decimales;
  const leida = parseCantidad(c.cantidad, { decimales: 3 });
  const ubicacion = conteo.ubicaciones.find((u) => u.id === ubicacionId) ?? null;
  const cerrado = conteo.estado === 'cerrado' || conteo.estado === 'cancelado';
  const anula = (r: RenglonContado) => {
    if (r.lineas.length > 1) setPorAnular(r);
    else
      c.anula(
        r.lineas.map((linea) => linea.id),
        r.nombre ?? r.codigo,
      );
  };
  if (c.fallo !== null) return <FalloGuardar fallo={c.fallo} onDescartar={c.descartaFallo} />;
  return (
    <div className="contar-marco">
      <Screen
        kind="conteo"
        flush
        width="wide"
        header={
          <AppHeader
            title={ubicacion?.codigo ?? 'Conteo'}
            eyebrow={[
              conteo.proposito === 'prueba' && !/^prueba\b/i.test(conteo.nombre) && 'Prueba',
              conteo.nombre || conteo.folio,
            ]
              .filter(Boolean)
              .join(' · ')}
            onBack={() => navigate({ to: '/' })}
            status={<EstadoEnvio corto />}
            actions={
              <IconButton
                label="Ubicación"
                icon={<MapPin aria-hidden />}
                onClick={() => setHoja('ubicacion')}
              />
            }
          />
        }
        actions={
          <div className="contar-pie">
            <button type="button" className="contar-faltan" onClick={() => setHoja('sin-contar')}>
              {conteo.productoIds === null
                ? plural(conteo.misProductos, 'producto', 'productos')
                : `Faltan ${sinContar === undefined ? '…' : cuenta(sinContar.length)} por contar`}
            </button>
            <Button onClick={() => setHoja('terminar')}>Terminar conteo</Button>
          </div>
        }
      >
        <section aria-label="Conteo" className="contar" data-camara={camara || undefined}>
          <CampoCodigo
            ref={campoCodigo}
            valor={codigo}
            onValor={setCodigo}
            camara={camara}
            onCamara={() => setCamara((abierta) => !abierta)}
            onBuscar={() => setHoja('buscar')}
          />
          {cerrado && (
            <p className="contar-cerrado" role="status">
              Este conteo ya está {conteo.estado}. Lo que cuentes aquí se guarda y llega como tardío.
            </p>
          )}
          <TarjetaReconocidos conteoId={conteo.id} enOrden={c.enOrden} avisa={c.avisa} />
          {ultimo?.tipo === 'desconocido' ? (
            <div className="contar-medio">
              <PanelDesconocido
                codigo={ultimo.codigo}
                unidades={cantidadVista(unidades)}
                unidad={nombreUnidad('PZA', unidades)}
                estado={estadoDeLinea(renglon?.estado ?? 'guardado')}
                fotos={renglon?.lineas.reduce((suma, linea) => suma + linea.fotos, 0) ?? 0}
                propuesta={
                  renglon?.lineas.some((linea) => linea.liga?.estado === 'propuesta')
                    ? 'ya propusiste un producto'
                    : null
                }
                explica={ultimo.explica}
                onFoto={(foto) => c.fotografia(ultimo.lineaId, foto)}
                onBuscar={() => setHoja('buscar')}
                onSeguir={c.sigue}
              />
            </div>
          ) : camara && sesionCamara !== null ? (
            <div className="contar-medio contar-camara">
              <Suspense fallback={<Skeleton />}>
                <CameraView
                  session={sesionCamara}
                  paused={!libre}
                  onScan={c.onScan}
                  onManual={() => campoCodigo.current?.focus()}
                  ajustes={escaner}
                />
              </Suspense>
            </div>
          ) : (
            <div className="contar-medio">
              {hoja !== 'contado' && (
                <ListaContado renglones={contado} onAnular={anula} onLinea={abreLinea} limite={30} />
              )}
            </div>
          )}
          {producto !== null && (
            <UltimoProducto
              producto={producto}
              renglon={renglon}
              condicion={condicion}
              c={c}
              onGrande={() => setHoja('grande')}
            />
          )}
          <div className="contar-teclado">
            <p className="contar-aviso" role="status" aria-label="Último aviso" data-tono={c.aviso?.tono}>
              {c.aviso?.texto}
            </p>
            <form
              className="contar-cantidad"
              onSubmit={(event) => {
                event.preventDefault();
                c.sumar();
              }}
            >
              <BarraCondicion
                condicion={condicion}
                onAbrir={() => setHoja('condicion')}
                onVendible={() => setCondicion('vendible')}
              />
              <NumberField
                className="contar-cuantos"
                label="Cantidad"
                hideLabel
                look="display"
                value={c.cantidad}
                onValue={c.setCantidad}
                decimals={decimales}
                disabled={ultimo === null}
                autoComplete="off"
              />
              <Button variant="quiet" icon={<Undo2 aria-hidden />} onClick={c.deshaz}>
                Deshacer
              </Button>
              <Button variant="quiet" icon={<List aria-hidden />} onClick={() => setHoja('contado')}>
                {`Ver ${contado?.length ?? 0}`}
              </Button>
            </form>
            <NumberPad
              value={c.cantidad}
              onValue={c.setCantidad}
              decimals={decimales}
              add={{
                label: c.cantidad === '' ? 'Sumar' : `Sumar ${c.cantidad}`,
                ...(leida.ok && c.cantidad !== '' ? { result: cantidadVista(unidades + leida.value) } : {}),
                onPress: c.sumar,
                disabled: ultimo === null || c.cantidad === '',
              }}
              correct={{
                label: 'Corregir a',
                onPress: c.corregir,
                disabled: producto === null || c.cantidad === '',
              }}
              zero={{
                label: 'Cero',
                onPress: () => producto !== null && c.ponCero(producto),
                disabled: producto === null,
              }}
            />
          </div>
        </section>

        <Suspense fallback={null}>
          <HojasContar
            conteo={conteo}
            contado={contado}
            c={c}
            hoja={hoja}
            setHoja={setHoja}
            ubicacionId={ubicacionId}
            setUbicacionId={setUbicacionId}
            condicion={condicion}
            setCondicion={setCondicion}
            porAnular={porAnular}
            setPorAnular={setPorAnular}
            enLinea={enLinea}
            renglon={renglon}
            onLinea={abreLinea}
            onAnular={anula}
            onEnviado={() => navigate({ to: '/' })}
          />
        </Suspense>
      </Screen>
    </div>
  );
}
