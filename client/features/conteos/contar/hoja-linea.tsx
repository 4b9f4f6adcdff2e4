import MessageSquarePlus from 'lucide-react/icons/message-square-plus';
import Trash2 from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import type { RenglonContado } from '#client/offline/index.ts';
import { Button } from '#client/ui/button.tsx';
import { ListRow } from '#client/ui/list-row.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { Tag } from '#client/ui/tag.tsx';
import { TextArea } from '#client/ui/text-area.tsx';
import { toCantidad } from '#shared/domain/cantidad.ts';
import { codigoVisto } from '#shared/domain/codigos.ts';
import { cantidadNatural, cantidadVista } from '#shared/formato.ts';
import { BotonFoto } from './boton-foto.tsx';
import { CONDICION } from './condicion.ts';
import { type LoteContado, lotesDe, textoDatos, textoLotes } from './datos-lote.ts';
import { notasDe } from './notas-de.ts';
import { useSeries } from './use-series.ts';

export type HojaLineaProps = {
  renglon: RenglonContado | null;
  onClose: () => void;
  /** Both land on the newest line of the row. */
  onNota: (lineaId: string, nota: string) => void;
  onFoto: (lineaId: string, foto: Blob) => void;
  onAnular: (renglon: RenglonContado) => void;
  /** What some of its lines say of their lot is missing or wrong. */
  onLote: (renglon: RenglonContado, lote: LoteContado) => void;
};

/** One row of `Contado`: what the manager should know about it, in words or in a picture, or taking it back. */
export function HojaLinea({ renglon, onClose, onNota, onFoto, onAnular, onLote }: HojaLineaProps) {
  const [nota, setNota] = useState<string | null>(null);
  const linea = renglon?.lineas[0];
  const fotos = renglon?.lineas.reduce((suma, cada) => suma + cada.fotos, 0) ?? 0;
  const notas = renglon === null ? [] : notasDe(renglon);
  const series = useSeries(renglon?.lineas ?? []);
  const lotes = renglon === null ? null : textoLotes(renglon);
  const conLotes = renglon?.productoId != null && (lotes?.dicho != null || lotes?.falta != null);
  return (
    <Sheet open={renglon !== null} onClose={onClose} title="Línea">
      {renglon && linea && (
        <div className="flex flex-col gap-3">
          <div>
            <p className="product-name">{renglon.nombre ?? 'Código que no conocemos'}</p>
            <p>
              {[
                codigoVisto(renglon.codigo),
                renglon.ubicacion,
                cantidadNatural(toCantidad(renglon.unidades), renglon.unidad ?? 'PZA'),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            <p className="mt-1 flex flex-wrap gap-1">
              {renglon.condicion !== 'vendible' && (
                <Tag tone="warn">{CONDICION[renglon.condicion].nombre}</Tag>
              )}
              {fotos > 0 && <Tag tone="ok">{fotos === 1 ? 'con foto' : `${fotos} fotos`}</Tag>}
            </p>
          </div>
          {notas.length > 0 && (
            <ul aria-label="Notas" className="contar-notas">
              {notas.map((texto) => (
                <li key={texto}>{texto}</li>
              ))}
            </ul>
          )}
          {series.length > 0 && (
            <p>
              {series.length === 1 ? 'Serie' : 'Series'}: {series.join(', ')}
            </p>
          )}
          {conLotes && (
            <ul className="list" aria-label="Lotes">
              {lotesDe(renglon).map((lote) => (
                <ListRow
                  key={JSON.stringify([lote.lote, lote.caduca, lote.dot])}
                  title={textoDatos(lote) ?? 'Sin lote'}
                  detail={textoDatos(lote) === null ? 'Toca para escribirlo' : 'Toca para corregirlo'}
                  value={cantidadVista(lote.unidades)}
                  onPress={() => onLote(renglon, lote)}
                />
              ))}
            </ul>
          )}
          <div className="contar-linea-botones">
            <Button
              icon={<MessageSquarePlus aria-hidden />}
              aria-expanded={nota !== null}
              onClick={() => setNota((abierta) => (abierta === null ? '' : null))}
            >
              Nota
            </Button>
            <BotonFoto onFoto={(foto) => onFoto(linea.id, foto)}>Foto</BotonFoto>
            <Button variant="danger" icon={<Trash2 aria-hidden />} onClick={() => onAnular(renglon)}>
              Anular
            </Button>
          </div>
          {nota !== null && (
            <form
              className="flex flex-col gap-3"
              onSubmit={(event) => {
                event.preventDefault();
                if (nota.trim() === '') return;
                onNota(linea.id, nota);
                setNota(null);
              }}
            >
              <TextArea
                label="¿Qué debe saber tu gerente?"
                value={nota}
                onValue={setNota}
                maxLength={500}
                autoFocus
              />
              <Button type="submit" variant="primary" block disabled={nota.trim() === ''}>
                Guardar nota
              </Button>
            </form>
          )}
        </div>
      )}
    </Sheet>
  );
}
