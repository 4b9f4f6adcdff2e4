import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import type { Revision } from '#shared/contracts/conteos.ts';
import { fechaHoraVista, plural } from '#shared/formato.ts';

export type AvisosRevisionProps = {
  revision: Revision;
  cargadaEn: number;
  ahora: number;
  enLinea: boolean;
  actualizando: boolean;
  onActualiza: () => void;
  falla: string | null;
  /** Who plans opens another conteo that names this closed one. */
  onCorregir?: (() => void) | undefined;
};

/** Why `Aprobar` is off, and what it will ask a reason for. Nothing here when nothing is in the way. */
export function AvisosRevision({
  revision,
  cargadaEn,
  ahora,
  enLinea,
  actualizando,
  onActualiza,
  falla,
  onCorregir,
}: AvisosRevisionProps) {
  const { conteo, bloqueos, advertencias } = revision;
  const zona = conteo.zonaHoraria;
  const hora = fechaHoraVista(cargadaEn, zona, ahora);
  const vivo = conteo.estado !== 'cerrado' && conteo.estado !== 'cancelado';
  // A closed test count says so in its own place.
  const callado = vivo || (conteo.estado === 'cerrado' && conteo.proposito === 'prueba');
  if (enLinea && callado && !falla && bloqueos.length + advertencias.length === 0) return null;
  return (
    <div className="flex flex-col gap-3 p-gutter">
      {!enLinea && (
        <Banner
          tone="warn"
          role="status"
          title={`Sin señal: esto es de las ${hora}`}
          actions={
            <Button busy={actualizando} onClick={onActualiza}>
              Intentar otra vez
            </Button>
          }
        >
          Aprobar, ligar y pedir recuentos necesita señal: el servidor revisa lo último que llegó antes de
          ajustar.
        </Banner>
      )}
      {falla && (
        <Banner tone="bad" role="alert" title="No se aprobó">
          {falla}
        </Banner>
      )}
      {conteo.estado === 'cerrado' && conteo.proposito !== 'prueba' && (
        <Banner
          tone="ok"
          title="Conteo cerrado"
          actions={onCorregir && <Button onClick={onCorregir}>Corregir con otro conteo</Button>}
        >
          Todo quedó decidido. Para corregirlo se hace un conteo nuevo.
        </Banner>
      )}
      {conteo.estado === 'cancelado' && (
        <Banner tone="warn" title="Conteo cancelado">
          Sus líneas se conservan, pero ya no se aprueba.
        </Banner>
      )}
      {vivo && bloqueos.map(({ code, mensaje }) => <Banner key={code} tone="bad" title={mensaje} />)}
      {vivo && advertencias.length > 0 && (
        <details className="tone-warn rounded-one px-4">
          <summary className="flex min-h-target items-center gap-2 font-bold">
            <TriangleAlert aria-hidden />
            {plural(advertencias.length, 'aviso antes de aprobar', 'avisos antes de aprobar')}
          </summary>
          <ul className="flex list-disc flex-col gap-1 ps-5 pb-3">
            {advertencias.map(({ mensaje }) => (
              <li key={mensaje}>{mensaje}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
