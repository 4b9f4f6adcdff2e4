import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { buttonClass } from '#client/ui/button-class.ts';
import { cx } from '#client/ui/cx.ts';
import { ListRow } from '#client/ui/list-row.tsx';
import { Tag } from '#client/ui/tag.tsx';
import type { Revision } from '#shared/contracts/conteos.ts';
import { fechaHoraVista, listaNatural, plural } from '#shared/formato.ts';
import { DevolverDialog } from './devolver-dialog.tsx';
import { LineasTardias } from './lineas-tardias.tsx';
import { toleranciasVistas } from './textos-revision.ts';

export type AvancePartesProps = {
  revision: Revision;
  /** ms, for hours of today without their date. */
  ahora: number;
  /** Who plans may open a conteo for what arrived late. */
  planea: boolean;
  enLinea: boolean;
  onHecho: (mensaje: string) => void;
  onCerrarPartes?: () => void;
  /** Who may give a finished part back to its counter. */
  onDevuelta?: (frase: string) => void;
};

type Parte = Revision['partes'][number];

function detalleDeParte(parte: Parte, zona: string, ahora: number): string {
  const recibidas = plural(parte.lineasRecibidas, 'línea recibida', 'líneas recibidas');
  if (parte.devuelta) return `Devuelta: ${parte.devuelta.nota} · ${recibidas}`;
  if (parte.terminadaEn === null) return `Todavía cuenta · ${recibidas}`;
  const hora = fechaHoraVista(Date.parse(parte.terminadaEn), zona, ahora);
  const quien = parte.cerradaPor === null ? 'Envió su parte' : `La cerró ${parte.cerradaPor}`;
  const dichas =
    // More than was said at the end is what came after it was closed or given back: nothing is missing.
    parte.lineasDichas === null || parte.lineasDichas <= parte.lineasRecibidas
      ? recibidas
      : `${parte.lineasRecibidas} de ${parte.lineasDichas} líneas recibidas`;
  return `${quien} ${hora} · ${dichas}`;
}

/** Who sent what, which phones still keep lines, and how far the till is known. */
export function AvancePartes({
  revision,
  ahora,
  planea,
  enLinea,
  onHecho,
  onCerrarPartes,
  onDevuelta,
}: AvancePartesProps) {
  const [porDevolver, setPorDevolver] = useState<Parte | null>(null);
  const { partes, equipos, conteo, movimientosHasta, tardias } = revision;
  const zona = conteo.zonaHoraria;
  const porClase = Object.keys(conteo.tolerancias ?? {}).sort();
  const tolerancia = toleranciasVistas(conteo);
  const terminadas = partes.filter(({ terminadaEn }) => terminadaEn !== null).length;
  const sinEnviar = equipos.filter((equipo) => equipo.sinEnviar > 0);
  return (
    <section aria-labelledby="partes" className="flex flex-col">
      <h2 id="partes" className="card-title p-gutter pb-2">
        Partes {terminadas} de {partes.length}
      </h2>
      <ul aria-labelledby="partes" className="list">
        {partes.map((parte) => {
          const faltan = (parte.lineasDichas ?? 0) - parte.lineasRecibidas;
          return (
            <ListRow
              key={`${parte.usuarioId} ${parte.intento}`}
              title={parte.intento > 1 ? `${parte.nombre} (recuento ${parte.intento})` : parte.nombre}
              detail={detalleDeParte(parte, zona, ahora)}
              state={
                parte.terminadaEn === null ? (
                  <Tag tone="warn">{parte.devuelta ? 'devuelta' : 'abierta'}</Tag>
                ) : faltan > 0 ? (
                  <Tag tone="warn">{`faltan ${faltan}`}</Tag>
                ) : (
                  <Tag tone="ok">completa</Tag>
                )
              }
              actions={
                onDevuelta &&
                parte.terminadaEn !== null && (
                  <Button
                    aria-label={`Devolver la parte de ${parte.nombre}`}
                    onClick={() => setPorDevolver(parte)}
                  >
                    Devolver
                  </Button>
                )
              }
            />
          );
        })}
      </ul>
      <div className="flex flex-col gap-3 p-gutter">
        {sinEnviar.map((equipo) => (
          <Banner
            key={`${equipo.nombre} ${equipo.usuario}`}
            tone="warn"
            title={`${equipo.usuario ?? equipo.nombre} tiene ${plural(equipo.sinEnviar, 'línea', 'líneas')} sin enviar`}
          >
            {equipo.nombre}
            {equipo.visto === null
              ? ' no ha vuelto a reportarse.'
              : `, última señal ${fechaHoraVista(Date.parse(equipo.visto), zona, ahora)}.`}
          </Banner>
        ))}
        {tardias > 0 && (
          <LineasTardias
            conteoId={conteo.id}
            tardias={tardias}
            planea={planea}
            enLinea={enLinea}
            onHecho={onHecho}
          />
        )}
        <p className="text-sm text-ink-soft">
          {conteo.ciego ? 'Conteo ciego' : 'Conteo a la vista'},{' '}
          {tolerancia ? `tolerancia ${tolerancia}` : 'sin tolerancia puesta'}
          {porClase.length > 0 && `, y otra en clase ${listaNatural(porClase)}`}.{' '}
          {movimientosHasta === null
            ? 'La caja no está conectada: los movimientos se conocen según se registran aquí.'
            : `Los movimientos de la caja se conocen hasta ${fechaHoraVista(Date.parse(movimientosHasta), zona, ahora)}.`}
        </p>
        {onCerrarPartes && terminadas < partes.length && (
          <Button className="tablet:self-start" onClick={onCerrarPartes}>
            Cerrar partes
          </Button>
        )}
        {planea && terminadas < partes.length && (
          <Link
            to="/conteos/$conteoId/hoja"
            params={{ conteoId: conteo.id }}
            className={cx(buttonClass(), 'tablet:self-start')}
          >
            Hoja de papel
          </Link>
        )}
      </div>
      {porDevolver && (
        <DevolverDialog
          conteoId={conteo.id}
          parte={porDevolver}
          onClose={() => setPorDevolver(null)}
          onDevuelta={(frase) => onDevuelta?.(frase)}
        />
      )}
    </section>
  );
}
