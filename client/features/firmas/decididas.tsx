import { useState } from 'react';
import { FallaEnLinea } from '#client/app/falla-en-linea.tsx';
import { useConsulta } from '#client/app/query.ts';
import { api } from '#client/app/trpc.ts';
import { nombreDeAlmacen } from '#client/features/transacciones/index.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { fechaHoraVista, nombreUnidad } from '#shared/formato.ts';
import { firmada } from './textos-firma.ts';

type Cursor = { en: string; id: string };
type Decidida = Awaited<ReturnType<typeof api.firmas.decididas.query>>[number];
const PAGINA = 30;

/** What was signed and rejected, newest first, a page at a time. */
export function Decididas() {
  const [cursores, setCursores] = useState<(Cursor | null)[]>([null]);
  return (
    <div className="flex flex-col gap-3 pt-3">
      {cursores.map((cursor, i) => (
        <Pagina
          key={cursor?.id ?? 'primera'}
          despues={cursor}
          ultima={i === cursores.length - 1}
          onMas={(siguiente) => setCursores((antes) => [...antes, siguiente])}
        />
      ))}
    </div>
  );
}

function Pagina({
  despues,
  ultima,
  onMas,
}: {
  despues: Cursor | null;
  ultima: boolean;
  onMas: (cursor: Cursor) => void;
}) {
  const consulta = useConsulta(['firmas', 'decididas', despues], () =>
    api.firmas.decididas.query({ despues, limite: PAGINA }),
  );
  const filas = consulta.data;
  const final = filas?.at(-1);
  return (
    <>
      <FallaEnLinea consulta={consulta} sinSenal="Lo decidido se ve con señal." />
      {consulta.isPending && <Skeleton lines={4} look="rows" />}
      {filas?.length === 0 && despues === null && (
        <EmptyState title="Todavía no se decide ninguno">
          Lo que se firme o se rechace queda aquí, con quién y por qué.
        </EmptyState>
      )}
      {filas !== undefined && filas.length > 0 && (
        <ul className="list" aria-label="Decididas">
          {filas.map((f) => (
            <Decidida key={f.id} fila={f} />
          ))}
        </ul>
      )}
      {ultima && filas?.length === PAGINA && final !== undefined && (
        <Button block onClick={() => onMas({ en: final.decididoEn, id: final.id })}>
          Ver más antiguas
        </Button>
      )}
    </>
  );
}

function Decidida({ fila: f }: { fila: Decidida }) {
  const zona = f.zonaHoraria;
  const firmado = f.decision === 'firmado';
  const movido = f.asiento === null ? null : fechaHoraVista(Date.parse(f.asiento), zona);
  return (
    <ListRow
      title={f.nombre}
      detail={
        <>
          <span className="block">
            {[f.codigo, nombreDeAlmacen({ nombre: f.almacenNombre, tiendaNombre: f.tienda }), f.folio]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <span className="block">
            {f.decidio} {firmado ? 'lo firmó' : f.tipo === 'manual' ? 'lo rechazó' : 'lo dejó como está'} el{' '}
            {fechaHoraVista(Date.parse(f.decididoEn), zona)}
            {f.propuso && ` · ${f.tipo === 'manual' ? 'propuso' : 'registró'} ${f.propuso}`}
            {movido && ` · quedó en los libros el ${movido}`}
          </span>
          {(f.motivo ?? f.razon) && (
            <span className="block break-words">
              {[f.motivo && `Motivo: «${f.motivo}»`, f.razon && `Razón: «${f.razon}»`]
                .filter(Boolean)
                .join(' · ')}
            </span>
          )}
        </>
      }
      value={firmada(f.cantidad)}
      unit={nombreUnidad(f.unidad, toCantidad(f.cantidad))}
      state={
        <Tag tone={firmado ? 'ok' : 'neutral'}>
          {firmado ? 'firmado' : f.tipo === 'manual' ? 'rechazado' : 'sin contra-ajuste'}
        </Tag>
      }
    />
  );
}
