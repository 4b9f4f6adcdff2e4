import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import type { Revision } from '#shared/contracts/conteos.ts';
import { fechaHoraVista, plural } from '#shared/formato.ts';
import { toleranciasVistas } from './textos-revision.ts';

export type AvisosRevisionProps = {
  revision: Revision;
  cargadaEn: number;
  ahora: number;
  enLinea: boolean;
  actualizando: boolean;
  onActualiza: () => void;
  falla: string | null;
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
}: AvisosRevisionProps) {
  const { conteo, bloqueos, advertencias, productos } = revision;
  const zona = conteo.zonaHoraria;
  const hora = fechaHoraVista(cargadaEn, zona, ahora);
  const tolerancia = toleranciasVistas(conteo);
  const bloqueados = productos.filter((p) => p.aprobado === null && p.bloqueos.length > 0).length;
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
      {conteo.estado === 'cerrado' && (
        <Banner tone="ok" title="Conteo cerrado">
          Todo quedó decidido. Para corregirlo se hace un conteo nuevo.
        </Banner>
      )}
      {conteo.estado === 'cancelado' && (
        <Banner tone="warn" title="Conteo cancelado">
          Sus líneas se conservan, pero ya no se aprueba.
        </Banner>
      )}
      {conteo.estado !== 'cerrado' &&
        conteo.estado !== 'cancelado' &&
        bloqueos.map(({ code, mensaje }) => <Banner key={code} tone="bad" title={mensaje} />)}
      {conteo.estado !== 'cerrado' && advertencias.length > 0 && (
        <Banner
          tone="warn"
          title={plural(advertencias.length, 'aviso antes de aprobar', 'avisos antes de aprobar')}
        >
          <ul className="flex list-disc flex-col gap-1 ps-5">
            {advertencias.map(({ mensaje }) => (
              <li key={mensaje}>{mensaje}</li>
            ))}
          </ul>
        </Banner>
      )}
      <p className="text-sm text-ink-soft">
        {conteo.ciego ? 'Conteo ciego' : 'Conteo a la vista'}
        {tolerancia ? ` · tolerancia ${tolerancia}` : ' · sin tolerancia'}
        {bloqueados > 0 &&
          ` · ${plural(bloqueados, 'producto espera', 'productos esperan')} una decisión antes de aprobarse`}
      </p>
    </div>
  );
}
