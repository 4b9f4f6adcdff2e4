import FileUp from 'lucide-react/icons/file-up';
import { useState } from 'react';
import { now } from '#client/offline/clock.ts';
import type { ConteoDetalle, Identidad } from '#client/offline/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Button } from '#client/ui/button.tsx';
import { buttonClass } from '#client/ui/button-class.ts';
import { Skeleton } from '#client/ui/skeleton.tsx';
import { TextArea } from '#client/ui/text-area.tsx';
import { horasDePagina } from '#shared/domain/hoja-captura.ts';
import { fechaLocal } from '#shared/domain/instante.ts';
import { leeTexto } from '#shared/domain/tabla-conteo.ts';
import { plural } from '#shared/formato.ts';
import { CamposPagina } from './datos-pagina.tsx';
import { leeArchivo } from './tabla-archivo.ts';
import type { DatosPagina } from './use-captura.ts';
import { useImporte } from './use-importe.ts';
import { VistaImporte } from './vista-importe.tsx';

export type ImportarConteoProps = { conteo: ConteoDetalle; persona: Identidad; zona: string | undefined };

/** A count made on paper and typed elsewhere: pasted cells, CSV or Excel. Nothing is saved before it is accepted. */
export function ImportarConteo({ zona, ...props }: ImportarConteoProps) {
  return zona === undefined ? <Skeleton /> : <Importar zona={zona} {...props} />;
}

function Importar({ conteo, persona, zona }: ImportarConteoProps & { zona: string }) {
  const i = useImporte(conteo, persona, zona);
  const [pegado, setPegado] = useState('');
  const [datos, setDatos] = useState<DatosPagina>(() => ({
    conto: persona.nombre,
    fecha: fechaLocal(now().getTime(), zona),
    empezo: '',
    termino: '',
  }));
  const horas = horasDePagina(datos, zona, now().getTime());
  if (i.revision !== null) {
    return (
      <div className="hoja-captura">
        <VistaImporte
          revision={i.revision}
          respuestas={i.respuestas}
          onResponde={i.responde}
          yaEstan={i.yaEstan}
          guardando={i.ocupado === 'guarda' ? i.avance : null}
          falla={i.falla}
          noGuardado={i.noGuardado}
          onAplica={() => void i.aplica(datos)}
          onOtra={i.olvida}
        >
          <CamposPagina
            datos={datos}
            horas={horas}
            onDatos={(c) => setDatos((antes) => ({ ...antes, ...c }))}
          />
        </VistaImporte>
      </div>
    );
  }
  return (
    <div className="hoja-captura">
      {i.hecho !== null && (
        <Banner tone="ok" title={`Se guardaron ${plural(i.hecho.nuevas, 'línea', 'líneas')}`} role="status">
          {i.hecho.yaEstaban > 0 && `${i.hecho.yaEstaban} ya estaban y no se repitieron. `}
          Se envían en cuanto haya señal.
        </Banner>
      )}
      {i.falla !== null && (
        <Banner tone="bad" title="No se leyó" role="alert">
          {i.falla}
        </Banner>
      )}
      <p className="hoja-pista">
        Columnas: Código y Cantidad; si las hay, también Ubicación, Lote y Nota. La cantidad puede ser 17,
        2x12+5 o 0.
      </p>
      <TextArea
        label="Pega aquí las celdas"
        value={pegado}
        onValue={setPegado}
        rows={7}
        spellCheck={false}
        placeholder={'Código\tCantidad\tUbicación\nPH-2840\t12\tA-03-2'}
        className="hoja-pegado"
      />
      <Button
        variant="primary"
        block
        tall
        busy={i.ocupado === 'lee'}
        disabled={pegado.trim() === ''}
        onClick={() => void i.carga(() => leeTexto(pegado))}
      >
        Revisar lo pegado
      </Button>
      <label className={buttonClass({ block: true })}>
        <FileUp aria-hidden />
        Elegir archivo (.csv o .xlsx)
        <input
          type="file"
          className="sr-only"
          accept=".csv,.txt,.tsv,.xlsx,text/csv,text/plain,text/tab-separated-values,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          onChange={(event) => {
            const archivo = event.target.files?.[0];
            if (archivo !== undefined) void i.carga(() => leeArchivo(archivo));
            event.target.value = '';
          }}
        />
      </label>
      <p className="hoja-pista">Pegar y CSV sirven sin señal; un .xlsx lo lee el servidor.</p>
    </div>
  );
}
