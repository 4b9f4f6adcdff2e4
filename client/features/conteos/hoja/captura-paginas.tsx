import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { useRef, useState } from 'react';
import { now } from '#client/offline/clock.ts';
import type { ConteoDetalle, Identidad } from '#client/offline/index.ts';
import type { DatosHoja } from '#client/offline/papel.ts';
import { signalScan, useWedge } from '#client/scanner/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { IconButton } from '#client/ui/icon-button.tsx';
import { leeQrHoja, type PaginaHoja } from '#shared/domain/hoja-conteo.ts';
import { fechaLocal } from '#shared/domain/instante.ts';
import { plural } from '#shared/formato.ts';
import { PaginaCaptura } from './pagina-captura.tsx';
import type { DatosPagina } from './use-captura.ts';

export type CapturaPaginasProps = {
  conteo: ConteoDetalle;
  hoja: DatosHoja;
  persona: Identidad;
  numero: number;
  onNumero: (numero: number) => void;
  /** A free conteo has as many pages as one prints. */
  onOtraPagina: (() => void) | undefined;
  onListo: () => void;
};

type Leida = { texto: string; tono: 'ok' | 'bad' };

/** Why the sheet in the hand is not this one; null when it is. */
function otraHoja(
  conteo: ConteoDetalle,
  paginas: readonly PaginaHoja[],
  leido: string,
): string | null | PaginaHoja {
  const qr = leeQrHoja(leido);
  if (qr === null) return 'Ese código no es de una hoja de conteo. Lee el QR de arriba a la derecha.';
  if (qr.conteoId !== conteo.id) return 'Esa hoja es de otro conteo. Abre ese conteo para capturarla.';
  if (qr.intento !== conteo.intento)
    return 'Esa hoja es de otra vuelta de este conteo; la tuya es la más nueva.';
  const pagina = paginas[qr.pagina - 1];
  if (pagina === undefined || pagina.clave !== qr.clave)
    return `La lista cambió desde que se imprimió la página ${qr.pagina}: sus renglones ya no son estos. Captúrala en «Archivo o lista» por código.`;
  return pagina;
}

/** Page by page, in the order of the paper. The QR of a page opens it and proves that its rows are these. */
export function CapturaPaginas({
  conteo,
  hoja,
  persona,
  numero,
  onNumero,
  onOtraPagina,
  onListo,
}: CapturaPaginasProps) {
  const [conto, setConto] = useState(persona.nombre);
  const [fecha, setFecha] = useState(() => fechaLocal(now().getTime(), hoja.zona));
  const [horas, setHoras] = useState<ReadonlyMap<number, { empezo: string; termino: string }>>(new Map());
  const [leida, setLeida] = useState<Leida | null>(null);
  const [enCodigo, setEnCodigo] = useState(false);
  const arriba = useRef<HTMLDivElement>(null);
  const pagina = hoja.paginas[Math.min(Math.max(1, numero), hoja.paginas.length) - 1]!;
  const total = hoja.paginas.length;

  useWedge(
    ({ codigo }) => {
      const hallada = otraHoja(conteo, hoja.paginas, codigo);
      const mala = typeof hallada === 'string';
      signalScan(mala ? 'error' : 'exito');
      setLeida(
        mala
          ? { texto: hallada, tono: 'bad' }
          : { texto: `Página ${hallada?.numero}: es la misma hoja.`, tono: 'ok' },
      );
      if (!mala && hallada !== null) onNumero(hallada.numero);
    }, // In the field of a code the gun writes that code: it is what stands on the paper.
    { enabled: !enCodigo },
  );

  const datos: DatosPagina = { conto, fecha, ...(horas.get(pagina.numero) ?? { empezo: '', termino: '' }) };
  const cambia = (cambios: Partial<DatosPagina>) => {
    if (cambios.conto !== undefined) setConto(cambios.conto);
    if (cambios.fecha !== undefined) setFecha(cambios.fecha);
    if (cambios.empezo !== undefined || cambios.termino !== undefined)
      setHoras((antes) => {
        const { empezo, termino } = { ...datos, ...cambios };
        return new Map(antes).set(pagina.numero, { empezo, termino });
      });
  };
  const ve = (a: number) => {
    setLeida(null);
    onNumero(a);
    arriba.current?.scrollIntoView();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: why: it only watches where the focus is.
    <div
      className="hoja-captura"
      ref={arriba}
      onFocus={({ target }) => setEnCodigo(target.classList.contains('hoja-campo-codigo'))}
      onBlur={() => setEnCodigo(false)}
    >
      <div className="hoja-paginas">
        <p className="hoja-pagina" aria-live="polite">
          <span className="hoja-pagina-numero">
            Página {pagina.numero} de {total}
          </span>
          <span className="hoja-clave">
            clave <strong>{pagina.clave}</strong>
          </span>
        </p>
        <IconButton
          label="Página anterior"
          icon={<ChevronLeft aria-hidden />}
          disabled={pagina.numero === 1}
          onClick={() => ve(pagina.numero - 1)}
        />
        <IconButton
          label={pagina.numero === total && onOtraPagina ? 'Otra página' : 'Página siguiente'}
          icon={<ChevronRight aria-hidden />}
          disabled={pagina.numero === total && onOtraPagina === undefined}
          onClick={() => {
            if (pagina.numero === total) onOtraPagina?.();
            ve(pagina.numero + 1);
          }}
        />
      </div>
      {leida === null ? (
        <p className="hoja-pista">La clave debe ser la de tu hoja. Con pistola, lee su QR y se abre sola.</p>
      ) : (
        <Banner tone={leida.tono} title={leida.texto} role={leida.tono === 'bad' ? 'alert' : 'status'} />
      )}
      {hoja.faltan > 0 && (
        <Banner
          tone="warn"
          title={`Faltan ${plural(hoja.faltan, 'producto', 'productos')} por bajar`}
          role="alert"
        >
          Mientras falten, los renglones de esta pantalla no son los de tu hoja. Conéctate un momento y vuelve
          a entrar.
        </Banner>
      )}
      <PaginaCaptura
        key={pagina.numero}
        conteo={conteo}
        hoja={hoja}
        pagina={pagina}
        datos={datos}
        onDatos={cambia}
        usuarioId={persona.usuarioId}
        onUltimo={() => (pagina.numero < total ? ve(pagina.numero + 1) : undefined)}
      />
      {pagina.numero < total && (
        <Button variant="primary" block tall onClick={() => ve(pagina.numero + 1)}>
          Página siguiente
        </Button>
      )}
      <Button variant={pagina.numero < total ? 'secondary' : 'primary'} block onClick={onListo}>
        Listo: volver al conteo
      </Button>
    </div>
  );
}
