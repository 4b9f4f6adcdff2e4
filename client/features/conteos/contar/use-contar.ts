import { useCallback, useEffect, useRef, useState } from 'react';
import { now } from '#client/offline/clock.ts';
import {
  type ConteoDetalle,
  cero,
  contar,
  corregirA,
  deshacer,
  type FilaProducto,
  type Hallado,
  type Lectura,
  type LineaVista,
  type Lugar,
  type RenglonContado,
} from '#client/offline/index.ts';
import { acceptManual, type ManualRejection, type ScanEvent, signalScan } from '#client/scanner/index.ts';
import { cantidadTexto, needsConfirmation, parseCantidad, toCantidad } from '#shared/domain/cantidad.ts';
import type { DatosLote } from '#shared/domain/lotes.ts';
import { mensajeDe } from '#shared/errores.ts';
import { cantidadNatural } from '#shared/formato.ts';
import { datosQueQuedan } from './datos-lote.ts';
import { notaQueSigue } from './notas-de.ts';
import { noSeCuenta } from './se-cuenta.ts';
import { useCaja } from './use-caja.ts';
import { useDatosLote } from './use-datos-lote.ts';
import { useEscritura } from './use-escritura.ts';
import { useLectura } from './use-lectura.ts';
import { useRenglones } from './use-renglones.ts';

/** What the middle of the counting screen shows: the last thing that was read or chosen. */
export type Ultimo =
  | { tipo: 'producto'; producto: FilaProducto; marca: string | null; flash: number }
  | {
      tipo: 'desconocido';
      codigo: string;
      simbologia: string | null;
      lineaId: string;
      /** What is wrong with its label, where something is. */
      explica: string | null;
      flash: number;
    };

/** A question that has to be answered before anything is written. */
export type Pregunta =
  | { tipo: 'cual'; hallados: Hallado[]; evento: ScanEvent; etiqueta: Lectura['etiqueta'] }
  | { tipo: 'digito'; rechazo: ManualRejection }
  | { tipo: 'cero'; producto: FilaProducto; unidades: string }
  | { tipo: 'grande'; texto: string; seguir: () => void };

/** The catalogue holds any small integer; people type at most three decimals. */
function decimalesPermitidos(decimales: number): 0 | 1 | 2 | 3 {
  return decimales >= 3 ? 3 : decimales === 2 ? 2 : decimales === 1 ? 1 : 0;
}

/**
 * The counting screen's behaviour: readings, number pad, corrections. Everything is written one after another, so two
 * quick readings never overtake each other, and the sound comes after the line is on disk.
 */
export function useContar(
  conteo: ConteoDetalle,
  ubicacionId: string | null,
  condicion: LineaVista['condicion'],
  cambiaUbicacion: (id: string) => void,
) {
  const [ultimo, setUltimo] = useState<Ultimo | null>(null);
  const [pregunta, setPregunta] = useState<Pregunta | null>(null);
  const { enOrden, fallo, descartaFallo, aviso, avisa, sinAviso } = useEscritura();
  const [cantidad, setCantidad] = useState('');
  const serie = useRef(0);
  const vivo = useRef({ conteo, ubicacionId, condicion });
  useEffect(() => {
    vivo.current = { conteo, ubicacionId, condicion };
  });

  const muestra = useCallback(
    (producto: FilaProducto, marca: string | null) => {
      serie.current += 1;
      setUltimo({ tipo: 'producto', producto, marca, flash: serie.current });
      setCantidad('');
      sinAviso();
    },
    [sinAviso],
  );

  const muestraDesconocido = useCallback(
    (leido: Omit<Extract<Ultimo, { tipo: 'desconocido' }>, 'flash' | 'tipo'>) => {
      serie.current += 1;
      setCantidad('');
      sinAviso();
      setUltimo({ tipo: 'desconocido', ...leido, flash: serie.current });
    },
    [sinAviso],
  );

  const lotes = useDatosLote(vivo, enOrden, avisa);
  const caja = useCaja(vivo, enOrden, avisa, muestra);
  const { onScan, onScanEnHoja, elige } = useLectura({
    vivo,
    enOrden,
    avisa,
    muestra,
    muestraDesconocido,
    setPregunta,
    cambiaUbicacion,
    lotes,
    caja,
  });

  /** A typed code that does not hold: said at once; one whose check digit fails may still be meant. */
  const rechaza = useCallback(
    (rechazo: ManualRejection) => {
      signalScan('error');
      if (rechazo.forzable) setPregunta({ tipo: 'digito', rechazo });
      else avisa(rechazo.mensaje, 'error');
    },
    [avisa],
  );
  const fuerza = useCallback(
    (rechazo: ManualRejection) => {
      setPregunta(null);
      const aceptado = acceptManual(rechazo.codigo, now().getTime(), { force: true });
      if (aceptado !== null && 'event' in aceptado) onScan(aceptado.event);
    },
    [onScan],
  );

  const lugarDe = useCallback((producto: FilaProducto): Lugar => {
    const { conteo: c, ubicacionId: donde, condicion: como } = vivo.current;
    return {
      conteoId: c.id,
      intento: c.intento,
      productoId: producto.id,
      ubicacionId: donde,
      condicion: como,
    };
  }, []);

  /** Reads what was typed; asks again above 99,999; says what is wrong and keeps the digits. */
  const conCantidad = useCallback(
    (decimales: number, seguir: (texto: string) => void) => {
      const leida = parseCantidad(cantidad, { decimales: decimalesPermitidos(decimales) });
      if (!leida.ok) {
        signalScan('error');
        avisa(mensajeDe(leida.code), 'error');
        return;
      }
      const texto = cantidadTexto(leida.value);
      if (needsConfirmation(leida.value)) setPregunta({ tipo: 'grande', texto, seguir: () => seguir(texto) });
      else seguir(texto);
    },
    [avisa, cantidad],
  );

  const sumar = useCallback(() => {
    if (ultimo === null) return;
    if (ultimo.tipo === 'desconocido') {
      conCantidad(3, (texto) => {
        const { conteo: c, ubicacionId: donde, condicion: como } = vivo.current;
        enOrden(
          async () => {
            await contar({
              conteoId: c.id,
              intento: c.intento,
              ubicacionId: donde,
              condicion: como,
              codigoCrudo: ultimo.codigo,
              simbologia: ultimo.simbologia,
              fuente: 'manual',
              productoId: null,
              cantidad: texto,
              factor: '1',
            });
            signalScan('exito');
            setCantidad('');
            avisa(`Se sumaron ${texto}.`, 'ok');
          },
          { valor: texto, codigo: ultimo.codigo },
        );
      });
      return;
    }
    const { producto } = ultimo;
    conCantidad(producto.decimales, (texto) =>
      enOrden(
        async () => {
          const lugar = lugarDe(producto);
          const datos = lotes.recordados(producto, lugar);
          await contar({
            ...lugar,
            ...datos,
            codigoCrudo: null,
            simbologia: null,
            fuente: 'manual',
            cantidad: texto,
            factor: '1',
          });
          signalScan('exito');
          muestra(producto, `+${texto}`);
          caja.cierra();
          lotes.trasContar(producto, lugar, datos, null);
        },
        { valor: texto, producto: producto.nombre, codigo: producto.codigo },
      ),
    );
  }, [
    avisa,
    caja.cierra,
    conCantidad,
    enOrden,
    lotes.recordados,
    lotes.trasContar,
    lugarDe,
    muestra,
    ultimo,
  ]);

  const corregir = useCallback(() => {
    if (ultimo?.tipo !== 'producto') return;
    const { producto } = ultimo;
    conCantidad(producto.decimales, (texto) =>
      enOrden(
        async () => {
          const lugar = lugarDe(producto);
          const { lineas } = vivo.current.conteo;
          const { datos, nota } = datosQueQuedan(lineas, lugar);
          await corregirA(lugar, texto, { ...datos, nota: notaQueSigue(lineas, lugar, nota) });
          caja.cierra();
          signalScan('exito');
          muestra(producto, `corregido a ${texto}`);
        },
        { valor: texto, producto: producto.nombre, codigo: producto.codigo },
      ),
    );
  }, [caja.cierra, conCantidad, enOrden, lugarDe, muestra, ultimo]);

  const ponCero = useCallback(
    (producto: FilaProducto, anularAntes = false) => {
      setPregunta(null);
      enOrden(
        async () => {
          const hecho = await cero(lugarDe(producto), { anular: anularAntes });
          if (!hecho.guardado) {
            setPregunta({
              tipo: 'cero',
              producto,
              unidades: cantidadNatural(toCantidad(hecho.unidades), producto.unidad),
            });
            return;
          }
          signalScan('exito');
          muestra(producto, 'cero');
        },
        { valor: '0', producto: producto.nombre, codigo: producto.codigo },
      );
    },
    [enOrden, lugarDe, muestra],
  );

  const deshaz = useCallback(() => {
    enOrden(
      async () => {
        const { conteo: c } = vivo.current;
        const hecha = await deshacer(c.id, c.intento);
        caja.cierra();
        avisa(hecha === null ? 'No hay nada que deshacer.' : 'Se quitó lo último que contaste.', 'ok');
      },
      { valor: 'deshacer' },
    );
  }, [avisa, caja.cierra, enOrden]);

  const renglones = useRenglones(conteo.id, enOrden, avisa);

  return {
    ultimo,
    pregunta,
    cierraPregunta: () => setPregunta(null),
    fallo,
    descartaFallo,
    aviso,
    cantidad,
    setCantidad,
    onScan,
    onScanEnHoja,
    lotes,
    caja,
    /** The chip of the card: what is in force for this product here. */
    enOrden,
    avisa,
    /** From the list: some lines of a row say their lot wrong, or not at all. */
    corrigeDeLista: (renglon: RenglonContado, { lote, caduca, dot }: DatosLote) => {
      if (renglon.productoId === null) return;
      const { conteo: c } = vivo.current;
      lotes.setPide({
        producto: {
          id: renglon.productoId,
          nombre: renglon.nombre ?? renglon.codigo,
          pideLote: renglon.pideLote,
          pideCaducidad: renglon.pideCaducidad,
        },
        lugar: {
          conteoId: c.id,
          intento: c.intento,
          productoId: renglon.productoId,
          ubicacionId: renglon.ubicacionId,
          condicion: renglon.condicion,
        },
        modo: 'corrige',
        actual: { lote, caduca, dot },
        mala: null,
      });
    },
    cambiaLote: (producto: FilaProducto) => lotes.abre(producto, lugarDe(producto)),
    datosDe: (producto: FilaProducto) => lotes.recordados(producto, lugarDe(producto)),
    rechaza,
    fuerza,
    elige,
    sumar,
    corregir,
    ponCero,
    deshaz,
    ...renglones,
    /** Chosen by search or from `Sin contar`: nothing is written until the pad or `Cero` says how many. */
    prepara: (producto: FilaProducto) => {
      const motivo = noSeCuenta(producto);
      if (motivo === null) muestra(producto, null);
      else {
        signalScan('error');
        avisa(motivo, 'error');
      }
    },
    sigue: () => setUltimo(null),
  };
}
