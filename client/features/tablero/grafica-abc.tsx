import { api } from '#client/app/trpc.ts';
import { Pareto } from '#client/ui/charts/pareto.tsx';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { parteDe } from '#shared/domain/tablero/compara.ts';
import { curvaAbc } from '#shared/domain/tablero/curva.ts';
import { cuenta, pesos } from '#shared/formato.ts';
import { aAbc } from './destinos.ts';
import { enteros } from './dinero-eje.ts';
import { type Donde, filtroDonde } from './donde.ts';
import { EnlaceFila } from './enlace-fila.tsx';
import { MedirAhora } from './medir-ahora.tsx';
import { TarjetaGrafica } from './tarjeta-grafica.tsx';
import { FRESCA_DE_NOCHE_MS, useGrafica } from './use-grafica.ts';

/** How few products make most of the sales of a year. */
export function GraficaAbc({ donde, hoy }: { donde: Donde; hoy: string }) {
  const grafica = useGrafica(
    ['abc', donde.tienda, hoy],
    async () => {
      const [{ frase, matriz, medidoEn }, puntos] = await Promise.all([
        api.estadisticas.abc.query({
          ...filtroDonde(donde),
          por: 'ventas',
          clase: null,
          xyz: null,
          orden: 'ventaNeta',
          dir: 'desc',
          cursor: null,
          limite: 1,
        }),
        api.tablero.curva.query({ tiendaIds: filtroDonde(donde).tiendaIds }),
      ]);
      return { frase, matriz, medidoEn, puntos };
    },
    { fresca: FRESCA_DE_NOCHE_MS },
  );
  return (
    <TarjetaGrafica
      titulo="Curva ABC de la venta"
      grafica={grafica}
      lee={({ frase, matriz, medidoEn, puntos }) => {
        if (medidoEn === null) return { frase, dibujo: <MedirAhora alMedir={grafica.consulta.refetch} /> };
        const { clases, curva } = curvaAbc(
          matriz.map(({ clase, productos, valor }) => ({
            clase,
            productos,
            valor: toDecimal(valor, DINERO_ESCALA),
          })),
          puntos.map(({ n, valor }) => ({ n, valor: toDecimal(valor, DINERO_ESCALA) })),
        );
        if (curva.length === 0) return { frase };
        return {
          frase,
          dibujo: (
            <Pareto
              label="Curva ABC de la venta de un año"
              columnas={['Clase', 'Productos', 'Venta sin IVA', 'Parte']}
              ejeX="de los productos"
              curva={curva}
              clases={clases.map(({ clase, productos, valor, parte, hasta }) => ({
                nombre: clase,
                hasta,
                celdas: [
                  <EnlaceFila key={clase} a={aAbc(donde, clase)} texto={`Clase ${clase}`} />,
                  cuenta(productos),
                  pesos(enteros(valor)),
                  parteDe(parte, 10_000n),
                ],
              }))}
            />
          ),
          ver: { texto: 'Ver la clase A', a: aAbc(donde, 'A') },
        };
      }}
    />
  );
}
