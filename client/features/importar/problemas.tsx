import Download from 'lucide-react/icons/download';
import { useState } from 'react';
import { fetchVigilado } from '#client/app/fetch-vigilado.ts';
import { errorDe } from '#client/app/trpc.ts';
import { comparte, descarga } from '#client/features/conteos/index.ts';
import { NetFailure } from '#client/offline/core/ports.ts';
import { Button } from '#client/ui/button.tsx';
import { Section } from '#client/ui/section.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { cuenta, plural } from '#shared/formato.ts';
import { type Importacion, useProblemas, useReparaciones } from './use-importaciones.ts';

const TONO = { error: 'bad', pregunta: 'warn', aviso: 'info' } as const;
const NOMBRE = { error: 'no entra', pregunta: 'pregunta', aviso: 'aviso' } as const;
const MIME_XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Seen without asking for more; the rows are further down. */
const PRIMEROS = 3;

/** Every problem at once: where, what the cell says, why, what to do. */
export function Problemas({
  u,
  onAgregar,
}: {
  u: Importacion;
  /** Adds to the catalogue the products that are not in it; null: it can't be done now. */
  onAgregar: (() => void) | null;
}) {
  const [todos, setTodos] = useState(false);
  const consulta = useProblemas(u, true);
  const a = u.analisis;
  if (a === null) return null;
  const total = a.problemas.error + a.problemas.pregunta + a.problemas.aviso;
  if (total === 0) return null;
  return (
    <Section title={`Problemas (${cuenta(total)})`} trailing={<BotonInforme u={u} />}>
      {consulta.data === undefined ? (
        <Skeleton lines={4} look="rows" />
      ) : (
        <ul className="list" aria-label="Problemas del archivo">
          {consulta.data.problemas.slice(0, todos ? undefined : PRIMEROS).map((p) => (
            <li key={p.n} className="row">
              <div className="row-main">
                <span className="row-text">
                  <span className="flex flex-wrap items-center gap-2">
                    <Tag tone={TONO[p.gravedad]}>{NOMBRE[p.gravedad]}</Tag>
                    {p.fila !== null && (
                      <span className="text-ink-soft">
                        Fila {p.fila}
                        {p.titulo ? `, ${p.titulo}` : p.columna ? `, columna ${p.columna}` : ''}
                      </span>
                    )}
                  </span>
                  <span className="break-words">{p.user_message}</span>
                  {p.suggestions[0] !== undefined && (
                    <span className="row-detail break-words">{p.suggestions.join('. ')}.</span>
                  )}
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
      {onAgregar !== null &&
        consulta.data?.problemas.some((p) => p.error_type === 'producto_desconocido') && (
          <Button block tall onClick={onAgregar}>
            Agregar al catálogo los productos que faltan
          </Button>
        )}
      {!todos && total > PRIMEROS && (
        <Button block onClick={() => setTodos(true)}>
          Ver los {cuenta(total)} problemas
        </Button>
      )}
      {todos && consulta.data !== undefined && consulta.data.problemas.length < total && (
        <p className="text-ink-soft">
          Se muestran {consulta.data.problemas.length}; el informe los trae todos.
        </p>
      )}
    </Section>
  );
}

/** What was mended, with its proof. */
export function Reparaciones({ u }: { u: Importacion }) {
  const [abierto, setAbierto] = useState(false);
  const consulta = useReparaciones(u, abierto);
  const cuantas = u.analisis?.reparadas ?? 0;
  if (cuantas === 0) return null;
  return (
    <details onToggle={(event) => setAbierto(event.currentTarget.open)}>
      <summary className="flex min-h-target cursor-pointer items-center font-semi underline underline-offset-4">
        {plural(cuantas, 'celda se compuso', 'celdas se compusieron')}: mira cuáles y por qué
      </summary>
      {consulta.data === undefined ? (
        <Skeleton lines={3} look="rows" />
      ) : (
        <ul className="list" aria-label="Celdas compuestas">
          {consulta.data.reparaciones.map((r) => (
            <li key={r.n} className="row">
              <div className="row-main">
                <span className="row-text">
                  <span className="break-words">
                    <del className="text-ink-soft">{r.antes}</del> → <strong>{r.despues}</strong>
                  </span>
                  <span className="row-detail">
                    Fila {r.fila}, columna {r.columna}. {r.prueba}
                  </span>
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

/** The whole report as a workbook. */
export function BotonInforme({ u }: { u: Importacion }) {
  const [ocupado, setOcupado] = useState(false);
  const [falla, setFalla] = useState<string | null>(null);
  const baja = async () => {
    setOcupado(true);
    setFalla(null);
    try {
      const response = await fetchVigilado(`/api/uploads/${u.id}/informe.xlsx`, {}, MIME_XLSX);
      if (!response.ok) throw new NetFailure('http', { status: response.status });
      const archivo = new File([await response.blob()], `informe-${u.id.slice(-6)}.xlsx`, {
        type: MIME_XLSX,
      });
      if (matchMedia('(pointer: coarse)').matches) await comparte(archivo, 'Informe de importación');
      else descarga(archivo, archivo.name);
    } catch (error) {
      setFalla(errorDe(error).mensaje);
    } finally {
      setOcupado(false);
    }
  };
  return (
    <>
      <Button variant="quiet" icon={<Download aria-hidden />} busy={ocupado} onClick={() => void baja()}>
        Informe
      </Button>
      {falla !== null && (
        <span role="alert" className="text-bad">
          {falla}
        </span>
      )}
    </>
  );
}
