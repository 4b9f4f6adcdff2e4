import { Link } from '@tanstack/react-router';
import { api } from '#client/app/trpc.ts';
import { BarList } from '#client/ui/charts/bar-list.tsx';
import { tramosSinConteo } from '#shared/domain/tablero/tramos.ts';
import { cuenta, plural } from '#shared/formato.ts';
import { aSinConteo } from './destinos.ts';
import { type Donde, filtroDonde } from './donde.ts';
import { MedirAhora } from './medir-ahora.tsx';
import { TarjetaGrafica } from './tarjeta-grafica.tsx';
import { FRESCA_DE_NOCHE_MS, useGrafica } from './use-grafica.ts';

/** Days since the last count of each product, in five steps. */
export function GraficaSinConteo({ donde, hoy }: { donde: Donde; hoy: string }) {
  const grafica = useGrafica(
    ['sin_conteo', donde.tienda, hoy],
    async () => {
      const desde = (dias: number) =>
        api.estadisticas.sinConteo.query({
          ...filtroDonde(donde),
          dias,
          orden: 'diasSinConteo',
          dir: 'desc',
          cursor: null,
          limite: 1,
        });
      const [todo, mes, trimestre, semestre] = await Promise.all([
        desde(0),
        desde(31),
        desde(91),
        desde(181),
      ]);
      return {
        frase: todo.frase,
        medidoEn: todo.medidoEn,
        total: todo.total,
        mas: [mes.total.productos, trimestre.total.productos, semestre.total.productos] as const,
      };
    },
    { fresca: FRESCA_DE_NOCHE_MS },
  );
  return (
    <TarjetaGrafica
      titulo="Días desde el último conteo"
      grafica={grafica}
      lee={({ frase, total, mas, medidoEn }) => {
        if (medidoEn === null) return { frase, dibujo: <MedirAhora alMedir={grafica.consulta.refetch} /> };
        if (total.productos === 0) return { frase };
        return {
          cifra: { valor: cuenta(total.vencidos), que: 'pasaron los días de su clase' },
          frase,
          dibujo: (
            <BarList
              label="Días desde el último conteo"
              items={tramosSinConteo(total.productos, mas, total.nunca).map(
                ({ clave, nombre, productos, desde }) => ({
                  clave,
                  nombre,
                  texto: plural(productos, 'producto', 'productos'),
                  partes: [{ clave, valor: BigInt(productos) }],
                  renderLink: ({ className, children }) => (
                    <Link
                      to="/tablero"
                      search={aSinConteo(donde, String(desde)).search as never}
                      className={className}
                    >
                      {children}
                    </Link>
                  ),
                }),
              )}
            />
          ),
          ver: { texto: 'Ver lo más viejo', a: aSinConteo(donde, '0') },
        };
      }}
    />
  );
}
