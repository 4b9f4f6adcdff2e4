import { nombreDeAlmacen } from '#client/features/transacciones/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Facts } from '#client/ui/facts.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Section } from '#client/ui/section.tsx';
import { Stats } from '#client/ui/stats.tsx';
import { Tag } from '#client/ui/tag.tsx';
import type { ResumenActa } from '#shared/contracts/acta.ts';
import { fechaHoraVista, plural } from '#shared/formato.ts';
import { cifrasDe, fraseTotales, huellaVista, type Impresa } from './textos-acta.ts';
import { Verificacion } from './verificacion.tsx';

/** What an acta says, short: the whole of it is in its files. */
export function ActaVista({ acta, impresa }: { acta: ResumenActa; impresa: Impresa | 'mal' | null }) {
  const zona = acta.zonaHoraria;
  const fecha = (iso: string) => fechaHoraVista(Date.parse(iso), zona);
  return (
    <>
      <div>
        <p className="flex flex-wrap items-center gap-2 text-xl font-bold">
          {acta.folio ?? acta.nombre}
          {acta.proposito === 'prueba' && <Tag tone="info">Prueba</Tag>}
        </p>
        <p className="text-ink-soft">
          {[
            acta.folio === null ? null : acta.nombre,
            nombreDeAlmacen({ nombre: acta.almacen, tiendaNombre: acta.tienda }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {impresa !== null && <Verificacion conteoId={acta.conteoId} impresa={impresa} zona={zona} />}
      {acta.faltas !== null && (
        <Banner tone="warn" title="Borrador: el conteo no ha terminado">
          {acta.faltas.length === 0 ? 'Falta cerrarlo.' : acta.faltas.join(' ')} Cada página lo dirá.
        </Banner>
      )}
      {acta.cancelacion !== null && (
        <Banner tone="warn" title={`Lo canceló ${acta.cancelacion.por}`}>
          {acta.cancelacion.motivo}
        </Banner>
      )}
      <Section title="A costo, en pesos sin IVA">
        <Stats label="Faltante, sobrante, neto y bruto" items={cifrasDe(acta)} className="acta-cifras" />
        <p className="text-ink-soft">{fraseTotales(acta)}</p>
      </Section>
      <Facts
        items={[
          { label: 'Alcance', value: acta.alcance },
          { label: 'Abierto', value: fecha(acta.abiertoEn) },
          ...(acta.terminadoEn === null
            ? []
            : [
                {
                  label: acta.estado === 'cancelado' ? 'Cancelado' : 'Cerrado',
                  value: fecha(acta.terminadoEn),
                },
              ]),
        ]}
      />
      {acta.personas.length > 0 && (
        <Section title={`Firman (${acta.personas.length})`}>
          <ul className="list">
            {acta.personas.map(({ nombre, papel }) => (
              <ListRow key={`${nombre} ${papel}`} title={nombre} detail={papel} />
            ))}
          </ul>
        </Section>
      )}
      <Section title="Huella de las líneas">
        <p className="acta-huella">{huellaVista(acta.huella.valor)}</p>
        <p className="text-ink-soft">
          {`SHA-256 de ${plural(acta.huella.lineas, 'línea recibida', 'líneas recibidas')} hasta ${fecha(acta.huella.corte)}. El código de la última página del PDF regresa aquí y dice si siguen iguales.`}
        </p>
      </Section>
    </>
  );
}
