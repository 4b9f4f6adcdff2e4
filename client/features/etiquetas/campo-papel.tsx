import { Checkbox } from '#client/ui/checkbox.tsx';
import { NumberField } from '#client/ui/number-field.tsx';
import { Select } from '#client/ui/select.tsx';
import { CLAVES_FORMATO, type ClaveFormato, FORMATOS_ETIQUETA, porPagina } from '#shared/domain/etiqueta.ts';
import type { Pedido, Resumen } from './pedido.ts';
import { VistaPagina } from './vista-pagina.tsx';

export type CampoPapelProps = {
  pedido: Pedido;
  resumen: Resumen;
  onCambia: (cambios: Partial<Pedido>) => void;
};

/** The paper at hand: its layout, how many of each, and where a sheet that was begun goes on. */
export function CampoPapel({ pedido, resumen, onCambia }: CampoPapelProps) {
  const caben = porPagina(FORMATOS_ETIQUETA[pedido.formato]);
  return (
    <div className="etiquetas-papel">
      <div className="etiquetas-campos">
        <Select
          label="Papel"
          value={pedido.formato}
          onValue={(formato) => onCambia({ formato: formato as ClaveFormato })}
          options={CLAVES_FORMATO.map((clave) => ({ value: clave, label: FORMATOS_ETIQUETA[clave].nombre }))}
        />
        <NumberField
          label="Copias de cada una"
          value={pedido.copias}
          onValue={(copias) => onCambia({ copias })}
          error={resumen.errores.copias}
        />
        {caben > 1 && (
          <NumberField
            label="Primera etiqueta libre"
            value={pedido.desde}
            onValue={(desde) => onCambia({ desde })}
            hint="Para una hoja a medias: se cuenta de izquierda a derecha y hacia abajo."
            error={resumen.errores.desde}
          />
        )}
        {pedido.tipo === 'producto' && (
          <Checkbox
            label="Imprimir el precio"
            checked={pedido.precio}
            onChecked={(precio) => onCambia({ precio })}
          />
        )}
      </div>
      <VistaPagina formato={pedido.formato} desde={resumen.desde} etiquetas={resumen.etiquetas} />
    </div>
  );
}
