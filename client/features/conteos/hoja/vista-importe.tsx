import { type ReactNode, useState } from 'react';
import type { NoGuardado } from '#client/offline/index.ts';
import { exportarNoGuardado } from '#client/offline/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { Checkbox } from '#client/ui/checkbox.tsx';
import { DataTable, type TableColumn } from '#client/ui/data-table.tsx';
import { Progress } from '#client/ui/progress.tsx';
import { Select } from '#client/ui/select.tsx';
import {
  fraseProblema,
  type LineaImportada,
  type RevisionImporte,
  unidadesDeLinea,
} from '#shared/domain/importa-conteo.ts';
import { plural } from '#shared/formato.ts';
import { descarga } from '../contar/fallo-guardar.tsx';

export type VistaImporteProps = {
  revision: RevisionImporte;
  respuestas: ReadonlyMap<string, string>;
  onResponde: (clave: string, valor: string) => void;
  /** Rows that were captured before: they are not repeated. */
  yaEstan: number;
  /** Lines saved so far; null while nothing is being saved. */
  guardando: number | null;
  falla: string | null;
  noGuardado: NoGuardado | null;
  onAplica: () => void;
  onOtra: () => void;
  /** Who counted and when: asked once the rows are in order. */
  children: ReactNode;
};

/** Rows drawn; the whole is in the figures. */
const MUESTRA = 100;

const COLUMNAS: readonly TableColumn<LineaImportada>[] = [
  { key: 'fila', header: 'Fila', cell: ({ fila }) => fila, align: 'end' },
  {
    key: 'producto',
    header: 'Producto',
    card: 'title',
    cell: ({ nombre, codigo }) => (
      <>
        <strong>{codigo}</strong> {nombre ?? 'código desconocido'}
      </>
    ),
  },
  { key: 'ubicacion', header: 'Ubicación', cell: ({ ubicacion }) => ubicacion || '—' },
  {
    key: 'cantidad',
    header: 'Cantidad',
    align: 'end',
    card: 'hero',
    cell: (linea) =>
      linea.empaque === '1' ? unidadesDeLinea(linea) : `${unidadesDeLinea(linea)} × ${linea.empaque}`,
  },
];

/** All that is wrong and all that has to be said, at once; then what would be saved, and the button that saves it. */
export function VistaImporte(props: VistaImporteProps) {
  const { revision, respuestas, guardando } = props;
  const [sinEllas, setSinEllas] = useState(false);
  const errores = revision.problemas.filter(({ nivel }) => nivel === 'error');
  const avisos = revision.problemas.filter(({ nivel }) => nivel === 'aviso');
  const porContestar = revision.preguntas.filter(({ clave }) => !respuestas.has(clave)).length;
  const listas = revision.lineas.length;
  const listo = porContestar === 0 && listas > 0 && (errores.length === 0 || sinEllas);
  return (
    <>
      {errores.length > 0 && (
        <Banner
          tone="bad"
          title={`${plural(errores.length, 'problema', 'problemas')} en el archivo`}
          role="alert"
        >
          <ul className="hoja-problemas" aria-label="Problemas">
            {errores.map((problema) => (
              <li key={`${problema.fila}:${problema.columna}:${problema.mensaje}`}>
                {fraseProblema(problema)}
              </li>
            ))}
          </ul>
        </Banner>
      )}
      {avisos.length > 0 && (
        <Banner tone="warn" title={plural(avisos.length, 'aviso', 'avisos')} role="status">
          <ul className="hoja-problemas" aria-label="Avisos">
            {avisos.map((problema) => (
              <li key={`${problema.fila}:${problema.columna}:${problema.mensaje}`}>
                {fraseProblema(problema)}
              </li>
            ))}
          </ul>
        </Banner>
      )}
      {revision.preguntas.map(({ clave, texto, filas, opciones }) => (
        <Select
          key={clave}
          label={texto}
          value={respuestas.get(clave) ?? ''}
          onValue={(valor) => props.onResponde(clave, valor)}
          placeholder="Elige una respuesta"
          options={opciones.map(({ valor, texto: dicho }) => ({ value: valor, label: dicho }))}
          hint={`${filas.length === 1 ? 'Fila' : 'Filas'} ${filas.slice(0, 12).join(', ')}${filas.length > 12 ? `… (${filas.length})` : ''}`}
        />
      ))}
      <DataTable
        label="Vista previa"
        caption={`Vista previa: ${plural(listas, 'línea', 'líneas')}${listas > MUESTRA ? `; se ven las primeras ${MUESTRA}` : ''}`}
        columns={COLUMNAS}
        rows={revision.lineas.slice(0, MUESTRA)}
        rowKey={({ fila }) => String(fila)}
        empty="Todavía no hay líneas por guardar."
      />
      {props.yaEstan > 0 && (
        <Banner tone="info" title={`${plural(props.yaEstan, 'línea ya estaba', 'líneas ya estaban')}`}>
          Se capturaron antes, iguales. No se repiten.
        </Banner>
      )}
      {errores.length > 0 && listas > 0 && (
        <Checkbox
          label={`Dejar fuera ${plural(revision.fuera, 'fila', 'filas')} y guardar las demás`}
          detail="O corrige el archivo y vuelve a leerlo: lo ya guardado no se repite."
          checked={sinEllas}
          onChecked={setSinEllas}
        />
      )}
      {props.children}
      {props.falla !== null && (
        <Banner
          tone="bad"
          title="No se guardó todo"
          role="alert"
          actions={
            props.noGuardado !== null && (
              <Button
                onClick={async () =>
                  descarga(await exportarNoGuardado(props.noGuardado!.payload), 'no-guardado-devcompras.json')
                }
              >
                Exportar
              </Button>
            )
          }
        >
          {props.falla}
        </Banner>
      )}
      {guardando !== null && (
        <Progress label="Guardando" value={guardando} max={listas} detail={`${guardando} de ${listas}`} />
      )}
      <Button
        variant="primary"
        block
        tall
        busy={guardando !== null}
        disabled={!listo}
        onClick={props.onAplica}
      >
        {porContestar > 0
          ? `Contesta ${plural(porContestar, 'pregunta', 'preguntas')} para seguir`
          : `Guardar ${plural(listas, 'línea', 'líneas')}`}
      </Button>
      <Button block onClick={props.onOtra}>
        Leer otra cosa
      </Button>
    </>
  );
}
