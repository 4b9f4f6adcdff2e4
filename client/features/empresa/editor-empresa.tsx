import { useEffect, useRef, useState } from 'react';
import { CampoTolerancias, tolerancias } from '#client/features/conteos/index.ts';
import { Banner } from '#client/ui/banner.tsx';
import { Select } from '#client/ui/select.tsx';
import type { AjustesGuardados } from '#shared/contracts/ajustes-empresa.ts';
import { SIMBOLOGIAS_AJUSTABLES } from '#shared/contracts/escaner.ts';
import { plural } from '#shared/formato.ts';
import { aAjustes, aTextos, type ErroresEscaner, tieneLargo } from './escaner-textos.ts';
import { MarcoSeccion } from './marco-seccion.tsx';
import { ReglaSimbologia } from './regla-simbologia.tsx';
import { useSeccion } from './use-seccion.ts';

export type EditorEmpresaProps = {
  formId: string;
  guardados: AjustesGuardados;
  /** How many sections wait to be saved, and whether one is on its way. */
  onEstado: (estado: { sucias: number; guardando: boolean }) => void;
  onGuardado: (mensaje: string) => void;
};

/** Minutes that are offered; one that was saved by other means is offered too. */
const MINUTOS = [1, 2, 3, 5, 10, 15, 20, 30];

/** The settings' form: three parts, each saved over the version it was changed on, by one button. */
export function EditorEmpresa({ formId, guardados, onEstado, onGuardado }: EditorEmpresaProps) {
  const reglas = guardados.escaner.valor.simbologias;
  const escaner = useSeccion(guardados.escaner, aTextos);
  const bloqueo = useSeccion(guardados.bloqueo, ({ minutos }) => minutos);
  const topes = useSeccion(guardados.tolerancias, tolerancias.deAjustes);
  const [erroresEscaner, setErroresEscaner] = useState<ErroresEscaner>({});
  const [erroresTopes, setErroresTopes] = useState<ReturnType<typeof tolerancias.erroresTol>>({});
  const secciones = [escaner, bloqueo, topes];
  const sucias = secciones.filter(({ sucia }) => sucia).length;
  const guardando = secciones.some((seccion) => seccion.guardando);
  useEffect(() => onEstado({ sucias, guardando }), [sucias, guardando, onEstado]);

  const form = useRef<HTMLFormElement>(null);
  const alPrimerAviso = () =>
    setTimeout(() => form.current?.querySelector('[role="alert"]')?.scrollIntoView({ block: 'center' }));

  const guarda = async () => {
    if (guardando) return;
    const leido = aAjustes(escaner.textos, reglas);
    const malas = tolerancias.erroresTol(topes.textos);
    setErroresEscaner(leido.ok ? {} : leido.errores);
    setErroresTopes(malas);
    alPrimerAviso();
    // What is wrong in one part does not hold the others back.
    const hechas = [
      leido.ok &&
        escaner.sucia &&
        (await escaner.guarda((version) => ({ clave: 'escaner', version, valor: leido.valor }))),
      bloqueo.sucia &&
        (await bloqueo.guarda((version) => ({
          clave: 'bloqueo',
          version,
          valor: { minutos: bloqueo.textos },
        }))),
      Object.keys(malas).length === 0 &&
        topes.sucia &&
        (await topes.guarda((version) => ({
          clave: 'tolerancias',
          version,
          valor: tolerancias.aAjustes(topes.textos),
        }))),
    ].filter(Boolean).length;
    alPrimerAviso();
    if (hechas > 0 && hechas === sucias)
      onGuardado('Guardado. Los teléfonos lo toman en cuanto tengan señal.');
  };

  const minutos = [...new Set([...MINUTOS, bloqueo.textos])].sort((a, b) => a - b);
  return (
    <form
      id={formId}
      ref={form}
      aria-label="Empresa"
      noValidate
      className="grid grid-cols-1 items-start gap-4 tablet:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        void guarda();
      }}
    >
      <div className="flex flex-col gap-4">
        <MarcoSeccion
          titulo="Teléfonos compartidos"
          detalle="Cuando dos personas o más tienen PIN en un teléfono, se bloquea solo si nadie lo toca. Cada teléfono puede tener otro tiempo en Mi PIN y bloqueo."
          cambiado={guardados.bloqueo.cambiado}
          seccion={bloqueo}
        >
          <Select
            label="Bloquear sin tocarlo"
            value={String(bloqueo.textos)}
            onValue={(valor) => bloqueo.pon(Number(valor))}
            options={minutos.map((n) => ({
              value: String(n),
              label: `A los ${plural(n, 'minuto', 'minutos')}`,
            }))}
          />
        </MarcoSeccion>
        <MarcoSeccion
          titulo="Tolerancias al planear"
          detalle="Con estas empieza cada conteo nuevo; al planearlo se pueden cambiar. Dentro de la tolerancia no hace falta recontar, pero la diferencia se ajusta igual. Quien cuenta no las recibe."
          cambiado={guardados.tolerancias.cambiado}
          seccion={topes}
        >
          <CampoTolerancias
            value={topes.textos}
            onValue={(textos) => {
              setErroresTopes({});
              topes.pon(textos);
            }}
            errores={erroresTopes}
          />
          <p className="text-sm text-ink-soft">
            Debe pasar todas las de su renglón. Una clase sin nada va con la general; el % no cuenta donde el
            libro espera cero o menos.
          </p>
        </MarcoSeccion>
      </div>
      <MarcoSeccion
        titulo="Lo que lee la cámara"
        detalle="Deja solo lo que usan tus etiquetas: así no entra un código que no es de producto. Vale para la cámara y las fotos; la pistola trae sus propios ajustes, y lo escrito a mano siempre entra."
        cambiado={guardados.escaner.cambiado}
        seccion={escaner}
      >
        {erroresEscaner.general && <Banner tone="bad" role="alert" title={erroresEscaner.general} />}
        <ul aria-label="Tipos de código">
          {SIMBOLOGIAS_AJUSTABLES.map((s) => (
            <ReglaSimbologia
              key={s}
              simbologia={s}
              conLargo={tieneLargo(s, reglas)}
              value={escaner.textos[s]}
              onValue={(regla) => {
                setErroresEscaner({});
                escaner.pon({ ...escaner.textos, [s]: regla });
              }}
              error={erroresEscaner[s]}
            />
          ))}
        </ul>
      </MarcoSeccion>
    </form>
  );
}
