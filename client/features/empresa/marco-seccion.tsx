import type { ReactNode } from 'react';
import { fechaHoraAqui } from '#client/app/fechas.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';
import { Tag } from '#client/ui/tag.tsx';
import type { AjustesGuardados, ClaveAjuste } from '#shared/contracts/ajustes-empresa.ts';
import type { Seccion } from './use-seccion.ts';

export type MarcoSeccionProps = {
  titulo: string;
  detalle: string;
  cambiado: AjustesGuardados[ClaveAjuste]['cambiado'];
  seccion: Pick<Seccion<unknown>, 'sucia' | 'conflicto' | 'falla' | 'deshace'>;
  children: ReactNode;
};

/** The frame of one setting: who changed it last, whether it is saved, and what came in between. */
export function MarcoSeccion({ titulo, detalle, cambiado, seccion, children }: MarcoSeccionProps) {
  return (
    <Card title={titulo} detail={detalle} trailing={seccion.sucia && <Tag tone="warn">sin guardar</Tag>}>
      <div className="flex flex-col gap-3 pt-3">
        {seccion.conflicto !== null && (
          <Banner
            tone="warn"
            role="alert"
            title="No se guardó"
            actions={<Button onClick={seccion.deshace}>Ver cómo quedaron</Button>}
          >
            {seccion.conflicto}
          </Banner>
        )}
        {seccion.falla !== null && (
          <Banner tone="bad" role="alert" title="No se guardó">
            {seccion.falla} Lo que cambiaste sigue aquí.
          </Banner>
        )}
        {children}
        <div className="flex min-h-target flex-wrap items-center justify-between gap-x-4">
          <p className="text-sm text-ink-soft">
            {cambiado === null
              ? 'Como viene de fábrica; nadie lo ha cambiado.'
              : `${cambiado.por ?? 'Alguien'} lo cambió el ${fechaHoraAqui(cambiado.en)}.`}
          </p>
          {seccion.sucia && seccion.conflicto === null && (
            <Button variant="quiet" onClick={seccion.deshace}>
              Deshacer
            </Button>
          )}
        </div>
      </div>
    </Card>
  );
}
