import Pencil from 'lucide-react/icons/pencil';
import type { ReactNode } from 'react';
import { diaVisto, plural } from '#shared/formato.ts';
import { NOMBRE_TIPO } from './textos-importar.ts';
import type { Importacion } from './use-importaciones.ts';
import './importar.css';

export type QueCorregir = 'tipo' | 'almacen' | 'fecha' | 'columnas';

const MOMENTO = { antes_de_abrir: 'antes de abrir', al_cerrar: 'al cerrar' } as const;

interface Dato {
  que: QueCorregir;
  nombre: string;
  valor: ReactNode;
  razon: string | undefined;
}

function datosDe(u: Importacion, almacenes: ReadonlyMap<string, string>): Dato[] {
  const { analisis: a, opciones: o } = u;
  if (a === null) return [];
  const persona = 'Lo dijiste tú';
  const tipo = o.tipo ?? a.tipo.tipo;
  const almacenId = o.almacenId ?? a.almacen?.almacenId;
  const fecha = o.fecha ?? a.fecha?.fecha;
  const leidas = a.columnas.filter((c) => c.campo !== null);
  const datos: Dato[] = [
    {
      que: 'tipo',
      nombre: 'Tipo',
      valor: NOMBRE_TIPO[tipo],
      razon: o.tipo === undefined ? a.tipo.razones[0] : persona,
    },
    {
      que: 'almacen',
      nombre: 'Almacén',
      valor:
        almacenId === undefined ? 'De cada fila' : (almacenes.get(almacenId) ?? a.almacen?.nombre ?? '—'),
      razon: o.almacenId === undefined ? a.almacen?.razones[0] : persona,
    },
  ];
  if (tipo !== 'productos') {
    const periodo = a.periodo;
    datos.push({
      que: 'fecha',
      nombre: 'Fecha',
      valor:
        fecha !== undefined
          ? `${diaVisto(fecha)}${tipo === 'inventario' && o.momento !== undefined ? `, ${MOMENTO[o.momento]}` : ''}`
          : periodo === null
            ? 'De cada fila'
            : periodo.desde === periodo.hasta
              ? diaVisto(periodo.desde)
              : `${diaVisto(periodo.desde)} – ${diaVisto(periodo.hasta)}`,
      razon: o.fecha === undefined ? a.fecha?.razones[0] : persona,
    });
  }
  datos.push({
    que: 'columnas',
    nombre: 'Columnas',
    valor: `${leidas.length} de ${a.columnas.length} se usan`,
    razon: leidas.map((c) => c.titulo || c.letra).join(', '),
  });
  return datos;
}

/** What the file was taken for and why; a press on any of it corrects it. */
export function Deteccion({
  u,
  almacenes,
  corrige,
}: {
  u: Importacion;
  almacenes: ReadonlyMap<string, string>;
  /** Null: it is applied, or this person only looks. */
  corrige: ((que: QueCorregir) => void) | null;
}) {
  return (
    <section aria-label="Qué es el archivo" className="flex flex-col gap-2">
      <div className="detectado">
        {datosDe(u, almacenes).map((d) => {
          const contenido = (
            <>
              <span className="detectado-que">{d.nombre}</span>
              <span className="detectado-valor">
                {d.valor}
                {d.razon && <span className="detectado-razon">{d.razon}</span>}
              </span>
            </>
          );
          return corrige === null ? (
            <div key={d.que} className="detectado-fila">
              {contenido}
            </div>
          ) : (
            <button
              key={d.que}
              type="button"
              className="detectado-fila row-press"
              onClick={() => corrige(d.que)}
            >
              {contenido}
              <span className="sr-only">Corregir</span>
              <Pencil aria-hidden className="btn-icon" />
            </button>
          );
        })}
      </div>
      {u.analisis !== null && (
        <p className="text-ink-soft">
          {plural(u.analisis.filas.utiles, 'fila con datos', 'filas con datos')} en «{u.analisis.hoja}»
          {u.analisis.filas.ignoradas > 0 &&
            `; ${plural(u.analisis.filas.ignoradas, 'título o subtotal no se toma', 'títulos o subtotales no se toman')}`}
          .
        </p>
      )}
    </section>
  );
}
