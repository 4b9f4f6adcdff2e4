import { api } from '#client/app/trpc.ts';
import { LineChart } from '#client/ui/charts/line-chart.tsx';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { masDias } from '#shared/domain/instante.ts';
import { diaCorto, haceUnAnio, semanasHasta, semanaVista } from '#shared/domain/tablero/calendario.ts';
import { fraseVentas } from '#shared/domain/tablero/frases.ts';
import { pesos } from '#shared/formato.ts';
import { A_IMPORTAR, aVentas } from './destinos.ts';
import { dineroEje, enteros } from './dinero-eje.ts';
import type { Donde } from './donde.ts';
import { EnlaceFila } from './enlace-fila.tsx';
import { TarjetaGrafica } from './tarjeta-grafica.tsx';
import { useGrafica } from './use-grafica.ts';

const SEMANAS = 13;

type Fila = { clave: string; neto: string };
const porClave = (filas: readonly Fila[]) =>
  new Map(filas.map(({ clave, neto }) => [clave, toDecimal(neto, DINERO_ESCALA)]));

/** Sales of each week, net of IVA, beside those of the same week a year ago. */
export function GraficaVentas({ donde, hoy }: { donde: Donde; hoy: string }) {
  const semanas = semanasHasta(hoy, SEMANAS);
  const [primera, ultima] = [semanas[0]!, semanas.at(-1)!];
  const grafica = useGrafica(['ventas', donde.tienda, hoy], async () => {
    const de = {
      tiendaIds: donde.tienda === '' ? [] : [donde.tienda],
      almacenId: null,
      categoriaId: null,
      tipo: 'venta' as const,
      por: 'semana' as const,
    };
    const [estas, antes] = await Promise.all([
      api.estadisticas.grupos.query({ ...de, desde: primera, hasta: hoy }),
      api.estadisticas.grupos.query({
        ...de,
        desde: haceUnAnio(primera),
        hasta: masDias(haceUnAnio(ultima), 6),
      }),
    ]);
    const breve = (filas: readonly Fila[]) => filas.map(({ clave, neto }) => ({ clave, neto }));
    return { estas: breve(estas.filas), antes: breve(antes.filas) };
  });
  return (
    <TarjetaGrafica
      titulo="Ventas por semana"
      grafica={grafica}
      lee={({ estas, antes }) => {
        const [ventas, hace] = [porClave(estas), porClave(antes)];
        // Before the first sale the books know of, nothing was not sold: it is not known.
        const desde = antes[0]?.clave;
        const puntos = semanas.map((semana) => {
          const anio = haceUnAnio(semana);
          return {
            semana,
            importe: ventas.get(semana) ?? 0n,
            antes: desde === undefined || anio < desde ? null : (hace.get(anio) ?? 0n),
          };
        });
        const frase = fraseVentas(puntos);
        if (puntos.every(({ importe }) => importe === 0n))
          return { frase, ver: { texto: 'Importar ventas', a: A_IMPORTAR } };
        const completa = puntos.at(-2)!;
        const conAntes = puntos.some((p) => p.antes !== null);
        return {
          cifra: {
            valor: pesos(enteros(completa.importe)),
            que: 'la última semana completa',
          },
          frase,
          dibujo: (
            <LineChart
              label="Ventas por semana, sin IVA"
              columna="Semana"
              puntos={puntos.map(({ semana }) => ({
                clave: semana,
                corta: diaCorto(semana),
                larga: (
                  <EnlaceFila
                    a={aVentas(donde, semana, masDias(semana, 6))}
                    texto={semana === ultima ? `${diaCorto(semana)}, en curso` : semanaVista(semana)}
                  />
                ),
              }))}
              series={[
                { nombre: 'Ventas', valores: puntos.map(({ importe }) => importe) },
                ...(conAntes ? [{ nombre: 'Hace un año', valores: puntos.map((p) => p.antes) }] : []),
              ]}
              formato={(v) => pesos(v, { centavos: true })}
              formatoEje={dineroEje}
              desdeCero
              abierto="Semana en curso"
            />
          ),
          ver: { texto: 'Ver lo vendido', a: aVentas(donde, primera, hoy) },
        };
      }}
    />
  );
}
