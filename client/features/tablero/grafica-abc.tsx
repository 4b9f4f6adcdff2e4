import { api } from '#client/app/trpc.ts';
import { Pareto } from '#client/ui/charts/pareto.tsx';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { curvaAbc } from '#shared/domain/tablero/curva.ts';
import { cuenta, pesos, porcentaje } from '#shared/formato.ts';
import { aAbc } from './destinos.ts';
import { enteros } from './dinero-eje.ts';
import { type Donde, filtroDonde } from './donde.ts';
import { EnlaceFila } from './enlace-fila.tsx';
import { MedirAhora } from './medir-ahora.tsx';
import { TarjetaGrafica } from './tarjeta-grafica.tsx';
import { useGrafica } from './use-grafica.ts';

/** The steep end of the curve is drawn product by product. */
const POR_NOMBRE = 100;

/** How few products make most of the sales of a year. */
export function GraficaAbc({ donde, hoy }: { donde: Donde; hoy: string }) {
  const grafica = useGrafica(['abc', donde.tienda, hoy], async () => {
    const { frase, matriz, filas, medidoEn } = await api.estadisticas.abc.query({
      ...filtroDonde(donde),
      por: 'ventas',
      clase: null,
      xyz: null,
      orden: 'ventaNeta',
      dir: 'desc',
      cursor: null,
      limite: POR_NOMBRE,
    });
    return { frase, matriz, medidoEn, primeras: filas.map(({ ventaNeta }) => ventaNeta) };
  });
  return (
    <TarjetaGrafica
      titulo="Curva ABC de la venta"
      grafica={grafica}
      lee={({ frase, matriz, medidoEn, primeras }) => {
        if (medidoEn === null) return { frase, dibujo: <MedirAhora alMedir={grafica.consulta.refetch} /> };
        const { clases, curva } = curvaAbc(
          matriz.map(({ clase, productos, valor }) => ({
            clase,
            productos,
            valor: toDecimal(valor, DINERO_ESCALA),
          })),
          // What customers gave back may be more than what was sold.
          primeras.map((venta) => toDecimal(venta, DINERO_ESCALA)).filter((venta) => venta > 0n),
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
                  porcentaje(parte),
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
