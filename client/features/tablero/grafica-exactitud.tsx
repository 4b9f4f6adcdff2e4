import { api } from '#client/app/trpc.ts';
import { LineChart } from '#client/ui/charts/line-chart.tsx';
import { divideHalfEven, toDecimal } from '#shared/domain/decimal.ts';
import { masDias } from '#shared/domain/instante.ts';
import { diaCorto, semanasHasta, semanaVista } from '#shared/domain/tablero/calendario.ts';
import { fraseExactitud } from '#shared/domain/tablero/frases.ts';
import { porcentaje } from '#shared/formato.ts';
import { aResultados } from './destinos.ts';
import { type Donde, filtroDonde } from './donde.ts';
import { EnlaceFila } from './enlace-fila.tsx';
import { TarjetaGrafica } from './tarjeta-grafica.tsx';
import { useGrafica } from './use-grafica.ts';

const SEMANAS = 13;
const TODO = 10_000n;
/** Hundredths of a percent, of text in percent. */
const parte = (texto: string | null) => (texto === null ? null : toDecimal(texto, 2));

/** How many of the counted products agreed with the book, and how much of their worth, week by week. */
export function GraficaExactitud({ donde, hoy }: { donde: Donde; hoy: string }) {
  const semanas = semanasHasta(hoy, SEMANAS);
  const primera = semanas[0]!;
  const grafica = useGrafica(['exactitud', donde.tienda, hoy], () =>
    api.estadisticas.exactitud.query({ ...filtroDonde(donde), desde: primera, hasta: hoy, por: 'semana' }),
  );
  return (
    <TarjetaGrafica
      titulo="Exactitud por semana"
      grafica={grafica}
      lee={({ filas }) => {
        const porSemana = new Map(filas.map((fila) => [fila.clave, fila]));
        const puntos = semanas.map((semana) => {
          const fila = porSemana.get(semana);
          return {
            semana,
            productos: fila?.productos ?? 0,
            exactos: fila?.exactos ?? 0,
            lineas: parte(fila?.lineasPct ?? null),
            valor: parte(fila?.valorPct ?? null),
          };
        });
        const ultima = puntos.findLast(({ lineas }) => lineas !== null);
        const frase = fraseExactitud(puntos);
        if (ultima === undefined) return { frase: `${frase} Aparece al aprobar el primero.` };
        return {
          cifra: {
            valor: `${divideHalfEven(ultima.lineas!, 100n)} %`,
            que: 'la última semana con conteos',
          },
          frase,
          dibujo: (
            <LineChart
              label="Exactitud por semana"
              columna="Semana"
              puntos={puntos.map(({ semana }) => ({
                clave: semana,
                corta: diaCorto(semana),
                larga: (
                  <EnlaceFila
                    a={aResultados(donde, semana, masDias(semana, 6))}
                    texto={semanaVista(semana)}
                  />
                ),
              }))}
              series={[
                { nombre: 'De los productos', valores: puntos.map(({ lineas }) => lineas) },
                { nombre: 'De su valor', valores: puntos.map(({ valor }) => valor) },
              ]}
              formato={porcentaje}
              formatoEje={porcentaje}
              tope={TODO}
            />
          ),
          ver: { texto: 'Ver lo contado', a: aResultados(donde, primera, hoy) },
        };
      }}
    />
  );
}
