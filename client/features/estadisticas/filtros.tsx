import { useState } from 'react';
import { nombreDeAlmacen } from '#client/features/transacciones/index.ts';
import { useAlmacenes, useCategorias } from '#client/offline/index.ts';
import { Select } from '#client/ui/select.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import { TIPOS_MOVIMIENTO } from '#shared/contracts/estadisticas.ts';
import { CON_PERIODO, GRUPOS_DE, NOMBRE_GRUPO, NOMBRE_TIPO, type Vista } from './vista.ts';

export type FiltrosProps = {
  vista: Vista;
  hoy: string;
  onCambia: (cambios: Record<string, string | undefined>) => void;
};

const DIAS: Partial<Record<Vista['medida'], { label: string; opciones: readonly [string, string][] }>> = {
  cobertura: {
    label: 'Alcanza para',
    opciones: [
      ['', 'Lo que sea'],
      ['7', '7 días o menos'],
      ['15', '15 días o menos'],
      ['30', '30 días o menos'],
    ],
  },
  sinVenta: {
    label: 'Sin venderse',
    opciones: [
      ['30', '30 días o más'],
      ['60', '60 días o más'],
      ['90', '90 días o más'],
      ['180', '180 días o más'],
      ['365', 'Un año o más'],
    ],
  },
  sinConteo: {
    label: 'Sin contarse',
    opciones: [
      ['', 'Todo'],
      ['30', '30 días o más'],
      ['90', '90 días o más'],
      ['180', '180 días o más'],
    ],
  },
};

/** Of what and of when. Each measure shows the filters that it takes. */
export function Filtros({ vista, hoy, onCambia }: FiltrosProps) {
  const almacenes = useAlmacenes() ?? [];
  const categorias = useCategorias() ?? [];
  const dias = DIAS[vista.medida];
  const grupos = GRUPOS_DE[vista.medida];
  const conTipo = vista.medida === 'productos' || vista.medida === 'grupos';
  return (
    <div className="grid grid-cols-2 gap-3 tablet:grid-cols-4">
      <Select
        label="Almacén"
        value={vista.almacen}
        onValue={(almacen) => onCambia({ almacen })}
        options={[
          { value: '', label: 'Todos' },
          ...almacenes.map((a) => ({ value: a.id, label: nombreDeAlmacen(a) })),
        ]}
      />
      <Select
        label="Categoría"
        value={vista.categoria}
        onValue={(categoria) => onCambia({ categoria })}
        options={[
          { value: '', label: 'Todas' },
          ...categorias.map((c) => ({ value: c.id, label: c.nombre })),
        ]}
      />
      {CON_PERIODO.includes(vista.medida) && (
        <>
          <Fecha label="Desde" value={vista.desde} max={hoy} onValue={(desde) => onCambia({ desde })} />
          <Fecha label="Hasta" value={vista.hasta} max={hoy} onValue={(hasta) => onCambia({ hasta })} />
        </>
      )}
      {conTipo && (
        <Select
          label="Movimientos"
          value={vista.tipo || 'todo'}
          onValue={(tipo) => onCambia({ tipo })}
          options={[
            ...TIPOS_MOVIMIENTO.toSorted((a, b) => Number(b === 'venta') - Number(a === 'venta')).map(
              (t) => ({
                value: t,
                label: NOMBRE_TIPO[t] ?? t,
              }),
            ),
            { value: 'todo', label: 'Todos juntos' },
          ]}
        />
      )}
      {grupos && (
        <Select
          label="Por"
          value={vista.por}
          onValue={(por) => onCambia({ por })}
          options={grupos.map((g) => ({ value: g, label: NOMBRE_GRUPO[g] ?? g }))}
        />
      )}
      {dias && (
        <Select
          label={dias.label}
          value={vista.dias === 0 ? '' : String(vista.dias)}
          onValue={(d) => onCambia({ dias: d })}
          options={dias.opciones.map(([value, label]) => ({ value, label }))}
        />
      )}
      {vista.medida === 'abc' && (
        <>
          <Select
            label="Clase según"
            value={vista.abcPor}
            onValue={(valor) => onCambia({ valor })}
            options={[
              { value: 'ventas', label: 'Venta de un año' },
              { value: 'existencia', label: 'Valor de existencia' },
            ]}
          />
          <Select
            label="Clase"
            value={vista.clase}
            onValue={(clase) => onCambia({ clase })}
            options={['', 'A', 'B', 'C'].map((c) => ({ value: c, label: c || 'Todas' }))}
          />
          <Select
            label="Variación"
            value={vista.xyz}
            onValue={(xyz) => onCambia({ xyz })}
            options={[
              { value: '', label: 'Toda' },
              { value: 'X', label: 'X: pareja' },
              { value: 'Y', label: 'Y: variable' },
              { value: 'Z', label: 'Z: muy variable' },
            ]}
          />
        </>
      )}
    </div>
  );
}

/** A year being typed passes through 0002 and 0020: only a day that can be meant is asked for. Emptied: no limit. */
function Fecha({
  label,
  value,
  max,
  onValue,
}: {
  label: string;
  value: string;
  max: string;
  onValue: (fecha: string) => void;
}) {
  const [escrita, setEscrita] = useState(value);
  return (
    <TextField
      type="date"
      label={label}
      value={escrita}
      max={max}
      onValue={(fecha) => {
        setEscrita(fecha);
        if (fecha >= '2000-01-01' && fecha <= max) onValue(fecha);
      }}
      error={escrita > max ? 'Ese día todavía no llega.' : escrita === '' ? 'Falta la fecha.' : undefined}
    />
  );
}
