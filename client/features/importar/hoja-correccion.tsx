import { useState } from 'react';
import { Button } from '#client/ui/button.tsx';
import { Segmented } from '#client/ui/segmented.tsx';
import { Select } from '#client/ui/select.tsx';
import { Sheet } from '#client/ui/sheet.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import {
  CAMPOS_IMPORTACION,
  type CampoImportacion,
  type OpcionesImportacion,
  TIPOS_IMPORTACION,
} from '#shared/contracts/importar.ts';
import type { QueCorregir } from './deteccion.tsx';
import { NOMBRE_CAMPO, NOMBRE_TIPO } from './textos-importar.ts';
import type { Importacion } from './use-importaciones.ts';

const TITULO: Record<QueCorregir, string> = {
  tipo: 'Qué trae el archivo',
  almacen: 'De qué almacén es',
  fecha: 'De qué fecha es',
  columnas: 'Qué es cada columna',
};

type Props = {
  que: QueCorregir;
  u: Importacion;
  almacenes: readonly { id: string; nombre: string }[];
  ocupado: boolean;
  onClose: () => void;
  cambia: (opciones: OpcionesImportacion) => void;
};

/** Corrects what was detected. The file is read again with it, and it is remembered for the next one from the same source. */
export function HojaCorreccion({ que, u, almacenes, ocupado, onClose, cambia }: Props) {
  const [nuevas, setNuevas] = useState<OpcionesImportacion>(u.opciones);
  const pon = (opciones: OpcionesImportacion) => setNuevas((antes) => ({ ...antes, ...opciones }));
  const { analisis } = u;
  const tipo = nuevas.tipo ?? analisis?.tipo.tipo ?? 'inventario';
  return (
    <Sheet
      open
      onClose={onClose}
      title={TITULO[que]}
      actions={
        <Button variant="primary" busy={ocupado} onClick={() => cambia(nuevas)}>
          Leer así
        </Button>
      }
    >
      {que === 'tipo' && (
        <Select
          label="Tipo de archivo"
          value={tipo}
          onValue={(valor) => pon({ tipo: valor as OpcionesImportacion['tipo'] })}
          options={TIPOS_IMPORTACION.map((t) => ({ value: t, label: NOMBRE_TIPO[t] }))}
          hint={analisis?.tipo.razones.join(' ')}
        />
      )}
      {que === 'almacen' && (
        <Select
          label="Almacén"
          value={nuevas.almacenId ?? analisis?.almacen?.almacenId ?? ''}
          onValue={(almacenId) => pon({ almacenId: almacenId === '' ? undefined : almacenId })}
          placeholder="El que diga cada fila"
          options={almacenes.map((a) => ({ value: a.id, label: a.nombre }))}
          hint="Las filas que dicen su tienda o almacén se quedan con el suyo."
        />
      )}
      {que === 'fecha' && (
        <>
          <TextField
            type="date"
            label="Fecha"
            value={nuevas.fecha ?? analisis?.fecha?.fecha ?? ''}
            onValue={(fecha) => pon({ fecha: fecha === '' ? undefined : fecha })}
          />
          {tipo === 'inventario' && (
            <Segmented
              label="Momento del día"
              showLabel
              value={nuevas.momento ?? ''}
              onValue={(momento) => pon({ momento: momento as OpcionesImportacion['momento'] })}
              options={[
                { value: 'antes_de_abrir', label: 'Antes de abrir' },
                { value: 'al_cerrar', label: 'Al cerrar' },
              ]}
            />
          )}
          <Select
            label="Orden de las fechas en la hoja"
            value={nuevas.formatoFecha ?? analisis?.formatoFecha ?? 'dmy'}
            onValue={(valor) => pon({ formatoFecha: valor as OpcionesImportacion['formatoFecha'] })}
            options={[
              { value: 'dmy', label: 'Día/mes/año (31/12/2026)' },
              { value: 'mdy', label: 'Mes/día/año (12/31/2026)' },
              { value: 'ymd', label: 'Año/mes/día (2026/12/31)' },
            ]}
          />
        </>
      )}
      {que === 'columnas' && <Columnas u={u} nuevas={nuevas} pon={pon} />}
    </Sheet>
  );
}

const NINGUNO = 'ninguno';

function Columnas({
  u,
  nuevas,
  pon,
}: {
  u: Importacion;
  nuevas: OpcionesImportacion;
  pon: (opciones: OpcionesImportacion) => void;
}) {
  const { analisis } = u;
  if (analisis === null) return null;
  /** What a column means now: as a person said, else as it was detected, unless that field was given to another one. */
  const campoDe = (indice: number, detectado: CampoImportacion | null): CampoImportacion | null => {
    const dicho = Object.entries(nuevas.columnas ?? {}).find(([, columna]) => columna === indice)?.[0];
    if (dicho !== undefined) return dicho as CampoImportacion;
    return detectado !== null && nuevas.columnas?.[detectado] === undefined ? detectado : null;
  };
  const elige = (indice: number, antes: CampoImportacion | null, valor: string) => {
    const columnas = { ...nuevas.columnas };
    if (antes !== null) columnas[antes] = null;
    if (valor !== NINGUNO) columnas[valor as CampoImportacion] = indice;
    pon({ columnas });
  };
  return (
    <>
      {analisis.hojas.length > 1 && (
        <Select
          label="Hoja"
          value={nuevas.hoja ?? analisis.hoja}
          onValue={(hoja) => pon({ hoja })}
          options={analisis.hojas.map((h) => ({
            value: h.nombre,
            label: `${h.nombre} (${h.filas} filas${h.oculta ? ', oculta' : ''})`,
          }))}
        />
      )}
      <TextField
        type="number"
        inputMode="numeric"
        min={0}
        label="Fila de los títulos"
        hint="Como la numera la hoja; 0 si no tiene títulos."
        value={String(nuevas.filaEncabezado ?? analisis.filaEncabezado)}
        onValue={(texto) => {
          const fila = Number.parseInt(texto, 10);
          pon({ filaEncabezado: Number.isNaN(fila) ? undefined : Math.max(0, fila) });
        }}
      />
      <Segmented
        label="Números"
        showLabel
        value={nuevas.decimal ?? analisis.decimal}
        onValue={(decimal) => pon({ decimal: decimal as OpcionesImportacion['decimal'] })}
        options={[
          { value: '.', label: '1,234.50' },
          { value: ',', label: '1.234,50' },
        ]}
      />
      {analisis.columnas.map((c) => {
        const campo = campoDe(c.indice, c.campo);
        return (
          <Select
            key={c.indice}
            label={`${c.letra} · ${c.titulo || 'sin título'}`}
            hint={c.ejemplos.slice(0, 3).join(' · ')}
            value={campo ?? NINGUNO}
            onValue={(valor) => elige(c.indice, campo, valor)}
            options={[
              { value: NINGUNO, label: 'No se usa' },
              ...CAMPOS_IMPORTACION.map((uno) => ({ value: uno, label: NOMBRE_CAMPO[uno] })),
            ]}
          />
        );
      })}
      <Segmented
        label="Productos que no están en el catálogo"
        showLabel
        value={nuevas.productosNuevos ?? 'omitir'}
        onValue={(productosNuevos) =>
          pon({ productosNuevos: productosNuevos as OpcionesImportacion['productosNuevos'] })
        }
        options={[
          { value: 'omitir', label: 'Dejar fuera' },
          { value: 'crear', label: 'Agregarlos' },
        ]}
      />
    </>
  );
}
