import { useState } from 'react';
import type { FilaUbicacion } from '#client/offline/index.ts';
import { ListRow } from '#client/ui/list-row.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { pliegaCodigo } from '#shared/domain/busqueda.ts';

export type HojaUbicacionProps = {
  open: boolean;
  onClose: () => void;
  ubicaciones: readonly FilaUbicacion[];
  actual: string | null;
  onElegir: (ubicacionId: string | null) => void;
};

const MUESTRA = 200;

/** Chooses the bin that the next readings belong to. Reading the bin's label does the same without opening this. */
export function HojaUbicacion({ open, onClose, ubicaciones, actual, onElegir }: HojaUbicacionProps) {
  const [filtro, setFiltro] = useState('');
  const buscado = pliegaCodigo(filtro);
  const vistas = ubicaciones.filter((u) => buscado === '' || pliegaCodigo(u.codigo).includes(buscado));
  const elige = (id: string | null) => {
    onElegir(id);
    setFiltro('');
    onClose();
  };
  return (
    <Sheet open={open} onClose={onClose} title="¿En qué ubicación estás?">
      <TextField
        label="Buscar ubicación"
        value={filtro}
        onValue={setFiltro}
        hint="También puedes leer la etiqueta de la ubicación."
        autoComplete="off"
      />
      <ul className="list" aria-label="Ubicaciones">
        {vistas.slice(0, MUESTRA).map((ubicacion) => (
          <ListRow
            key={ubicacion.id}
            title={ubicacion.codigo}
            detail={[ubicacion.zona && `Zona ${ubicacion.zona}`, ubicacion.nombre]
              .filter(Boolean)
              .join(' · ')}
            value={ubicacion.id === actual ? 'aquí' : undefined}
            onPress={() => elige(ubicacion.id)}
          />
        ))}
        <ListRow
          title="Sin ubicación"
          detail="No podremos avisar si dos personas cuentan lo mismo."
          value={actual === null ? 'aquí' : undefined}
          onPress={() => elige(null)}
        />
      </ul>
      {vistas.length > MUESTRA && <p>Hay {vistas.length - MUESTRA} más: escribe parte del código.</p>}
    </Sheet>
  );
}
