import { Link } from '@tanstack/react-router';
import { textoDevuelta } from '#client/features/inicio/index.ts';
import { buttonClass } from '#client/ui/button-class.ts';
import { ListRow } from '#client/ui/list-row.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { fechaLocal } from '#shared/domain/instante.ts';
import { fechaVista, horaVista, listaNatural, plural } from '#shared/formato.ts';
import { type ConteoLista, type Seccion, vencido } from './secciones.ts';

export type ConteoFilaProps = {
  conteo: ConteoLista;
  seccion: Seccion;
  /** May open reviews. */
  revisa: boolean;
  /** ms. */
  ahora: number;
};

/** Minutes east of UTC of this phone: lists of several shops speak the hour of who reads. */
const zonaDelTelefono = (ms: number) => -new Date(ms).getTimezoneOffset();

function cuando(texto: string, ahora: number): string {
  const ms = Date.parse(texto);
  const zona = zonaDelTelefono(ms);
  const hora = horaVista(ms, zona);
  return fechaLocal(ms, zona) === fechaLocal(ahora, zonaDelTelefono(ahora))
    ? `hoy ${hora}`
    : `${fechaVista(ms, zona)}, ${hora}`;
}

function detalleDe(c: ConteoLista, seccion: Seccion, ahora: number): string {
  const partes = [
    c.folio ?? (c.soloAqui ? 'solo en este teléfono' : null),
    c.almacen,
    c.contadores && c.contadores.length > 0 ? listaNatural(c.contadores) : null,
    c.ciego ? 'ciego' : null,
    c.intento > 1 ? `recuento ${c.intento}` : null,
    c.vence !== null && seccion !== 'cerrados'
      ? `${Date.parse(c.vence) < ahora ? 'venció' : 'vence'} ${cuando(c.vence, ahora)}`
      : null,
    seccion === 'cerrados' && c.cerradoEn !== null ? `cerrado ${cuando(c.cerradoEn, ahora)}` : null,
    seccion === 'enviados' && c.parteTerminadaEn !== null
      ? `enviado ${cuando(c.parteTerminadaEn, ahora)}`
      : null,
  ];
  return partes.filter(Boolean).join(' · ');
}

function Marcas({ conteo: c, seccion, ahora }: { conteo: ConteoLista; seccion: Seccion; ahora: number }) {
  const enCuenta = seccion === 'por_contar';
  const devuelta = textoDevuelta(c);
  return (
    <span className="mt-1 flex flex-wrap gap-1">
      {c.prueba && <Tag tone="info">Prueba</Tag>}
      {enCuenta && devuelta !== null && <Tag tone="warn">{devuelta}</Tag>}
      {vencido(c, ahora) && <Tag tone="warn">atrasado</Tag>}
      {c.estado === 'cancelado' && <Tag tone="warn">cancelado</Tag>}
      {c.sinEnviar > 0 && <Tag tone="warn">{`${c.sinEnviar} sin enviar`}</Tag>}
      {enCuenta && c.misLineas > 0 && (
        <Tag>{`llevas ${plural(c.misProductos, 'producto', 'productos')}, ${plural(c.misLineas, 'línea', 'líneas')}`}</Tag>
      )}
      {enCuenta && c.misLineas === 0 && <Tag>sin empezar</Tag>}
      {!enCuenta && seccion !== 'cerrados' && c.partes && (
        <Tag tone={c.partes.enviadas >= c.partes.total ? 'ok' : 'neutral'}>
          {`Partes ${c.partes.enviadas} de ${c.partes.total}`}
        </Tag>
      )}
      {c.productosContados !== null && c.productosContados > 0 && c.aprobados !== null && !enCuenta && (
        <Tag tone={c.aprobados >= c.productosContados && c.aprobados > 0 ? 'ok' : 'neutral'}>
          {c.prueba
            ? plural(c.productosContados, 'producto comparado', 'productos comparados')
            : `${c.aprobados} de ${plural(c.productosContados, 'producto aprobado', 'productos aprobados')}`}
        </Tag>
      )}
    </span>
  );
}

/** One conteo: a press counts it or opens its review. */
export function ConteoFila({ conteo, seccion, revisa, ahora }: ConteoFilaProps) {
  const params = { conteoId: conteo.id };
  const cuenta = seccion === 'por_contar';
  return (
    <ListRow
      title={conteo.nombre || conteo.folio || 'Conteo'}
      detail={
        <>
          {detalleDe(conteo, seccion, ahora)}
          <Marcas conteo={conteo} seccion={seccion} ahora={ahora} />
        </>
      }
      renderLink={
        cuenta || revisa
          ? ({ className, children }) => (
              <Link
                to={cuenta ? '/conteos/$conteoId' : '/conteos/$conteoId/revision'}
                params={params}
                className={className}
              >
                {children}
              </Link>
            )
          : undefined
      }
      actions={
        revisa &&
        !conteo.soloAqui &&
        (cuenta ? (
          <Link
            to="/conteos/$conteoId/revision"
            params={params}
            className={buttonClass({ variant: 'quiet' })}
          >
            Revisar
          </Link>
        ) : (
          seccion === 'cerrados' && (
            <Link to="/conteos/$conteoId/acta" params={params} className={buttonClass({ variant: 'quiet' })}>
              Acta
            </Link>
          )
        ))
      }
    />
  );
}
