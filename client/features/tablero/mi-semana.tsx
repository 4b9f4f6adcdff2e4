import { Skeleton } from '#client/ui/skeleton.tsx';
import { Stats } from '#client/ui/stats.tsx';
import { cuenta } from '#shared/formato.ts';
import { useMiSemana } from './use-mi-semana.ts';

/** What this person counted lately, as far as this phone knows. */
export function MiSemana({ usuarioId }: { usuarioId: string }) {
  const semana = useMiSemana(usuarioId);
  return (
    <section aria-labelledby="semana" className="flex flex-col gap-2">
      <h2 id="semana" className="card-title">
        Mis últimos siete días
      </h2>
      {semana === undefined ? (
        <Skeleton lines={2} />
      ) : (
        <>
          <Stats
            label="Cifras de la semana"
            items={[
              {
                label: semana.lineas === 1 ? 'línea' : 'líneas',
                value: cuenta(semana.lineas),
              },
              {
                label: semana.productos === 1 ? 'producto' : 'productos',
                value: cuenta(semana.productos),
              },
              { label: semana.conteos === 1 ? 'conteo' : 'conteos', value: semana.conteos },
            ]}
          />
          <p className="text-sm text-ink-soft">
            {semana.lineas === 0
              ? 'No has contado nada en siete días, que este teléfono sepa.'
              : 'Líneas que contaste y no anulaste, enviadas o guardadas en este teléfono, y cuántos productos distintos tocaron.'}
          </p>
        </>
      )}
    </section>
  );
}
