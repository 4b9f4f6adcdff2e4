import type { ReactNode } from 'react';
import { TarjetaMerma } from '#client/features/mermas/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { Stats } from '#client/ui/stats.tsx';
import { Tag } from '#client/ui/tag.tsx';
import type { ProductoRevisado, Revision } from '#shared/contracts/conteos.ts';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { cantidadVista, nombreUnidad, plural } from '#shared/formato.ts';
import { FotoArchivo } from './foto-archivo.tsx';
import {
  contadoNatural,
  fraseAprobado,
  fraseComparado,
  fraseMovimiento,
  fraseTeorico,
  fraseTolerancia,
  fraseValor,
  fraseVentana,
  teoricoVisto,
  variacionVista,
} from './textos-revision.ts';
import { Traslape } from './traslape.tsx';
import { VecesContado } from './veces-contado.tsx';

export type ProductoSheetProps = {
  /** null: closed. */
  producto: ProductoRevisado | null;
  conteo: Revision['conteo'];
  /** Whether this person may decide now (role, open conteo, signal). */
  decide: boolean;
  onClose: () => void;
  onRecuento: (productoId: string) => void;
  onVacia: (producto: ProductoRevisado, ubicacion: { id: string; codigo: string }) => void;
};

/** Everything about one product: what was counted, what the book allows, what is in the way. */
export function ProductoSheet({ producto, ...props }: ProductoSheetProps) {
  return (
    <Sheet
      open={producto !== null}
      onClose={props.onClose}
      title={producto?.nombre ?? ''}
      actions={
        producto?.aprobado === null && props.decide && props.conteo.proposito !== 'prueba' ? (
          <Button onClick={() => props.onRecuento(producto.productoId)}>
            Pedir recuento de este producto
          </Button>
        ) : undefined
      }
    >
      {producto && <Detalle producto={producto} {...props} />}
    </Sheet>
  );
}

function Detalle({
  producto: p,
  conteo,
  decide,
  onVacia,
}: Omit<ProductoSheetProps, 'producto'> & { producto: ProductoRevisado }) {
  const zona = conteo.zonaHoraria;
  const prueba = conteo.proposito === 'prueba';
  const aprobado = prueba ? null : fraseAprobado(p, zona);
  const valor = fraseValor(p);
  const unidad = nombreUnidad(p.unidad, 0n);
  return (
    <>
      <p className="text-ink-soft">
        {p.codigo} · en {unidad}
        {p.intento > 1 && ` · recuento ${p.intento}`}
      </p>
      <Stats
        label="Cifras"
        className="border-t border-line"
        items={[
          { label: 'contado', value: cantidadVista(toCantidad(p.contado)) },
          { label: 'teórico', value: teoricoVisto(p) },
          {
            label: 'variación',
            value: variacionVista(p),
            tone: p.variacion?.startsWith('-') ? 'bad' : 'neutral',
          },
        ]}
      />
      <div className="flex flex-col gap-1">
        <p>
          Contado: {contadoNatural(p)}, {fraseVentana(p, zona)}.
        </p>
        <p>{fraseTeorico(p, zona)}</p>
        {p.estado === 'movimiento_durante' && (
          <p>Hubo movimiento durante el conteo: lo contado cabe en lo esperado, así que no hay ajuste.</p>
        )}
        {valor && <p>{valor}</p>}
        {p.teorico !== null && !prueba && <p>{fraseTolerancia(p, conteo)}</p>}
        {p.comparado != null && (
          <p>
            {`Contra ${conteo.comparaCon?.folio ?? 'el otro conteo'}: ${fraseComparado(p, zona)}; diferencia ${cantidadVista(toCantidad(p.comparado.diferencia), { signo: true })}.`}
          </p>
        )}
      </div>
      {p.relojDudoso && (
        <Banner tone="warn" title="La hora del teléfono es dudosa">
          Su reloj cambió más de 2 minutos entre contar y enviar. La hora se corrigió con la del servidor;
          mira si hubo movimientos cerca.
        </Banner>
      )}
      {aprobado && (
        <Banner tone="ok" title={aprobado}>
          {p.aprobado?.ajusteId
            ? `Se registró un ajuste de ${cantidadVista(toCantidad(p.aprobado.variacion), { signo: true })}.`
            : 'Sin ajuste: el libro ya decía lo mismo.'}
        </Banner>
      )}
      <TarjetaMerma conteoId={conteo.id} zona={zona} producto={p} />
      {p.bloqueos.map((bloqueo) => (
        <Banner key={bloqueo.code} tone="warn" title={bloqueo.mensaje} />
      ))}
      {p.estado === 'traslape' && p.aprobado === null && (
        <Traslape producto={p} conteoId={conteo.id} decide={decide} />
      )}
      {p.ubicacionesFaltantes.length > 0 && p.aprobado === null && (
        <Seccion titulo="Ubicaciones sin contar">
          <ul className="list">
            {p.ubicacionesFaltantes.map((ubicacion) => (
              <ListRow
                key={ubicacion.id}
                title={ubicacion.codigo}
                detail="También se guarda ahí"
                actions={decide && <Button onClick={() => onVacia(p, ubicacion)}>Está vacía</Button>}
              />
            ))}
          </ul>
        </Seccion>
      )}
      {p.causas.length > 0 && (
        <Seccion titulo="Causas posibles">
          <ul className="flex flex-col items-start gap-2">
            {p.causas.map((causa) => (
              <li key={causa}>
                <Tag tone="info">{causa}</Tag>
              </li>
            ))}
          </ul>
        </Seccion>
      )}
      <Seccion titulo="Quién contó">
        <ul className="list">
          {p.contadores.map((c) => (
            <ListRow
              key={`${c.usuarioId} ${c.ubicacion}`}
              title={c.nombre}
              detail={`${c.ubicacion ?? 'sin decir dónde'} · ${plural(c.lineas, 'línea', 'líneas')}`}
              value={cantidadVista(toCantidad(c.unidades))}
              unit={nombreUnidad(p.unidad, toCantidad(c.unidades))}
            />
          ))}
        </ul>
      </Seccion>
      {(p.intentos?.length ?? 0) > 1 && (
        <Seccion titulo="Intentos">
          <ul className="list">
            {p.intentos?.map((vuelta) => (
              <ListRow
                key={vuelta.intento}
                title={vuelta.contaron.join(', ')}
                detail={vuelta.intento === 1 ? 'primer conteo' : `recuento ${vuelta.intento}`}
                value={cantidadVista(toCantidad(vuelta.contado))}
                unit={nombreUnidad(p.unidad, toCantidad(vuelta.contado))}
              />
            ))}
          </ul>
        </Seccion>
      )}
      {((p.notas?.length ?? 0) > 0 || (p.fotos?.length ?? 0) > 0) && (
        <Seccion titulo="Notas y fotos">
          <ul className="flex flex-col gap-1">
            {p.notas?.map(({ contador, nota }) => (
              <li key={`${contador} ${nota}`}>{`${contador}: ${nota}`}</li>
            ))}
          </ul>
          <div className="flex flex-wrap gap-2">
            {p.fotos?.map((sha256) => (
              <FotoArchivo key={sha256} sha256={sha256} alt={`Foto de ${p.nombre}`} />
            ))}
          </div>
        </Seccion>
      )}
      <Seccion titulo="Movimientos mientras se contaba">
        {p.movimientos.length === 0 ? (
          <p className="text-ink-soft">Ninguno registrado.</p>
        ) : (
          <ul className="list">
            {p.movimientos.map((m) => {
              const { titulo, detalle } = fraseMovimiento(m, zona);
              return (
                <ListRow
                  key={m.id}
                  title={titulo}
                  detail={detalle}
                  value={cantidadVista(toCantidad(m.efecto), { signo: true })}
                />
              );
            })}
          </ul>
        )}
      </Seccion>
      <Seccion titulo="Conteos anteriores">
        <VecesContado conteoId={conteo.id} productoId={p.productoId} zona={zona} />
      </Seccion>
    </>
  );
}

function Seccion({ titulo, children }: { titulo: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="card-title">{titulo}</h3>
      {children}
    </section>
  );
}
