import { Link } from '@tanstack/react-router';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { type ReactNode, useId } from 'react';
import { useHaySenal } from '#client/app/query.ts';
import { errorDe } from '#client/app/trpc.ts';
import { now } from '#client/offline/clock.ts';
import { Button } from '#client/ui/button.tsx';
import { Skeleton } from '#client/ui/skeleton.tsx';
import type { Destino } from './destinos.ts';
import { hace } from './hace.ts';
import type { Grafica } from './use-grafica.ts';

export type Lectura = {
  /** The figure that people look for first, and what it is. */
  cifra?: { valor: string; que: string } | undefined;
  frase: string;
  dibujo?: ReactNode;
  ver?: { texto: string; a: Destino } | undefined;
};

/** A picture with its one sentence; says when there is nothing to draw, no signal, or how old it is. */
export function TarjetaGrafica<T>({
  titulo,
  grafica: { ref, consulta, visto },
  lee,
}: {
  titulo: string;
  grafica: Grafica<T>;
  lee: (datos: T) => Lectura;
}) {
  const id = useId();
  return (
    <section ref={ref} aria-labelledby={id} className="card tablero-grafica">
      <h3 id={id} className="card-title">
        {titulo}
      </h3>
      {visto.datos === undefined ? (
        <Espera consulta={consulta} titulo={titulo} />
      ) : (
        <>
          <Cuerpo lectura={lee(visto.datos)} />
          <Edad consulta={consulta} en={visto.en} />
        </>
      )}
    </section>
  );
}

function Cuerpo({ lectura: { cifra, frase, dibujo, ver } }: { lectura: Lectura }) {
  return (
    <>
      {cifra && (
        <p className="tablero-cifra">
          <span className="tablero-cifra-valor">{cifra.valor}</span>{' '}
          <span className="tablero-cifra-que">{cifra.que}</span>
        </p>
      )}
      <p>{frase}</p>
      {dibujo}
      {ver && (
        <Link to={ver.a.to as never} search={ver.a.search as never} className="tablero-ver">
          {ver.texto}
          <ChevronRight aria-hidden />
        </Link>
      )}
    </>
  );
}

function Espera({ consulta, titulo }: { consulta: Grafica<unknown>['consulta']; titulo: string }) {
  const haySenal = useHaySenal();
  if (!haySenal || (consulta.isError && errorDe(consulta.error).code === 'SIN_SENAL')) {
    return (
      <p role="status" className="text-ink-soft">
        Sin señal: esta gráfica la calcula el servidor y aquí no se ha visto todavía.
      </p>
    );
  }
  if (consulta.isError) {
    return (
      <>
        <p role="alert">{errorDe(consulta.error).mensaje}</p>
        <Button busy={consulta.isFetching} onClick={() => void consulta.refetch()}>
          Intentar otra vez
        </Button>
      </>
    );
  }
  return <Skeleton lines={5} label={`Calculando ${titulo.toLowerCase()}…`} className="tablero-espera" />;
}

/** Younger than this, what the head of the screen says of the signal is enough. */
const VIEJA_MS = 10 * 60_000;

/** Said only when what is shown may not hold any more. */
function Edad({ consulta, en }: { consulta: Grafica<unknown>['consulta']; en: number | null }) {
  const haySenal = useHaySenal();
  if (en === null || (haySenal && !consulta.isError)) return null;
  const edad = now().getTime() - en;
  if (!haySenal && edad < VIEJA_MS) return null;
  return (
    <p role="status" className="text-sm text-ink-soft">
      {haySenal ? `${errorDe(consulta.error).mensaje} ` : 'Sin señal. '}
      Así estaba hace {hace(edad)}.
    </p>
  );
}
