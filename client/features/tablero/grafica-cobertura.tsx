import { Link } from '@tanstack/react-router';
import { api } from '#client/app/trpc.ts';
import { BarList } from '#client/ui/charts/bar-list.tsx';
import { cuenta, plural } from '#shared/formato.ts';
import { aCobertura, aSinVenta, type Destino } from './destinos.ts';
import { type Donde, filtroDonde } from './donde.ts';
import { MedirAhora } from './medir-ahora.tsx';
import { TarjetaGrafica } from './tarjeta-grafica.tsx';
import { FRESCA_DE_NOCHE_MS, useGrafica } from './use-grafica.ts';

/** How long the stock lasts, for who buys. */
export function GraficaCobertura({ donde, hoy }: { donde: Donde; hoy: string }) {
  const grafica = useGrafica(
    ['cobertura', donde.tienda, hoy],
    async () => {
      const { frase, total, medidoEn } = await api.estadisticas.cobertura.query({
        ...filtroDonde(donde),
        hasta: null,
        orden: 'cobertura',
        dir: 'asc',
        cursor: null,
        limite: 1,
      });
      return { frase, total, medidoEn };
    },
    { fresca: FRESCA_DE_NOCHE_MS },
  );
  return (
    <TarjetaGrafica
      titulo="Para cuánto alcanza"
      grafica={grafica}
      lee={({ frase, total, medidoEn }) => {
        if (medidoEn === null || total.productos === 0) {
          return {
            frase,
            dibujo: medidoEn === null ? <MedirAhora alMedir={grafica.consulta.refetch} /> : undefined,
          };
        }
        const tramos: [string, string, number, Destino][] = [
          ['agotados', 'Se vende y no queda', total.agotados, aCobertura(donde, '0')],
          ['semana', 'Una semana o menos', total.semana, aCobertura(donde, '7')],
          ['medio', 'Más de medio año', total.medioAnio, aCobertura(donde, '')],
          ['quieto', 'Sin venta en 90 días', total.sinVenta, aSinVenta(donde, '90')],
        ];
        return {
          cifra: { valor: cuenta(total.agotados), que: 'se venden y están agotados' },
          frase,
          dibujo: (
            <BarList
              label="Para cuánto alcanza"
              items={tramos.map(([clave, nombre, productos, a]) => ({
                clave,
                nombre,
                texto: plural(productos, 'producto', 'productos'),
                partes: [{ clave, valor: BigInt(productos) }],
                renderLink: ({ className, children }) => (
                  <Link to="/tablero" search={a.search as never} className={className}>
                    {children}
                  </Link>
                ),
              }))}
            />
          ),
          ver: { texto: 'Ver lo que se acaba primero', a: aCobertura(donde, '30') },
        };
      }}
    />
  );
}
