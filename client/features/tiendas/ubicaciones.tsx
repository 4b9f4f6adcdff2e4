import { useState } from 'react';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { useConsulta, useOrden } from '#client/app/query.ts';
import { api, errorDe } from '#client/app/trpc.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Section } from '#client/ui/section.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { serieUbicaciones } from '#shared/domain/catalogo/serie-ubicaciones.ts';
import { plural } from '#shared/formato.ts';

/** So many are drawn; more are found by writing part of the code. */
const A_LA_VISTA = 60;

/** The bins of an almacén: one or a whole series at once, seen before they are made. */
export function Ubicaciones({ almacenId }: { almacenId: string }) {
  const lista = useConsulta(['tiendas', 'ubicaciones', almacenId], () =>
    api.tiendas.ubicaciones.query({ almacenId }),
  );
  const [serie, setSerie] = useState('');
  const [filtro, setFiltro] = useState('');
  const hace = useOrden(() => api.tiendas.haceSerie.mutate({ almacenId, serie, aplica: true }), ['tiendas']);
  const activa = useOrden(
    (u: { id: string; activa: boolean }) => api.tiendas.cambiaActiva.mutate({ que: 'ubicacion', ...u }),
    ['tiendas'],
  );
  const leida = serie.trim() === '' ? null : serieUbicaciones(serie);
  const todas = lista.data ?? [];
  const hay = new Set(todas.filter((u) => u.isActive).map((u) => u.codigo.toUpperCase()));
  const nuevas = leida?.ok ? leida.codigos.filter((c) => !hay.has(c)) : [];
  const filas = todas.filter((u) => u.codigo.toUpperCase().includes(filtro.trim().toUpperCase()));
  const falla = hace.error ?? activa.error;
  return (
    <Section title="Ubicaciones" headingLevel={3}>
      <div className="flex flex-col gap-3">
        <FallaEnLinea consulta={lista} sinSenal="Las ubicaciones se cambian con señal." />
        {falla !== null && (
          <Banner tone="bad" title="No se cambió" role="alert">
            {errorDe(falla).mensaje}
          </Banner>
        )}
        <TextField
          label="Agregar ubicaciones"
          value={serie}
          onValue={(texto) => {
            setSerie(texto);
            hace.reset();
          }}
          autoComplete="off"
          placeholder="A-01-1..A-12-4"
          error={leida !== null && !leida.ok ? leida.frase : undefined}
          hint={
            leida?.ok
              ? nuevas.length === 0
                ? 'Ya están todas.'
                : `${plural(nuevas.length, 'nueva', 'nuevas')}: ${nuevas.slice(0, 3).join(', ')}${nuevas.length > 3 ? ` … ${nuevas.at(-1)}` : ''}`
              : 'Una sola, o de la primera a la última con dos puntos en medio.'
          }
        />
        <Button
          disabled={nuevas.length === 0}
          busy={hace.isPending}
          onClick={() => hace.mutate(undefined, { onSuccess: () => setSerie('') })}
        >
          {nuevas.length > 1 ? `Agregar ${nuevas.length} ubicaciones` : 'Agregar ubicación'}
        </Button>
        {lista.isPending && <Skeleton lines={4} look="rows" />}
        {todas.length > A_LA_VISTA && (
          <TextField label="Buscar ubicación" value={filtro} onValue={setFiltro} autoComplete="off" />
        )}
        <ul className="list" aria-label="Ubicaciones">
          {filas.slice(0, A_LA_VISTA).map((u) => (
            <ListRow
              key={u.id}
              title={u.codigo}
              detail={
                <>
                  {[
                    u.zona === '' ? null : `zona ${u.zona}`,
                    u.nombre,
                    plural(u.productos, 'producto', 'productos'),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                  {!u.isActive && <Tag tone="warn">dada de baja</Tag>}
                </>
              }
              actions={
                <Button
                  aria-label={`${u.isActive ? 'Dar de baja' : 'Reactivar'} ${u.codigo}`}
                  onClick={() => activa.mutate({ id: u.id, activa: !u.isActive })}
                >
                  {u.isActive ? 'Dar de baja' : 'Reactivar'}
                </Button>
              }
            />
          ))}
          {todas.length === 0 && lista.data !== undefined && <ListRow title="Todavía no tiene ubicaciones" />}
        </ul>
        {filas.length > A_LA_VISTA && (
          <p>Y {plural(filas.length - A_LA_VISTA, 'más', 'más')}; búscala por su código.</p>
        )}
      </div>
    </Section>
  );
}
