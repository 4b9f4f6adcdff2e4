import { type RefObject, useCallback, useRef, useState } from 'react';
import { type ConteoDetalle, corrigeLote, type FilaProducto, type Lugar } from '#client/offline/index.ts';
import { type DatosLote, datoQueFalta, SIN_DATOS } from '#shared/domain/lotes.ts';
import { plural } from '#shared/formato.ts';
import { datosRecordados, pideDatos, textoDatos } from './datos-lote.ts';
import { datosEnVigor, type EtiquetaMala, esDelPedido, mismosDatos, type PideLote } from './pide-lote.ts';
import type { useEscritura } from './use-escritura.ts';

type Escritura = ReturnType<typeof useEscritura>;

const clave = ({ productoId, ubicacionId }: Lugar, mala: EtiquetaMala | null) =>
  `${productoId}|${ubicacionId ?? ''}|${mala?.crudo ?? ''}`;

/**
 * Lot, expiry and DOT of what is counted. A reading is saved with what is known; what is missing is asked once for each
 * product and bin, after the sound, and holds for the following ones until it is changed. Left unanswered, the lines
 * stay, flagged.
 */
export function useDatosLote(
  conteo: RefObject<{ conteo: ConteoDetalle }>,
  enOrden: Escritura['enOrden'],
  avisa: Escritura['avisa'],
) {
  const [pide, setPide] = useState<PideLote | null>(null);
  /** What a gun read while the sheet was open: it goes into its fields. */
  const [dictado, setDictado] = useState<{ n: number; datos: DatosLote } | null>(null);
  const dichos = useRef(new Map<string, DatosLote>());
  const preguntados = useRef(new Set<string>());
  const serie = useRef(0);

  const recordados = useCallback(
    (
      producto: Pick<FilaProducto, 'pideLote' | 'pideCaducidad'>,
      lugar: Lugar,
      mala: EtiquetaMala | null = null,
    ): DatosLote =>
      pideDatos(producto)
        ? (dichos.current.get(clave(lugar, mala)) ??
          datosRecordados(conteo.current.conteo.lineas, lugar, mala?.crudo))
        : SIN_DATOS,
    [conteo],
  );

  const cierra = useCallback(() => {
    setPide(null);
    setDictado(null);
  }, []);

  /** After a line was saved: remembers what it said, and asks for what it lacks, once. */
  const trasContar = useCallback(
    (producto: FilaProducto, lugar: Lugar, datos: DatosLote, mala: EtiquetaMala | null) => {
      setPide((abierta) => (abierta?.producto.id === producto.id ? abierta : null));
      if (!pideDatos(producto)) return;
      const cual = clave(lugar, mala);
      dichos.current.set(cual, datos);
      if (datoQueFalta(producto, datos) === null || preguntados.current.has(cual)) return;
      preguntados.current.add(cual);
      setDictado(null);
      setPide({ producto, lugar, modo: 'lectura', actual: datos, mala });
    },
    [],
  );

  const abre = useCallback(
    (producto: FilaProducto, lugar: Lugar) => {
      const actual = recordados(producto, lugar);
      const modo = datoQueFalta(producto, actual) === null ? 'siguen' : 'lectura';
      setDictado(null);
      setPide({ producto, lugar, modo, actual, mala: null });
    },
    [recordados],
  );

  const dicta = useCallback((datos: DatosLote) => {
    serie.current += 1;
    setDictado({ n: serie.current, datos });
  }, []);

  /** The sheet's answer. `aContados`: also the lines that say what was in force. */
  const guarda = useCallback(
    (pedido: PideLote, datos: DatosLote, aContados: boolean) => {
      const { lugar, producto, modo, actual, mala } = pedido;
      cierra();
      enOrden(
        async () => {
          const cuantas = await corrigeLote(lugar, datos, (linea) =>
            esDelPedido(pedido, datos, aContados, linea),
          );
          if (modo !== 'corrige' || mismosDatos(recordados(producto, lugar), actual))
            dichos.current.set(clave(lugar, mala), datosEnVigor(pedido, datos, aContados));
          const dicho = textoDatos(datos) ?? '';
          avisa(
            cuantas === 0
              ? `${dicho}: vale para lo que sigue.`
              : `${dicho}, en ${plural(cuantas, 'línea', 'líneas')}.`,
            'ok',
          );
        },
        { valor: textoDatos(datos) ?? '', producto: producto.nombre },
      );
    },
    [avisa, cierra, enOrden, recordados],
  );

  return { pide, setPide, dictado, dicta, recordados, trasContar, abre, guarda, cierra };
}
