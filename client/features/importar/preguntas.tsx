import { useState } from 'react';
import { Button } from '#client/ui/button.tsx';
import { Card } from '#client/ui/card.tsx';
import { RadioList } from '#client/ui/radio-list.tsx';
import { Select } from '#client/ui/select.tsx';
import { TextField } from '#client/ui/text-field.tsx';
import type { DecisionTraslape, OpcionesImportacion } from '#shared/contracts/importar.ts';
import type { QueCorregir } from './deteccion.tsx';
import { NOMBRE_TIPO } from './textos-importar.ts';
import type { Importacion } from './use-importaciones.ts';

type Falta = NonNullable<Importacion['ensayo']>['faltan'][number];

const DECISION: Record<DecisionTraslape, { label: string; detail: string }> = {
  omitir: { label: 'Dejarlas fuera', detail: 'Se queda lo que ya estaba' },
  sustituir: { label: 'Sustituir lo anterior', detail: 'Lo de antes se reversa y entra lo de este archivo' },
  sumar: { label: 'Sumarlas', detail: 'Son otras ventas o compras, de otra caja u otra fuente' },
};

/** A choice of a few, each a button that answers at once. */
function Opciones({
  de,
  ocupado,
  responde,
}: {
  de: readonly { valor: string; texto: string }[];
  ocupado: boolean;
  responde: (valor: string) => void;
}) {
  return (
    <div className="flex flex-col gap-2 tablet:flex-row tablet:flex-wrap">
      {de.map((o) => (
        <Button key={o.valor} tall className="grow" busy={ocupado} onClick={() => responde(o.valor)}>
          {o.texto}
        </Button>
      ))}
    </div>
  );
}

const DE_MOMENTO = [
  { valor: 'antes_de_abrir', texto: 'Antes de abrir' },
  { valor: 'al_cerrar', texto: 'Al cerrar' },
];
const DE_DECIMAL = [
  { valor: '.', texto: '1,234.50 (punto decimal)' },
  { valor: ',', texto: '1.234,50 (coma decimal)' },
];
const DE_FECHA = [
  { valor: 'dmy', texto: 'Día/mes/año' },
  { valor: 'mdy', texto: 'Mes/día/año' },
  { valor: 'ymd', texto: 'Año/mes/día' },
];
const DE_TIPO = Object.entries(NOMBRE_TIPO).map(([valor, texto]) => ({ valor, texto }));

type Props = {
  u: Importacion;
  almacenes: readonly { id: string; nombre: string }[];
  ocupado: boolean;
  cambia: (opciones: OpcionesImportacion) => void;
  corrige: (que: QueCorregir) => void;
};

function Respuesta({ falta, u, almacenes, ocupado, cambia, corrige }: Props & { falta: Falta }) {
  const [fecha, setFecha] = useState('');
  const di = (opciones: OpcionesImportacion) => cambia({ ...u.opciones, ...opciones });
  switch (falta.con) {
    case 'momento':
      return (
        <Opciones
          de={DE_MOMENTO}
          ocupado={ocupado}
          responde={(momento) => di({ momento } as OpcionesImportacion)}
        />
      );
    case 'decimal':
      return (
        <Opciones
          de={DE_DECIMAL}
          ocupado={ocupado}
          responde={(decimal) => di({ decimal } as OpcionesImportacion)}
        />
      );
    case 'formatoFecha':
      return (
        <Opciones
          de={DE_FECHA}
          ocupado={ocupado}
          responde={(formatoFecha) => di({ formatoFecha } as OpcionesImportacion)}
        />
      );
    case 'tipo':
      return (
        <Opciones de={DE_TIPO} ocupado={ocupado} responde={(tipo) => di({ tipo } as OpcionesImportacion)} />
      );
    case 'hoja':
      return (
        <Opciones
          de={(u.analisis?.hojas ?? []).map((h) => ({ valor: h.nombre, texto: h.nombre }))}
          ocupado={ocupado}
          responde={(hoja) => di({ hoja })}
        />
      );
    case 'almacenId':
      return almacenes.length <= 4 ? (
        <Opciones
          de={almacenes.map((a) => ({ valor: a.id, texto: a.nombre }))}
          ocupado={ocupado}
          responde={(almacenId) => di({ almacenId })}
        />
      ) : (
        <Select
          label="Almacén"
          hideLabel
          placeholder="Elige un almacén"
          value=""
          onValue={(almacenId) => di({ almacenId })}
          options={almacenes.map((a) => ({ value: a.id, label: a.nombre }))}
        />
      );
    case 'fecha':
      return (
        <div className="flex flex-wrap items-end gap-2">
          <TextField type="date" label="Fecha" value={fecha} onValue={setFecha} className="grow" />
          <Button tall busy={ocupado} disabled={fecha === ''} onClick={() => di({ fecha })}>
            Es de este día
          </Button>
        </div>
      );
    case 'columnas':
      return (
        <Button tall onClick={() => corrige('columnas')}>
          Elegir columnas
        </Button>
      );
    case 'respuestas':
      return (
        <Opciones
          de={falta.opciones ?? []}
          ocupado={ocupado}
          responde={(valor) => di({ respuestas: { ...u.opciones.respuestas, [falta.clave]: valor } })}
        />
      );
    case 'traslape': {
      const decisiones = [...new Set(u.ensayo?.traslapes.flatMap((t) => t.decisiones) ?? [])];
      return (
        <>
          <ul className="flex flex-col gap-2">
            {u.ensayo?.traslapes
              .filter((t) => t.decisiones.length > 0)
              .map((t) => (
                <li key={t.frase} className="border-s-4 border-warn ps-3">
                  {t.frase}
                </li>
              ))}
          </ul>
          <Opciones
            de={decisiones.map((d) => ({ valor: d, texto: DECISION[d].label }))}
            ocupado={ocupado}
            responde={(traslape) => di({ traslape: traslape as DecisionTraslape })}
          />
        </>
      );
    }
    default:
      return <p className="text-ink-soft">Corrígelo en la hoja y vuelve a subir el archivo.</p>;
  }
}

/** What has to be said before anything is applied; each answer is one press. */
export function Preguntas(props: Props) {
  const faltan = props.u.ensayo?.faltan ?? [];
  return faltan.map((falta) => (
    <Card key={falta.clave} current title={falta.frase} className="flex flex-col gap-3">
      <Respuesta {...props} falta={falta} />
    </Card>
  ));
}

/** What was decided about rows that meet earlier data, to be seen and changed; and what is only told. */
export function TraslapesDichos({
  u,
  cambia,
}: {
  u: Importacion;
  cambia: ((o: OpcionesImportacion) => void) | null;
}) {
  const traslapes = u.ensayo?.traslapes ?? [];
  const decididos = traslapes.filter((t) => t.decisiones.length > 0);
  const dichos = traslapes.filter((t) => t.decisiones.length === 0);
  const { traslape } = u.opciones;
  if (traslape === undefined && dichos.length === 0) return null;
  const decisiones = [...new Set(decididos.flatMap((t) => t.decisiones))];
  return (
    <Card title="Ten en cuenta" className="flex flex-col gap-3">
      <ul className="flex flex-col gap-2">
        {(traslape === undefined ? dichos : traslapes).map((t) => (
          <li key={t.frase} className="border-s-4 border-line-strong ps-3">
            {t.frase}
          </li>
        ))}
      </ul>
      {traslape !== undefined && cambia !== null && decisiones.length > 0 && (
        <RadioList
          label="Qué se hace con esas filas"
          value={traslape}
          onValue={(valor) => cambia({ ...u.opciones, traslape: valor as DecisionTraslape })}
          options={decisiones.map((d) => ({ value: d, ...DECISION[d] }))}
        />
      )}
    </Card>
  );
}
