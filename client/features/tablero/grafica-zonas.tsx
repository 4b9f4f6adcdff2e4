import { Link } from '@tanstack/react-router';
import { api } from '#client/app/trpc.ts';
import { BarList } from '#client/ui/charts/bar-list.tsx';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { masDias } from '#shared/domain/instante.ts';
import { fraseDiferencias } from '#shared/domain/tablero/frases.ts';
import { cuenta, pesos, plural } from '#shared/formato.ts';
import { aResultados } from './destinos.ts';
import { enteros } from './dinero-eje.ts';
import { type Donde, filtroDonde } from './donde.ts';
import { TarjetaGrafica } from './tarjeta-grafica.tsx';
import { useGrafica } from './use-grafica.ts';

const DIAS = 90;
const CABEN = 6;
/** What is no zone, inside a sentence. */
const EN: Record<string, string> = {
  'Sin zona': 'lo que no tiene zona',
  'Varias zonas': 'lo que está en varias zonas',
};

/** Where the pesos of variance are: zones of the warehouse, the worst first. */
export function GraficaZonas({ donde, hoy }: { donde: Donde; hoy: string }) {
  const desde = masDias(hoy, -DIAS);
  const grafica = useGrafica(['zonas', donde.tienda, hoy], () =>
    api.estadisticas.exactitud.query({ ...filtroDonde(donde), desde, hasta: hoy, por: 'zona' }),
  );
  return (
    <TarjetaGrafica
      titulo="Diferencia en pesos por zona"
      grafica={grafica}
      lee={({ filas, total }) => {
        const zonas = filas
          .map((fila) => ({ ...fila, pesos: toDecimal(fila.diferencia, DINERO_ESCALA) }))
          .sort((a, b) => (a.pesos < b.pesos ? 1 : a.pesos > b.pesos ? -1 : 0));
        const frase = fraseDiferencias(
          zonas.map(({ nombre, pesos: diferencia }) => ({
            nombre: EN[nombre] ?? `la zona ${nombre}`,
            diferencia,
          })),
        );
        if (zonas.length === 0) return { frase };
        return {
          cifra: {
            valor: pesos(enteros(toDecimal(total.diferencia, DINERO_ESCALA))),
            que: `en ${DIAS} días`,
          },
          frase,
          dibujo: (
            <BarList
              label="Diferencia en pesos por zona"
              items={zonas.slice(0, CABEN).map((zona) => ({
                clave: zona.clave,
                nombre: zona.nombre in EN ? zona.nombre : `Zona ${zona.nombre}`,
                texto: pesos(enteros(zona.pesos)),
                detalle: `${cuenta(zona.exactos)} de ${plural(zona.productos, 'producto coincidió', 'productos coincidieron')}`,
                partes: [{ clave: 'diferencia', valor: zona.pesos }],
                renderLink: ({ className, children }) => (
                  <Link
                    to="/tablero"
                    search={aResultados(donde, desde, hoy, zona.clave).search as never}
                    className={className}
                  >
                    {children}
                  </Link>
                ),
              }))}
            />
          ),
          ver: {
            texto: zonas.length > CABEN ? `Ver las ${zonas.length} zonas` : 'Ver las diferencias',
            a: aResultados(donde, desde, hoy),
          },
        };
      }}
    />
  );
}
