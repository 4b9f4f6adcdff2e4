import { api } from '#client/app/trpc.ts';
import { useAlmacenes } from '#client/offline/index.ts';
import { LineChart } from '#client/ui/charts/line-chart.tsx';
import type { ValorAl } from '#shared/contracts/tablero.ts';
import { masDias } from '#shared/domain/instante.ts';
import { diaCorto, diasDelMes, mesesHasta } from '#shared/domain/tablero/calendario.ts';
import { fraseValor } from '#shared/domain/tablero/frases.ts';
import { valorDeAlmacenes } from '#shared/domain/tablero/valor.ts';
import { diaVisto, pesos } from '#shared/formato.ts';
import { A_IMPORTAR, aValuadas } from './destinos.ts';
import { dineroEje, enteros } from './dinero-eje.ts';
import type { Donde } from './donde.ts';
import { EnlaceFila } from './enlace-fila.tsx';
import { TarjetaGrafica } from './tarjeta-grafica.tsx';
import { useGrafica } from './use-grafica.ts';

const MESES = 7;
/** Each date is reckoned over the whole ledger, and a month that ended seldom changes. */
const FRESCA_MS = 30 * 60_000;

/** Worth of the stock at the end of each month and now, at the cost that held then. */
export function GraficaValor({ donde, hoy }: { donde: Donde; hoy: string }) {
  const almacenes = useAlmacenes();
  const fechas = [
    ...mesesHasta(masDias(`${hoy.slice(0, 8)}01`, -1), MESES - 1).map((mes) => diasDelMes(mes).hasta),
    hoy,
  ];
  const grafica = useGrafica(
    ['valor', hoy],
    async () => {
      const puntos: ValorAl[] = [];
      // One after another: seven at once would hold as many connections of the server.
      for (const al of fechas) puntos.push(await api.tablero.valor.query({ al }));
      return puntos;
    },
    { fresca: FRESCA_MS },
  );
  const deTienda =
    donde.tienda === ''
      ? null
      : new Set((almacenes ?? []).filter(({ tiendaId }) => tiendaId === donde.tienda).map(({ id }) => id));
  return (
    <TarjetaGrafica
      titulo="Valor del inventario"
      grafica={grafica}
      lee={(datos) => {
        const puntos = datos.map((punto) => ({ fecha: punto.al, valor: valorDeAlmacenes(punto, deTienda) }));
        const conocidos = puntos.slice(puntos.findIndex(({ valor }) => valor !== null));
        const frase = fraseValor(puntos);
        const actual = puntos.at(-1)?.valor ?? null;
        if (actual === null) return { frase, ver: { texto: 'Importar inventario', a: A_IMPORTAR } };
        return {
          cifra: { valor: pesos(enteros(actual)), que: 'hoy, a costo sin IVA' },
          frase,
          dibujo: conocidos.length > 1 && (
            <LineChart
              label="Valor del inventario"
              columna="Al cierre del"
              puntos={conocidos.map(({ fecha }) => ({
                clave: fecha,
                corta: fecha === hoy ? 'hoy' : diaCorto(fecha),
                larga: <EnlaceFila a={aValuadas(fecha)} texto={fecha === hoy ? 'hoy' : diaVisto(fecha)} />,
              }))}
              series={[{ nombre: 'Valor', valores: conocidos.map(({ valor }) => valor) }]}
              formato={(v) => pesos(v, { centavos: true })}
              formatoEje={dineroEje}
            />
          ),
          ver: { texto: 'Ver lo que hay', a: aValuadas(hoy) },
        };
      }}
    />
  );
}
