import { api } from '#client/app/trpc.ts';
import { Stats } from '#client/ui/stats.tsx';
import { masDias } from '#shared/domain/instante.ts';
import { cuenta } from '#shared/formato.ts';
import { type Donde, filtroDonde } from './donde.ts';
import { TarjetaGrafica } from './tarjeta-grafica.tsx';
import { useGrafica } from './use-grafica.ts';

const DIAS = 90;

/** How often a recount agrees, beside the pace of counting. Of the shop: never of a person. */
export function GraficaRecuentos({ donde, hoy }: { donde: Donde; hoy: string }) {
  const grafica = useGrafica(['recuentos', donde.tienda, hoy], async () => {
    const { frase, total } = await api.estadisticas.recuentos.query({
      ...filtroDonde(donde),
      desde: masDias(hoy, -DIAS),
      hasta: hoy,
      por: 'tienda',
    });
    return { frase, total };
  });
  return (
    <TarjetaGrafica
      titulo="Recuentos y ritmo"
      grafica={grafica}
      lee={({ frase, total }) => ({
        frase,
        dibujo:
          total.recontados === 0 && total.lineas === 0 ? undefined : (
            <Stats
              label="Recuentos y ritmo"
              items={[
                {
                  label: 'recuentos coinciden',
                  value: `${cuenta(total.coinciden)}/${cuenta(total.recontados)}`,
                },
                {
                  label: 'líneas por hora',
                  value: total.lineasPorHora === null ? '—' : cuenta(total.lineasPorHora),
                },
              ]}
            />
          ),
      })}
    />
  );
}
