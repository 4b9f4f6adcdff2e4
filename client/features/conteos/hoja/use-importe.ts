import { useMemo, useState } from 'react';
import { errorDe } from '#client/app/trpc.ts';
import { now } from '#client/offline/clock.ts';
import { type ConteoDetalle, type Hallado, type Identidad, NoGuardado } from '#client/offline/index.ts';
import { buscarVarios, capturarPapel, type LineaPapel } from '#client/offline/papel.ts';
import { renglonImportadoId } from '#shared/domain/ajuste-id.ts';
import { cantidadTexto, toCantidad } from '#shared/domain/cantidad.ts';
import { multiplica } from '#shared/domain/decimal.ts';
import { horasDePagina, instanteDeRenglon, notaDeHoja } from '#shared/domain/hoja-captura.ts';
import {
  codigosPorBuscar,
  FILAS_MAXIMO,
  hallaUbicacion,
  type LineaImportada,
  revisaImporte,
} from '#shared/domain/importa-conteo.ts';
import type { Candidato, Conocido } from '#shared/domain/importa-fila.ts';
import { type Columnas, type FilaCruda, hallaColumnas } from '#shared/domain/tabla-conteo.ts';
import { mensajeDe } from '#shared/errores.ts';
import { noSeCuenta } from '../contar/se-cuenta.ts';
import { llevoAparte, vivasDe } from './estado-renglon.ts';
import { type DatosPagina, decimalesDe } from './use-captura.ts';

type Cargado = {
  filas: readonly FilaCruda[];
  columnas: Columnas;
  porBuscar: ReadonlyMap<string, string[]>;
  hallados: ReadonlyMap<string, Hallado[]>;
};

const candidatoDe = ({ producto, factor }: Hallado): Candidato => ({
  productoId: producto.id,
  codigo: producto.codigo,
  nombre: producto.nombre,
  decimales: decimalesDe(producto),
  noSeCuenta: noSeCuenta(producto),
  factor,
});

/** Of a row that was voided after it was saved, the next id: a table can be read again after a mistake. */
function idDe(
  conteo: ConteoDetalle,
  persona: Identidad,
  linea: LineaImportada,
  anuladas: ReadonlySet<string>,
): string {
  const de = { conteoId: conteo.id, intento: conteo.intento, usuarioId: persona.usuarioId };
  for (let vez = 0; ; vez += 1) {
    const id = renglonImportadoId(de, linea.celdas, linea.igual + vez * FILAS_MAXIMO);
    if (!anuladas.has(id)) return id;
  }
}

/** A table read once, reviewed at each answer, and saved when accepted. */
export function useImporte(conteo: ConteoDetalle, persona: Identidad, zona: string) {
  const [cargado, setCargado] = useState<Cargado | null>(null);
  const [respuestas, setRespuestas] = useState<ReadonlyMap<string, string>>(new Map());
  const [ocupado, setOcupado] = useState<'lee' | 'guarda' | null>(null);
  const [falla, setFalla] = useState<string | null>(null);
  const [hecho, setHecho] = useState<{ nuevas: number; yaEstaban: number } | null>(null);
  const [avance, setAvance] = useState(0);
  const [noGuardado, setNoGuardado] = useState<NoGuardado | null>(null);

  const carga = async (lee: () => Promise<readonly FilaCruda[]> | readonly FilaCruda[]) => {
    setOcupado('lee');
    setFalla(null);
    setHecho(null);
    setRespuestas(new Map());
    try {
      const filas = await lee();
      const columnas = hallaColumnas(filas);
      if (columnas === null) {
        setCargado(null);
        setFalla(mensajeDe('TABLA_SIN_COLUMNAS'));
        return;
      }
      const porBuscar = codigosPorBuscar(filas, columnas);
      const hallados = await buscarVarios([...porBuscar.keys(), ...[...porBuscar.values()].flat()]);
      setCargado({ filas, columnas, porBuscar, hallados });
    } catch (error) {
      setCargado(null);
      setFalla(errorDe(error).mensaje);
    } finally {
      setOcupado(null);
    }
  };

  const anuladas = useMemo(
    () => new Set(conteo.lineas.filter(({ anulada }) => anulada).map(({ id }) => id)),
    [conteo.lineas],
  );
  const revision = useMemo(() => {
    if (cargado === null) return null;
    const vivas = vivasDe(conteo);
    const de = (codigo: string) => (cargado.hallados.get(codigo) ?? []).map(candidatoDe);
    const conocido = (propias: ReadonlySet<string> | null): Conocido => ({
      exactos: de,
      conCeros: (codigo) => [codigo, ...(cargado.porBuscar.get(codigo) ?? [])].flatMap(de),
      ubicacion: (escrito) => hallaUbicacion(conteo.ubicaciones, escrito),
      llevo: (productoId, ubicacionId) =>
        propias === null
          ? 0n
          : llevoAparte(vivas, { intento: conteo.intento, productoId, ubicacionId }, propias),
    });
    const { filas, columnas } = cargado;
    // Lines of this very table that are there already are not "what I have besides".
    const todas = revisaImporte(filas, columnas, conocido(null), respuestas).lineas;
    const propias = new Set(todas.map((linea) => idDe(conteo, persona, linea, anuladas)));
    return revisaImporte(filas, columnas, conocido(propias), respuestas);
  }, [cargado, respuestas, conteo, persona, anuladas]);

  const guardadas = useMemo(() => new Set(conteo.lineas.map(({ id }) => id)), [conteo.lineas]);
  const yaEstan =
    revision?.lineas.filter((linea) => guardadas.has(idDe(conteo, persona, linea, anuladas))).length ?? 0;

  const aplica = async (datos: DatosPagina): Promise<void> => {
    if (revision === null) return;
    const horas = horasDePagina(datos, zona, now().getTime());
    if (!horas.ok) return setFalla(mensajeDe(horas.code));
    if (datos.conto.trim() === '') return setFalla('Falta quién contó: escribe su nombre.');
    setOcupado('guarda');
    setFalla(null);
    setAvance(0);
    const total = revision.lineas.length;
    const lineas = revision.lineas.map((linea, i): LineaPapel => {
      const { captura } = linea;
      const suma = captura.tipo === 'suma';
      const factor = suma ? multiplica(captura.factor, 5, toCantidad(linea.empaque), 5, 5) : toCantidad('1');
      return {
        id: idDe(conteo, persona, linea, anuladas),
        ubicacionId: linea.ubicacionId,
        productoId: linea.productoId,
        codigoCrudo: linea.codigo,
        tipo: captura.tipo,
        cantidad: suma ? cantidadTexto(captura.cantidad) : '0',
        factor: cantidadTexto(factor),
        lote: linea.lote === '' ? null : linea.lote,
        nota: notaDeHoja({
          donde: `fila ${linea.fila}`,
          conto: datos.conto,
          escrito: linea.escrito,
          nota: linea.nota,
        }),
        contadoEn: new Date(instanteDeRenglon(horas.value, i, total)).toISOString(),
      };
    });
    try {
      const nuevas = await capturarPapel(conteo, lineas, [], setAvance);
      setHecho({ nuevas, yaEstaban: total - nuevas });
      setCargado(null);
    } catch (error) {
      if (error instanceof NoGuardado) setNoGuardado(error);
      setFalla(errorDe(error).mensaje);
    } finally {
      setOcupado(null);
    }
  };

  return {
    carga,
    revision,
    respuestas,
    responde: (clave: string, valor: string) => setRespuestas((antes) => new Map(antes).set(clave, valor)),
    yaEstan,
    ocupado,
    avance,
    falla,
    hecho,
    noGuardado,
    olvida: () => {
      setCargado(null);
      setFalla(null);
      setHecho(null);
    },
    aplica,
  };
}
