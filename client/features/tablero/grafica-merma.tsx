import { Link } from '@tanstack/react-router';
import { api } from '#client/app/trpc.ts';
import { BarList } from '#client/ui/charts/bar-list.tsx';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { diasDelMes, mesCorto, mesesHasta, mesLargo } from '#shared/domain/tablero/calendario.ts';
import { fraseMerma } from '#shared/domain/tablero/frases.ts';
import { pesos } from '#shared/formato.ts';
import { aMerma } from './destinos.ts';
import { enteros } from './dinero-eje.ts';
import { type Donde, filtroDonde } from './donde.ts';
import { TarjetaGrafica } from './tarjeta-grafica.tsx';
import { useGrafica } from './use-grafica.ts';

const MESES = 6;

/** What was missing and what was left over at cost, month by month, the newest first. */
export function GraficaMerma({ donde, hoy }: { donde: Donde; hoy: string }) {
  const meses = mesesHasta(hoy, MESES);
  const grafica = useGrafica(['merma', donde.tienda, hoy], () =>
    Promise.all(
      meses.map(async (mes) => {
        const { total } = await api.estadisticas.merma.query({
          ...filtroDonde(donde),
          ...diasDelMes(mes),
          por: 'motivo',
          cursor: null,
          limite: 1,
        });
        return { mes, faltante: total.faltante, sobrante: total.sobrante };
      }),
    ),
  );
  return (
    <TarjetaGrafica
      titulo="Merma por mes"
      grafica={grafica}
      lee={(datos) => {
        const puntos = datos.map(({ mes, faltante, sobrante }) => ({
          mes,
          faltante: toDecimal(faltante, DINERO_ESCALA),
          sobrante: toDecimal(sobrante, DINERO_ESCALA),
        }));
        const frase = fraseMerma(puntos);
        // Months before the first one with data say nothing.
        const desdeCuando = puntos.findIndex((p) => p.faltante !== 0n || p.sobrante !== 0n);
        if (desdeCuando < 0) return { frase };
        const actual = puntos.at(-1)!;
        return {
          cifra: {
            valor: pesos(enteros(actual.faltante + actual.sobrante)),
            que: `neto en ${mesLargo(actual.mes)}`,
          },
          frase,
          dibujo: (
            <BarList
              label="Merma por mes"
              items={puntos
                .slice(desdeCuando)
                .toReversed()
                .map(({ mes, faltante, sobrante }) => {
                  const { desde, hasta } = diasDelMes(mes);
                  return {
                    clave: mes,
                    nombre: mesCorto(mes),
                    texto: `${pesos(enteros(faltante + sobrante))} neto`,
                    detalle: `faltan ${pesos(enteros(-faltante))} · sobran ${pesos(enteros(sobrante))}`,
                    partes: [
                      { clave: 'falta', valor: -faltante, tono: 'falta' as const },
                      ...(sobrante === 0n
                        ? []
                        : [{ clave: 'sobra', valor: sobrante, tono: 'sobra' as const }]),
                    ],
                    renderLink: ({ className, children }) => (
                      <Link
                        to="/tablero"
                        search={aMerma(donde, desde, hasta).search as never}
                        className={className}
                      >
                        {children}
                      </Link>
                    ),
                  };
                })}
            />
          ),
        };
      }}
    />
  );
}
