import LockKeyhole from 'lucide-react/icons/lock-keyhole';
import LockKeyholeOpen from 'lucide-react/icons/lock-keyhole-open';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { masDias } from '#shared/domain/instante.ts';
import { fechaHoraVista } from '#shared/formato.ts';
import { diaVisto, faltaDeFecha } from './textos-periodo.ts';
import type { Periodo } from './use-periodos.ts';

/** The books of one shop: closed until when, by whom and why; an admin closes and opens. */
export function TarjetaPeriodo({
  periodo: p,
  decide,
  onCerrar,
  onAbrir,
}: {
  periodo: Periodo;
  /** Whether this person may, now. */
  decide: boolean;
  onCerrar: () => void;
  onAbrir: () => void;
}) {
  const cerrado = p.cerradoHasta;
  const puedeCerrar = faltaDeFecha(masDias(p.hoy, -1), p.hoy, cerrado) === null;
  return (
    <Card
      className="flex flex-col gap-3"
      title={p.nombre}
      detail={p.codigo}
      trailing={
        cerrado === null ? (
          <Tag icon={<LockKeyholeOpen aria-hidden />}>todo abierto</Tag>
        ) : (
          <Tag tone="info" icon={<LockKeyhole aria-hidden />}>
            cerrado
          </Tag>
        )
      }
    >
      <p>
        {cerrado === null ? (
          'Nada está cerrado: admite movimientos de cualquier fecha.'
        ) : (
          <>
            <span className="block text-ink-soft">Cerrado hasta el</span>
            <span className="mb-1 block text-2xl font-bold tabular-nums">{diaVisto(cerrado)}</span>
            <span className="block">
              Lo anterior ya no admite movimientos. Un ajuste de esos días entra en el primer instante abierto
              y nombra la fecha verdadera.
            </span>
          </>
        )}
      </p>
      {decide && (
        <div className="flex flex-wrap gap-2">
          {puedeCerrar && (
            <Button tall className="grow" onClick={onCerrar}>
              {cerrado === null ? 'Cerrar…' : 'Cerrar más…'}
            </Button>
          )}
          {cerrado !== null && (
            <Button tall variant="danger" className="grow" onClick={onAbrir}>
              Abrir…
            </Button>
          )}
        </div>
      )}
      {p.historial.length > 0 && (
        <details>
          <summary className="flex min-h-target cursor-pointer items-center font-semi underline underline-offset-4">
            Historial ({p.historial.length})
          </summary>
          <ul className="flex flex-col gap-3 pt-1" aria-label={`Cierres de ${p.nombre}`}>
            {p.historial.map((c) => (
              <li key={c.id} className="border-s-4 border-line ps-3">
                <p className="font-semi">
                  {c.accion === 'cierra'
                    ? `Cerró hasta el ${diaVisto(c.hasta ?? '')}`
                    : c.hasta === null
                      ? 'Abrió todo'
                      : `Abrió: quedó cerrado hasta el ${diaVisto(c.hasta)}`}
                </p>
                <p className="text-ink-soft">
                  {c.por} · {fechaHoraVista(Date.parse(c.en), p.zonaHoraria)}
                </p>
                <p className="break-words">«{c.motivo}»</p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}
