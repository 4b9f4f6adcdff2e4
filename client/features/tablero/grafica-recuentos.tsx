import { api } from '#client/app/trpc.ts';
import { Stats } from '#client/ui/stats.tsx';
import type { MedidaRecuentos } from '#shared/contracts/estadisticas.ts';
import { masDias } from '#shared/domain/instante.ts';
import { cuenta } from '#shared/formato.ts';
import { type Donde, filtroDonde } from './donde.ts';
import { TarjetaGrafica } from './tarjeta-grafica.tsx';
import { FRESCA_DE_NOCHE_MS, useGrafica } from './use-grafica.ts';

const DIAS = 90;

/** How often a recount agrees, beside the pace of counting. Of the shop: never of a person. */
export function GraficaRecuentos({ donde, hoy }: { donde: Donde; hoy: string }) {
  const grafica = useGrafica(
    ['recuentos', donde.tienda, hoy],
    async () => {
      const { frase, total } = await api.estadisticas.recuentos.query({
        ...filtroDonde(donde),
        desde: masDias(hoy, -DIAS),
        hasta: hoy,
        por: 'tienda',
      });
      return { frase, total };
    },
    { fresca: FRESCA_DE_NOCHE_MS },
  );
  return (
    <TarjetaGrafica
      titulo="Recuentos y ritmo"
      grafica={grafica}
      lee={({ frase, total }) => ({
        frase,
        dibujo:
          cifras(total).length === 0 ? undefined : <Stats label="Recuentos y ritmo" items={cifras(total)} />,
      })}
    />
  );
}

/** What nothing is known of is no figure. */
function cifras(total: MedidaRecuentos['total']) {
  return [
    ...(total.recontados === 0
      ? []
      : [
          {
            label: 'recuentos coinciden',
            value: `${cuenta(total.coinciden)}/${cuenta(total.recontados)}`,
          },
        ]),
    ...(total.lineasPorHora === null
      ? []
      : [{ label: 'líneas por hora', value: cuenta(total.lineasPorHora) }]),
  ];
}
