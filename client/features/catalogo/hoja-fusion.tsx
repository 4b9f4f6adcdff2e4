import { useState } from 'react';
import { useConsulta, useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { newId } from '#client/offline/clock.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Checkbox } from '#client/ui/checkbox.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Section } from '#client/ui/section.tsx';
import { Segmented } from '#client/ui/segmented.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { toCantidad } from '#shared/domain/cantidad.ts';
import type { Valor } from '#shared/domain/catalogo/campo.ts';
import { cantidadVista, listaNatural, plural } from '#shared/formato.ts';
import { valorDicho } from './choques.tsx';
import { useArbol } from './use-categorias.ts';

type Lado = { id: string; codigo: string; nombre: string };

/** Two products side by side: which one stays, what it takes from the other, what becomes of codes and stock. */
export function HojaFusion({ a, b, onClose }: { a: Lado; b: Lado; onClose: () => void }) {
  const arbol = useArbol();
  const [destinoId, setDestinoId] = useState(a.id);
  const [destino, origen] = destinoId === a.id ? [a, b] : [b, a];
  const [fusionId] = useState(newId);
  const [toma, setToma] = useState<readonly string[]>([]);
  const [factores, setFactores] = useState<Record<string, string>>({});
  const vista = useConsulta(['catalogo', 'fusion', origen.id, destino.id], () =>
    api.productos.vistaFusion.query({ origenId: origen.id, destinoId: destino.id }),
  );
  const une = useOrden(
    () =>
      api.productos.fusiona.mutate({
        id: fusionId,
        origenId: origen.id,
        destinoId: destino.id,
        factores,
        toma: [...toma],
      }),
    ['catalogo'],
  );
  const { data } = vista;
  const chocan = data?.codigos.filter((c) => c.paso === 'choca') ?? [];
  const faltan = chocan.filter((c) => factores[c.codigo] === undefined).length;
  const estorban = data?.almacenes.filter((x) => x.estorba) ?? [];
  const decir = (campo: string, valor: Valor) =>
    campo === 'categoriaId' && typeof valor === 'string'
      ? (arbol.nombre(valor) ?? 'otra')
      : valorDicho(valor);
  const falla = une.error ?? vista.error;
  return (
    <Sheet
      open
      onClose={onClose}
      title="Unir productos"
      actions={
        <Button
          variant="primary"
          block
          tall
          busy={une.isPending}
          disabled={data === undefined || faltan > 0 || estorban.length > 0}
          detail={`${origen.codigo} queda dentro de ${destino.codigo}`}
          onClick={() => une.mutate(undefined, { onSuccess: onClose })}
        >
          Unir
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Segmented
          label="¿Cuál queda?"
          showLabel
          value={destinoId}
          onValue={(id) => {
            setDestinoId(id);
            setToma([]);
            setFactores({});
          }}
          options={[a, b].map((x) => ({ value: x.id, label: x.codigo }))}
        />
        {falla !== null && (
          <Banner tone="bad" title="No se puede unir" role="alert">
            {errorDe(falla).mensaje}
          </Banner>
        )}
        {vista.isPending && <Skeleton lines={6} />}
        {data !== undefined && (
          <>
            <div className="catalogo-lado">
              <div>
                <p className="text-ink-soft">Queda</p>
                <p className="font-bold">{destino.nombre}</p>
              </div>
              <div>
                <p className="text-ink-soft">Se une y deja de ofrecerse</p>
                <p className="font-bold">{origen.nombre}</p>
              </div>
            </div>
            {data.distintos.some((d) => d.puedePasar) && (
              <Section title="En qué difieren" headingLevel={3}>
                {data.distintos
                  .filter((d) => d.puedePasar)
                  .map((d) => (
                    <Checkbox
                      key={d.campo}
                      label={`${d.nombre}: usar ${decir(d.campo, d.origen)}`}
                      detail={`Hoy dice ${decir(d.campo, d.destino)}.`}
                      checked={toma.includes(d.campo)}
                      onChecked={(si) => setToma(si ? [...toma, d.campo] : toma.filter((c) => c !== d.campo))}
                    />
                  ))}
              </Section>
            )}
            <Section title="Códigos" headingLevel={3}>
              <p>
                {plural(
                  data.codigos.filter((c) => c.paso === 'pasa').length + 1,
                  'código pasa',
                  'códigos pasan',
                )}{' '}
                al que queda, con {origen.codigo} entre ellos: se podrá seguir leyendo.
              </p>
              {chocan.map((c) => (
                <Segmented
                  key={c.codigo}
                  label={`${c.codigo} trae distinto número de unidades. ¿Cuál es?`}
                  showLabel
                  value={factores[c.codigo] ?? ''}
                  onValue={(f) => setFactores((antes) => ({ ...antes, [c.codigo]: f }))}
                  options={[c.factorDestino ?? '', c.factorOrigen].map((f) => ({ value: f, label: `×${f}` }))}
                />
              ))}
            </Section>
            <Section title="Existencia" headingLevel={3}>
              <ul className="list" aria-label="Existencia unida">
                {data.almacenes.map((x) => (
                  <ListRow
                    key={x.almacen}
                    title={x.almacen}
                    detail={[
                      `${cantidadVista(toCantidad(x.destino))} + ${cantidadVista(toCantidad(x.origen))}`,
                      x.sinBase ? 'uno de los dos nunca se ha contado: cuéntalo pronto' : null,
                      x.folios.length > 0 ? `en el conteo ${listaNatural(x.folios)}` : null,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                    value={cantidadVista(toCantidad(x.suma))}
                  />
                ))}
                {data.almacenes.length === 0 && <ListRow title="Ninguno tiene movimientos" />}
              </ul>
              {estorban.length > 0 && (
                <Banner tone="warn" title="Primero hay que decidir un conteo" role="alert">
                  {listaNatural(estorban.flatMap((x) => x.folios))} los tiene a medias y después de su primera
                  lectura hubo un inventario o un cierre. Apruébalo o cancélalo y vuelve a unirlos.
                </Banner>
              )}
            </Section>
            <p className="text-ink-soft">
              Los movimientos de antes se quedan con su producto. La existencia pasa con un par de
              movimientos, y la unión se puede deshacer mientras no pase nada más.
            </p>
          </>
        )}
      </div>
    </Sheet>
  );
}
