import { type RefObject, useCallback, useRef } from 'react';
import {
  buscarUbicacion,
  type ConteoDetalle,
  contar,
  type FilaProducto,
  type Hallado,
  type Lectura,
  type LineaVista,
  leeLectura,
} from '#client/offline/index.ts';
import { opcionesGs1, type ScanEvent, signalScan } from '#client/scanner/index.ts';
import { cantidadTexto, toCantidad, UNA_UNIDAD } from '#shared/domain/cantidad.ts';
import { esGtin } from '#shared/domain/codigos.ts';
import { type DatosLote, datosQueSiguen, LOTE_MAXIMO, limpiaLote, SIN_DATOS } from '#shared/domain/lotes.ts';
import { mensajeDe } from '#shared/errores.ts';
import { cantidadVista } from '#shared/formato.ts';
import { avisoDeContado, noSeCuenta } from './se-cuenta.ts';
import type { useCaja } from './use-caja.ts';
import type { Pregunta, Ultimo } from './use-contar.ts';
import type { useDatosLote } from './use-datos-lote.ts';
import type { useEscritura } from './use-escritura.ts';

type Escritura = ReturnType<typeof useEscritura>;
type Etiqueta = Lectura['etiqueta'];

export type EnPantalla = {
  conteo: ConteoDetalle;
  ubicacionId: string | null;
  condicion: LineaVista['condicion'];
};

export type Lector = {
  vivo: RefObject<EnPantalla>;
  enOrden: Escritura['enOrden'];
  avisa: Escritura['avisa'];
  muestra: (producto: FilaProducto, marca: string | null) => void;
  muestraDesconocido: (ultimo: Omit<Extract<Ultimo, { tipo: 'desconocido' }>, 'flash' | 'tipo'>) => void;
  setPregunta: (pregunta: Pregunta | null) => void;
  cambiaUbicacion: (id: string) => void;
  lotes: ReturnType<typeof useDatosLote>;
  caja: ReturnType<typeof useCaja>;
};

/** Why a label was not taken whole, in a sentence; null when it was. */
export function explicaEtiqueta(etiqueta: Etiqueta): string | null {
  if (etiqueta === null) return null;
  if (etiqueta.fallo !== null) return mensajeDe(etiqueta.fallo.code, { ai: etiqueta.fallo.ai });
  return etiqueta.sscc !== null && etiqueta.gtin === null ? mensajeDe('GS1_TARIMA') : null;
}

/** The same pallet or the same piece twice: its label carries a number that only it has. */
export function repetida(
  lineas: readonly Pick<LineaVista, 'codigoCrudo' | 'anulada' | 'tipo'>[],
  etiqueta: Etiqueta,
  codigo: string,
): string | null {
  if (etiqueta === null || (etiqueta.serie === null && etiqueta.sscc === null)) return null;
  if (!lineas.some((l) => l.tipo === 'suma' && !l.anulada && l.codigoCrudo === codigo)) return null;
  return etiqueta.serie === null
    ? 'Esa tarima ya estaba contada. Si es la misma, toca Deshacer.'
    : `La serie ${etiqueta.serie} ya estaba contada. Si es la misma pieza, toca Deshacer.`;
}

/**
 * What a reading that is no product's code says of the package in hand: the lot and date of a GS1 label without a GTIN, or
 * a short text that is no GTIN, as lots are printed. null: it is to be counted.
 */
export function dictadoDe(codigo: string, { hallados, etiqueta }: Lectura): DatosLote | null {
  if (hallados.length > 0) return null;
  if (etiqueta !== null) {
    const { gtin, sscc, lote, caduca, fallo } = etiqueta;
    const soloLote = gtin === null && sscc === null && fallo === null && (lote ?? caduca) !== null;
    return soloLote ? { lote, caduca, dot: null } : null;
  }
  const texto = limpiaLote(codigo);
  return texto.length > LOTE_MAXIMO || esGtin(texto) ? null : { ...SIN_DATOS, lote: texto };
}

/** What becomes of each reading: a product, a bin, an unknown code that is kept, or a question. */
export function useLectura(lector: Lector) {
  const { vivo, enOrden, avisa, muestra, muestraDesconocido, setPregunta, cambiaUbicacion, lotes, caja } =
    lector;
  /** Said once for each fault while the screen is open: a whole pallet of bad labels is one problem. */
  const explicados = useRef(new Set<string>());

  const cuenta = useCallback(
    async ({ producto, factor, empaque }: Hallado, evento: ScanEvent, etiqueta: Etiqueta) => {
      const { conteo: c, ubicacionId, condicion } = vivo.current;
      const lugar = { conteoId: c.id, intento: c.intento, productoId: producto.id, ubicacionId, condicion };
      const dicho =
        etiqueta === null
          ? { cantidad: UNA_UNIDAD, factor: toCantidad(factor), dice: null, absurda: false }
          : (await import('#shared/domain/gs1/etiqueta.ts')).cuantoDice(
              etiqueta,
              producto.unidad,
              toCantidad(factor),
            );
      const explica = explicaEtiqueta(etiqueta);
      // What a damaged label hides is not the lot of the ones before it.
      const mala = explica === null ? null : { crudo: evento.codigo, explica };
      const datos = datosQueSiguen(lotes.recordados(producto, lugar, mala), etiqueta);
      const yaContada = repetida(c.lineas, etiqueta, evento.codigo);
      const linea = await contar({
        ...lugar,
        ...datos,
        codigoCrudo: evento.codigo,
        simbologia: opcionesGs1(evento).simbologia ?? null,
        fuente: evento.fuente,
        cantidad: cantidadTexto(dicho.cantidad),
        factor: cantidadTexto(dicho.factor),
      });
      signalScan('exito');
      const unidades = (dicho.cantidad * dicho.factor) / UNA_UNIDAD;
      muestra(producto, marcaDe(unidades, dicho.dice, empaque));
      const problema =
        yaContada ??
        (dicho.absurda ? 'La etiqueta dice demasiadas piezas: se contó una.' : null) ??
        (explica === null || explicados.current.has(explica) ? null : explica);
      const normal = avisoDeContado(producto, c.productoIds);
      if (problema !== null) avisa(problema, 'error');
      else if (normal !== null) avisa(normal, 'ok');
      if (explica !== null) explicados.current.add(explica);
      if (dicho.dice !== 'medida') {
        caja.trasContar({ producto, lineaId: linea.id, unidades, segunEtiqueta: dicho.dice === 'piezas' });
      } else caja.cierra();
      lotes.trasContar(producto, lugar, datos, mala);
    },
    [avisa, caja.cierra, caja.trasContar, lotes.recordados, lotes.trasContar, muestra, vivo],
  );

  const lee = useCallback(
    async (evento: ScanEvent) => {
      const { conteo: c, ubicacionId, condicion } = vivo.current;
      const opciones = opcionesGs1(evento);
      const { hallados, etiqueta } = await leeLectura({ ...evento, ...opciones });
      const unico = hallados[0];
      if (unico === undefined) {
        const ubicacion = await buscarUbicacion(c.almacenId, evento.codigo);
        if (ubicacion !== null) {
          signalScan('exito');
          cambiaUbicacion(ubicacion.id);
          avisa(`Ubicación ${ubicacion.codigo}`, 'ok');
          return;
        }
        const yaContada = repetida(c.lineas, etiqueta, evento.codigo);
        const linea = await contar({
          conteoId: c.id,
          intento: c.intento,
          ubicacionId,
          condicion,
          ...datosQueSiguen(SIN_DATOS, etiqueta),
          codigoCrudo: evento.codigo,
          simbologia: opciones.simbologia ?? null,
          fuente: evento.fuente,
          productoId: null,
          cantidad: '1',
          factor: '1',
        });
        signalScan('desconocido');
        // Another thing is in hand now: what was asked about the one before stays flagged.
        caja.cierra();
        lotes.cierra();
        muestraDesconocido({
          codigo: evento.codigo,
          simbologia: opciones.simbologia ?? null,
          lineaId: linea.id,
          explica: explicaEtiqueta(etiqueta),
        });
        if (yaContada !== null) avisa(yaContada, 'error');
        return;
      }
      if (hallados.length > 1) {
        signalScan('desconocido');
        setPregunta({ tipo: 'cual', hallados, evento, etiqueta });
        return;
      }
      const motivo = noSeCuenta(unico.producto);
      if (motivo !== null) {
        signalScan('error');
        avisa(motivo, 'error');
        return;
      }
      await cuenta(unico, evento, etiqueta);
    },
    [avisa, caja.cierra, cambiaUbicacion, cuenta, lotes.cierra, muestraDesconocido, setPregunta, vivo],
  );

  const onScan = useCallback(
    (evento: ScanEvent) => enOrden(() => lee(evento), { valor: '1', codigo: evento.codigo }),
    [enOrden, lee],
  );

  const elige = useCallback(
    (hallado: Hallado, evento: ScanEvent, etiqueta: Etiqueta) => {
      setPregunta(null);
      enOrden(() => cuenta(hallado, evento, etiqueta), {
        valor: hallado.factor,
        producto: hallado.producto.nombre,
        codigo: evento.codigo,
      });
    },
    [cuenta, enOrden, setPregunta],
  );

  /**
   * A reading while the lot is being asked. A product's code counts as always; what is no product's code is what the
   * package says of its lot, and goes into the sheet's fields, where the person sees it before it is kept.
   */
  const onScanEnHoja = useCallback(
    (evento: ScanEvent) => {
      enOrden(
        async () => {
          const dictado = dictadoDe(evento.codigo, await leeLectura({ ...evento, ...opcionesGs1(evento) }));
          const { almacenId } = vivo.current.conteo;
          if (dictado !== null && (await buscarUbicacion(almacenId, evento.codigo)) === null) {
            signalScan('exito');
            lotes.dicta(dictado);
            return;
          }
          await lee(evento);
        },
        { valor: '1', codigo: evento.codigo },
      );
    },
    [enOrden, lee, lotes.dicta, vivo],
  );

  return { onScan, onScanEnHoja, elige };
}

/** "+1", "+12 caja", "+1.25 kg según la etiqueta". */
function marcaDe(unidades: bigint, dice: 'medida' | 'piezas' | null, empaque: string | null): string {
  if (dice !== null) return `+${cantidadVista(unidades)} según la etiqueta`;
  return unidades === UNA_UNIDAD ? '+1' : `+${cantidadVista(unidades)} ${empaque ?? 'caja'}`;
}
