import { useState } from 'react';
import { Button } from '#client/ui/button.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Tag } from '#client/ui/tag.tsx';
import type { Revision } from '#shared/contracts/conteos.ts';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { cantidadVista, listaNatural } from '#shared/formato.ts';
import { agrupaCodigos } from './codigos-agrupados.ts';
import { FotoArchivo } from './foto-archivo.tsx';
import { LigaDialog } from './liga-dialog.tsx';

export type CodigosSinLigarProps = {
  revision: Revision;
  decide: boolean;
  onHecho: (mensaje: string) => void;
};

/** Codes that nobody knew while counting; until they are decided nothing of the conteo can be approved. */
export function CodigosSinLigar({ revision, decide, onHecho }: CodigosSinLigarProps) {
  const [abierto, setAbierto] = useState<string | null>(null);
  const grupos = agrupaCodigos(revision.codigosSinLigar);
  const elegido = grupos.find(({ codigo }) => codigo === abierto) ?? null;
  if (grupos.length === 0) return null;
  return (
    <section aria-labelledby="sin-ligar" className="flex flex-col">
      <h2 id="sin-ligar" className="card-title p-gutter pb-2">
        Códigos sin ligar ({grupos.length})
      </h2>
      <ul aria-labelledby="sin-ligar" className="list">
        {grupos.map((grupo) => (
          <ListRow
            key={grupo.codigo}
            leading={
              grupo.fotos.length > 0 && (
                <span className="flex gap-1">
                  {grupo.fotos.slice(0, 3).map((sha256) => (
                    <FotoArchivo key={sha256} sha256={sha256} alt={`Foto de ${grupo.codigo}`} />
                  ))}
                </span>
              )
            }
            title={grupo.codigo}
            detail={
              <>
                {listaNatural(grupo.contadores)}
                {grupo.ubicaciones.length > 0 && ` en ${listaNatural(grupo.ubicaciones)}`}
                {grupo.notas.map((nota) => ` · «${nota}»`)}
                {grupo.propuesta && (
                  <span className="mt-1 block">
                    <Tag tone="info">{`${grupo.propuesta.por} propone: ${grupo.propuesta.nombre}`}</Tag>
                  </span>
                )}
              </>
            }
            value={cantidadVista(toCantidad(grupo.unidades))}
            actions={decide && <Button onClick={() => setAbierto(grupo.codigo)}>Ligar</Button>}
          />
        ))}
      </ul>
      {elegido && (
        <LigaDialog
          key={elegido.codigo}
          conteoId={revision.conteo.id}
          codigo={elegido}
          onClose={() => setAbierto(null)}
          onHecho={onHecho}
        />
      )}
    </section>
  );
}
