import { lazy, Suspense } from 'react';
import type { ConteoDetalle, LineaVista, RenglonContado } from '#client/offline/index.ts';
import { Sheet } from '#client/ui/sheet.tsx';
import { cargaFirme } from './carga-firme.ts';
import { HojaAnular } from './hoja-anular.tsx';
import { HojaBuscar } from './hoja-buscar.tsx';
import { HojaCondicion } from './hoja-condicion.tsx';
import { HojaLinea } from './hoja-linea.tsx';
import { HojaTerminar } from './hoja-terminar.tsx';
import { HojaUbicacion } from './hoja-ubicacion.tsx';
import { ListaContado } from './lista-contado.tsx';
import { Preguntas } from './preguntas.tsx';
import type { useContar } from './use-contar.ts';
import { VistaGrande } from './vista-grande.tsx';

const HojaSinContar = lazy(() => cargaFirme(() => import('./hoja-sin-contar.tsx')));
const HojaLote = lazy(() => cargaFirme(() => import('./hoja-lote.tsx')));

export type Hoja =
  | 'grande'
  | 'ubicacion'
  | 'condicion'
  | 'contado'
  | 'sin-contar'
  | 'buscar'
  | 'terminar'
  | null;

export type HojasContarProps = {
  conteo: ConteoDetalle;
  contado: readonly RenglonContado[] | undefined;
  c: ReturnType<typeof useContar>;
  hoja: Hoja;
  setHoja: (hoja: Hoja) => void;
  ubicacionId: string | null;
  setUbicacionId: (id: string | null) => void;
  condicion: LineaVista['condicion'];
  setCondicion: (condicion: LineaVista['condicion']) => void;
  porAnular: RenglonContado | null;
  setPorAnular: (renglon: RenglonContado | null) => void;
  /** The row of `Contado` that is open. */
  enLinea: RenglonContado | null;
  onLinea: (renglon: RenglonContado | null) => void;
  onAnular: (renglon: RenglonContado) => void;
  onEnviado: () => void;
  /** The row of the card. */
  renglon: RenglonContado | undefined;
};

/** All that opens over the counting screen. */
export default function HojasContar(props: HojasContarProps) {
  const { conteo, contado, c, hoja, setHoja, ubicacionId, condicion, porAnular, enLinea } = props;
  const cierra = () => setHoja(null);
  const desconocido = c.ultimo?.tipo === 'desconocido' ? c.ultimo : null;
  return (
    <>
      <VistaGrande open={hoja === 'grande'} onClose={cierra} ultimo={c.ultimo} renglon={props.renglon} />
      <HojaUbicacion
        open={hoja === 'ubicacion'}
        onClose={cierra}
        ubicaciones={conteo.ubicaciones}
        actual={ubicacionId}
        onElegir={props.setUbicacionId}
      />
      <HojaCondicion
        open={hoja === 'condicion'}
        onClose={cierra}
        actual={condicion}
        onElegir={props.setCondicion}
      />
      <Sheet open={hoja === 'contado'} onClose={cierra} title="Lo que llevas">
        <ListaContado renglones={contado} onAnular={props.onAnular} onLinea={props.onLinea} />
      </Sheet>
      <HojaLinea
        key={enLinea?.clave}
        renglon={enLinea}
        onClose={() => props.onLinea(null)}
        onNota={c.anota}
        onFoto={c.fotografia}
        onLote={(renglon, lote) => {
          props.onLinea(null);
          c.corrigeDeLista(renglon, lote);
        }}
        onAnular={(renglon) => {
          props.onLinea(null);
          props.onAnular(renglon);
        }}
      />
      <Suspense fallback={null}>
        {hoja === 'sin-contar' && (
          <HojaSinContar conteoId={conteo.id} onClose={cierra} onContar={c.prepara} onCero={c.ponCero} />
        )}
        {c.lotes.pide !== null && (
          <HojaLote
            key={`${c.lotes.pide.producto.id}:${c.lotes.pide.modo}:${c.lotes.pide.actual.lote}:${c.lotes.pide.mala?.crudo}`}
            pide={c.lotes.pide}
            conteo={conteo}
            dictado={c.lotes.dictado}
            onGuardar={c.lotes.guarda}
            onClose={c.lotes.cierra}
          />
        )}
      </Suspense>
      <HojaBuscar
        open={hoja === 'buscar'}
        onClose={cierra}
        title={desconocido ? '¿Qué producto es?' : 'Buscar producto'}
        onElegir={(p) => (desconocido ? c.propone(desconocido.lineaId, p) : c.prepara(p))}
      />
      <HojaAnular
        renglon={porAnular}
        onClose={() => props.setPorAnular(null)}
        onAnular={(ids) => {
          c.anula(ids, porAnular?.nombre ?? porAnular?.codigo ?? '');
          props.setPorAnular(null);
        }}
      />
      <HojaTerminar
        conteo={conteo}
        contado={contado ?? []}
        open={hoja === 'terminar'}
        onClose={cierra}
        onVerSinContar={() => setHoja('sin-contar')}
        onEnviado={props.onEnviado}
      />
      <Preguntas
        pregunta={c.pregunta}
        onCerrar={c.cierraPregunta}
        onElegir={c.elige}
        onForzar={c.fuerza}
        onCero={(p) => c.ponCero(p, true)}
      />
    </>
  );
}
