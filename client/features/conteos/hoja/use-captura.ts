import { useCallback, useMemo, useState } from 'react';
import { now } from '#client/offline/clock.ts';
import { buscarCodigo, type ConteoDetalle, type FilaProducto, type Hallado } from '#client/offline/index.ts';
import { capturarPapel, type DatosHoja } from '#client/offline/papel.ts';
import { signalScan } from '#client/scanner/index.ts';
import { cantidadTexto, decimalesDeUnidad } from '#shared/domain/cantidad.ts';
import { limpiaCodigo } from '#shared/domain/codigos.ts';
import {
  type Captura,
  horasDePagina,
  instanteDeRenglon,
  leeCaptura,
  notaDeHoja,
} from '#shared/domain/hoja-captura.ts';
import { type PaginaHoja, type RenglonHoja, renglonesDePagina } from '#shared/domain/hoja-conteo.ts';
import { mensajeDe } from '#shared/errores.ts';
import { cantidadNatural } from '#shared/formato.ts';
import { noSeCuenta } from '../contar/se-cuenta.ts';
import { useEscritura } from '../contar/use-escritura.ts';
import { type DeQuien, estadoRenglon, llevoAparte, mismaCantidad, vivasDe } from './estado-renglon.ts';

/** What the head of a paper page says. */
export type DatosPagina = { conto: string; fecha: string; empezo: string; termino: string };

export type Dicho = { texto: string; tono: 'error' | 'aviso' };

/** Several products have the code of an unlisted row: asked before anything is saved. */
export type Eleccion = { fila: RenglonHoja; texto: string; codigo: string; hallados: Hallado[] };

export function decimalesDe(producto: Pick<FilaProducto, 'decimales' | 'unidad'>): 0 | 1 | 2 | 3 {
  return Math.min(3, Math.max(producto.decimales, decimalesDeUnidad(producto.unidad))) as 0 | 1 | 2 | 3;
}

/** Captures rows of one page: each is saved when it is left, so a page that is put aside half done loses nothing. */
export function useCaptura(
  conteo: ConteoDetalle,
  hoja: DatosHoja,
  pagina: PaginaHoja,
  datos: DatosPagina,
  usuarioId: string,
) {
  const { enOrden, fallo, descartaFallo, aviso } = useEscritura();
  const [dichos, setDichos] = useState<ReadonlyMap<number, Dicho>>(new Map());
  const [eleccion, setEleccion] = useState<Eleccion | null>(null);
  const porId = useMemo(() => new Map(conteo.lineas.map((linea) => [linea.id, linea])), [conteo.lineas]);
  const vivas = useMemo(() => vivasDe(conteo), [conteo]);
  const de: DeQuien = useMemo(
    () => ({ conteoId: conteo.id, intento: conteo.intento, usuarioId }),
    [conteo.id, conteo.intento, usuarioId],
  );
  const filas = useMemo(() => renglonesDePagina(pagina), [pagina]);
  const estados = useMemo(
    () => new Map(filas.map(({ renglon }) => [renglon, estadoRenglon(porId, de, renglon)])),
    [filas, porId, de],
  );
  const horas = horasDePagina(datos, hoja.zona, now().getTime());

  const di = useCallback((renglon: number, dicho: Dicho | null) => {
    setDichos((antes) => {
      const despues = new Map(antes);
      if (dicho === null) despues.delete(renglon);
      else despues.set(renglon, dicho);
      return despues;
    });
  }, []);

  const error = (renglon: number, texto: string): false => {
    signalScan('error');
    di(renglon, { texto, tono: 'error' });
    return false;
  };

  /** Saves what was read of a row; true when there is nothing left to say about it. */
  function guarda(
    fila: RenglonHoja,
    texto: string,
    captura: Captura,
    que: { producto: FilaProducto | null; codigo: string | null },
  ): boolean {
    const { renglon } = fila;
    const { previa, siguiente } = estados.get(renglon)!;
    if (captura.tipo === 'vacia') {
      di(renglon, null);
      if (previa !== null)
        enOrden(async () => void (await capturarPapel(conteo, [], [previa.id])), { valor: 'sin contar' });
      return true;
    }
    const mismoQue =
      previa?.productoId === (que.producto?.id ?? null) &&
      (que.codigo === null || previa?.codigoCrudo === que.codigo);
    if (previa !== null && mismoQue && mismaCantidad(previa, captura)) {
      di(renglon, null);
      return true;
    }
    if (!horas.ok) return error(renglon, mensajeDe(horas.code));
    if (datos.conto.trim() === '') return error(renglon, 'Falta quién contó esta página.');
    const propias = new Set(previa === null ? [] : [previa.id]);
    const aparte =
      que.producto === null
        ? 0n
        : llevoAparte(
            vivas,
            { intento: conteo.intento, productoId: que.producto.id, ubicacionId: fila.ubicacionId },
            propias,
          );
    const cuanto = cantidadNatural(aparte, que.producto?.unidad ?? 'PZA');
    if (captura.tipo === 'cero' && aparte > 0n) {
      return error(
        renglon,
        `Ya llevas ${cuanto} aquí, contadas aparte de este renglón. Anúlalas antes de poner 0.`,
      );
    }
    di(
      renglon,
      aparte > 0n
        ? { texto: `Además llevas ${cuanto} aquí, contadas aparte: se suman.`, tono: 'aviso' }
        : null,
    );
    const suma = captura.tipo === 'suma';
    const instante = instanteDeRenglon(horas.value, filas.indexOf(fila), filas.length);
    const linea = {
      id: siguiente,
      ubicacionId: fila.ubicacionId,
      productoId: que.producto?.id ?? null,
      codigoCrudo: que.codigo,
      tipo: captura.tipo,
      cantidad: suma ? cantidadTexto(captura.cantidad) : '0',
      factor: suma ? cantidadTexto(captura.factor) : '1',
      lote: null,
      nota: notaDeHoja({ donde: `p. ${pagina.numero} r. ${renglon}`, conto: datos.conto, escrito: texto }),
      contadoEn: new Date(instante).toISOString(),
    };
    enOrden(async () => void (await capturarPapel(conteo, [linea], [...propias])), {
      valor: texto,
      ...(que.producto === null ? {} : { producto: que.producto.nombre }),
      codigo: que.producto?.codigo ?? que.codigo ?? '',
    });
    return true;
  }

  /** A row of the list. False: it stays, with its sentence. */
  function captura(fila: RenglonHoja, texto: string): boolean {
    const producto = fila.productoId === null ? undefined : hoja.productos.get(fila.productoId);
    if (producto === undefined) return false;
    const leida = leeCaptura(texto, decimalesDe(producto));
    if (!leida.ok) return error(fila.renglon, mensajeDe(leida.code));
    return guarda(fila, texto, leida.value, { producto, codigo: null });
  }

  function conProducto(
    fila: RenglonHoja,
    texto: string,
    codigo: string,
    producto: FilaProducto | null,
  ): boolean {
    const motivo = producto === null ? null : noSeCuenta(producto);
    if (motivo !== null) return error(fila.renglon, motivo);
    const leida = leeCaptura(texto, producto === null ? 3 : decimalesDe(producto));
    if (!leida.ok) return error(fila.renglon, mensajeDe(leida.code));
    return guarda(fila, texto, leida.value, { producto, codigo });
  }

  /** An empty row of the sheet: its code says what it is, known or not. */
  async function capturaOtro(fila: RenglonHoja, crudo: string, texto: string): Promise<boolean> {
    const codigo = limpiaCodigo(crudo);
    const { previa } = estados.get(fila.renglon)!;
    if (codigo === '' && texto.trim() === '') {
      if (previa !== null) return guarda(fila, '', { tipo: 'vacia' }, { producto: null, codigo: null });
      di(fila.renglon, null);
      return true;
    }
    if (codigo === '') return error(fila.renglon, mensajeDe('CODIGO_VACIO'));
    // Code and quantity come one after the other: half a row is not an error yet.
    if (texto.trim() === '' && previa === null) return false;
    const hallados = await buscarCodigo(codigo);
    if (hallados.length > 1) {
      signalScan('desconocido');
      setEleccion({ fila, texto, codigo, hallados });
      return false;
    }
    return conProducto(fila, texto, codigo, hallados[0]?.producto ?? null);
  }

  return {
    filas,
    estados,
    dichos,
    horas,
    fallo,
    descartaFallo,
    aviso,
    captura,
    capturaOtro,
    eleccion,
    elige: (producto: FilaProducto | null) => {
      if (eleccion !== null && producto !== null)
        conProducto(eleccion.fila, eleccion.texto, eleccion.codigo, producto);
      setEleccion(null);
    },
  };
}
