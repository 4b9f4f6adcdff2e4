import { useCallback, useEffect, useRef, useState } from 'react';
import { now } from '#client/offline/clock.ts';
import {
  buscarCodigo,
  buscarUbicacion,
  type ConteoDetalle,
  cero,
  contar,
  corregirA,
  deshacer,
  type FilaProducto,
  type Hallado,
  type LineaVista,
  type Lugar,
} from '#client/offline/index.ts';
import { acceptManual, type ManualRejection, type ScanEvent, signalScan } from '#client/scanner/index.ts';
import { cantidadTexto, needsConfirmation, parseCantidad, toCantidad } from '#shared/domain/cantidad.ts';
import { mensajeDe } from '#shared/errores.ts';
import { cantidadNatural } from '#shared/formato.ts';
import { notaQueSigue } from './notas-de.ts';
import { avisoDeContado, noSeCuenta } from './se-cuenta.ts';
import { useEscritura } from './use-escritura.ts';
import { useRenglones } from './use-renglones.ts';

/** What the middle of the counting screen shows: the last thing that was read or chosen. */
export type Ultimo =
  | { tipo: 'producto'; producto: FilaProducto; marca: string | null; flash: number }
  | { tipo: 'desconocido'; codigo: string; simbologia: string | null; lineaId: string; flash: number };

/** A question that has to be answered before anything is written. */
export type Pregunta =
  | { tipo: 'cual'; hallados: Hallado[]; evento: ScanEvent }
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

  const cuenta = useCallback(
    async (producto: FilaProducto, factor: string, empaque: string | null, evento: ScanEvent) => {
      const { conteo: c, ubicacionId: donde, condicion: como } = vivo.current;
      await contar({
        conteoId: c.id,
        intento: c.intento,
        ubicacionId: donde,
        condicion: como,
        codigoCrudo: evento.codigo,
        simbologia: evento.simbologia ?? null,
        fuente: evento.fuente,
        productoId: producto.id,
        cantidad: '1',
        factor,
      });
      signalScan('exito');
      muestra(producto, factor === '1' ? '+1' : `+${factor} ${empaque ?? 'caja'}`);
      const dicho = avisoDeContado(producto, c.productoIds);
      if (dicho !== null) avisa(dicho, 'ok');
    },
    [avisa, muestra],
  );

  const lee = useCallback(
    async (evento: ScanEvent) => {
      const { conteo: c, ubicacionId: donde, condicion: como } = vivo.current;
      const hallados = await buscarCodigo(evento.codigo, evento.simbologia);
      const unico = hallados[0];
      if (unico === undefined) {
        const ubicacion = await buscarUbicacion(c.almacenId, evento.codigo);
        if (ubicacion !== null) {
          signalScan('exito');
          cambiaUbicacion(ubicacion.id);
          avisa(`Ubicación ${ubicacion.codigo}`, 'ok');
          return;
        }
        const linea = await contar({
          conteoId: c.id,
          intento: c.intento,
          ubicacionId: donde,
          condicion: como,
          codigoCrudo: evento.codigo,
          simbologia: evento.simbologia ?? null,
          fuente: evento.fuente,
          productoId: null,
          cantidad: '1',
          factor: '1',
        });
        signalScan('desconocido');
        serie.current += 1;
        setCantidad('');
        sinAviso();
        setUltimo({
          tipo: 'desconocido',
          codigo: evento.codigo,
          simbologia: evento.simbologia ?? null,
          lineaId: linea.id,
          flash: serie.current,
        });
        return;
      }
      if (hallados.length > 1) {
        signalScan('desconocido');
        setPregunta({ tipo: 'cual', hallados, evento });
        return;
      }
      const { producto } = unico;
      const motivo = noSeCuenta(producto);
      if (motivo !== null) {
        signalScan('error');
        avisa(motivo, 'error');
        return;
      }
      await cuenta(producto, unico.factor, unico.empaque, evento);
    },
    [avisa, cambiaUbicacion, cuenta, sinAviso],
  );

  const onScan = useCallback(
    (evento: ScanEvent) => enOrden(() => lee(evento), { valor: '1', codigo: evento.codigo }),
    [enOrden, lee],
  );

  const elige = useCallback(
    (hallado: Hallado, evento: ScanEvent) => {
      setPregunta(null);
      enOrden(() => cuenta(hallado.producto, hallado.factor, hallado.empaque, evento), {
        valor: hallado.factor,
        producto: hallado.producto.nombre,
        codigo: evento.codigo,
      });
    },
    [cuenta, enOrden],
  );

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
          await contar({
            ...lugarDe(producto),
            codigoCrudo: null,
            simbologia: null,
            fuente: 'manual',
            cantidad: texto,
            factor: '1',
          });
          signalScan('exito');
          muestra(producto, `+${texto}`);
        },
        { valor: texto, producto: producto.nombre, codigo: producto.codigo },
      ),
    );
  }, [avisa, conCantidad, enOrden, lugarDe, muestra, ultimo]);

  const corregir = useCallback(() => {
    if (ultimo?.tipo !== 'producto') return;
    const { producto } = ultimo;
    conCantidad(producto.decimales, (texto) =>
      enOrden(
        async () => {
          const lugar = lugarDe(producto);
          await corregirA(lugar, texto, { nota: notaQueSigue(vivo.current.conteo.lineas, lugar) });
          signalScan('exito');
          muestra(producto, `corregido a ${texto}`);
        },
        { valor: texto, producto: producto.nombre, codigo: producto.codigo },
      ),
    );
  }, [conCantidad, enOrden, lugarDe, muestra, ultimo]);

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
        avisa(hecha === null ? 'No hay nada que deshacer.' : 'Se quitó lo último que contaste.', 'ok');
      },
      { valor: 'deshacer' },
    );
  }, [avisa, enOrden]);

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
