import type { Ahora } from '#shared/contracts/tablero.ts';
import { DINERO_ESCALA, toDecimal } from '#shared/domain/decimal.ts';
import { mesLargo } from '#shared/domain/tablero/calendario.ts';
import { cuenta, diaVisto, listaNatural, pesos, plural } from '#shared/formato.ts';
import { type Fila, junta, type Sabido } from './fila.ts';
import { hace } from './hace.ts';

/** What the server says of signatures, phones, dead letters, stock, imports and periods. */
export function deLaOficina(s: Sabido, ahora: Ahora): Fila[] {
  const { rol, en, hoy } = s;
  const desde = (instante: string | null) =>
    instante === null ? '' : `el más viejo, de hace ${hace(en - Date.parse(instante))}`;
  const filas: (Fila | false)[] = [];
  const { firmas } = s;
  const { rechazos, equipos, existencias, minimos, importaciones } = ahora;

  if (rechazos !== null && rechazos.rechazados + rechazos.cuarentena + rechazos.enEspera > 0) {
    const total = rechazos.rechazados + rechazos.cuarentena + rechazos.enEspera;
    filas.push({
      clave: 'rechazos',
      icono: 'rechazo',
      tono: 'bad',
      marca: 'decide',
      titulo: total === 1 ? 'Un dato llegó y no se aplicó' : 'Datos que llegaron y no se aplicaron',
      detalle: junta(
        listaNatural(
          [
            rechazos.rechazados > 0 && plural(rechazos.rechazados, 'rechazado', 'rechazados'),
            rechazos.cuarentena > 0 && `${cuenta(rechazos.cuarentena)} en cuarentena`,
            rechazos.enEspera > 0 && `${cuenta(rechazos.enEspera)} en espera de una versión nueva`,
          ].filter((x) => x !== false),
        ),
        desde(rechazos.masViejo),
      ),
      valor: cuenta(total),
      a: { to: '/mas/envios' },
    });
  }
  if (importaciones !== null) {
    for (const fallida of importaciones.fallidas) {
      filas.push({
        clave: `archivo-${fallida.id}`,
        icono: 'archivo',
        tono: 'bad',
        marca: 'no entró',
        titulo: fallida.archivo,
        detalle: `La importación falló hace ${hace(en - Date.parse(fallida.en))}; nada de ella se aplicó.`,
        a: { to: '/importar/$uploadId', params: { uploadId: fallida.id } },
      });
    }
  }
  if (firmas !== undefined && firmas.total > 0) {
    const tardios = firmas.total - firmas.manuales;
    const ajenas = firmas.total - firmas.mias;
    filas.push({
      clave: 'firmas',
      icono: 'firma',
      tono: firmas.mias > 0 ? 'warn' : 'neutral',
      marca: firmas.mias > 0 ? 'por firmar' : 'de otra persona',
      titulo: firmas.mias > 0 ? 'Esperan tu firma' : 'Esperan la firma de alguien más',
      detalle: junta(
        listaNatural(
          [
            firmas.manuales > 0 && plural(firmas.manuales, 'ajuste a mano', 'ajustes a mano'),
            tardios > 0 && plural(tardios, 'movimiento tardío', 'movimientos tardíos'),
          ].filter((x) => x !== false),
        ),
        `por ${pesos(toDecimal(firmas.pesos, DINERO_ESCALA))}`,
        firmas.sinCosto > 0 && `${cuenta(firmas.sinCosto)} sin costo`,
        firmas.mias > 0 &&
          ajenas > 0 &&
          `${cuenta(ajenas)} le ${ajenas === 1 ? 'toca' : 'tocan'} a otra persona`,
      ),
      valor: cuenta(firmas.mias > 0 ? firmas.mias : firmas.total),
      a: { to: '/firmas' },
    });
  }
  if (equipos !== null && equipos.conPendientes > 0) {
    filas.push({
      clave: 'equipos',
      icono: 'equipo',
      tono: 'warn',
      marca: 'sin enviar',
      titulo: `${plural(equipos.conPendientes, 'teléfono', 'teléfonos')} con datos sin enviar`,
      detalle: junta(plural(equipos.pendientes, 'dato', 'datos'), desde(equipos.masViejo)),
      valor: cuenta(equipos.pendientes),
      a: { to: '/mas/dispositivos' },
    });
  }
  const deMinimos =
    minimos !== null &&
    minimos.debajo > 0 &&
    ({
      clave: 'minimos',
      icono: 'minimo',
      tono: rol === 'comprador' ? 'warn' : 'neutral',
      marca: 'por comprar',
      titulo: 'Productos debajo de su mínimo',
      detalle: junta(
        minimos.agotados > 0 && plural(minimos.agotados, 'ya se agotó', 'ya se agotaron'),
        `de ${plural(minimos.con, 'producto con mínimo', 'productos con mínimo')}`,
      ),
      valor: cuenta(minimos.debajo),
      a: { to: '/tablero', search: { ver: 'minimos' } },
    } as const);
  filas.push(deMinimos);
  if (existencias !== null && existencias.negativas > 0) {
    filas.push({
      clave: 'negativas',
      icono: 'negativa',
      tono: 'warn',
      marca: 'por corregir',
      titulo: 'Existencias negativas en el libro',
      detalle: `Se vendió más de lo que el libro dice que había: falta registrar ${existencias.negativas === 1 ? 'una entrada' : 'entradas'}.`,
      valor: cuenta(existencias.negativas),
      a: { to: '/existencias/valuadas', search: { ver: 'negativos', al: hoy } },
    });
  }
  for (const { tiendaId, tienda, mes, cerradoHasta } of ahora.periodos ?? []) {
    filas.push({
      clave: `periodo-${tiendaId}`,
      icono: 'periodo',
      tono: 'neutral',
      marca: 'por cerrar',
      titulo: `Falta cerrar ${mesLargo(mes)} en ${tienda}`,
      detalle: `Sus libros están cerrados hasta el ${diaVisto(cerradoHasta)}.`,
      a: { to: '/periodos' },
    });
  }
  if (importaciones !== null && importaciones.porAplicar > 0) {
    filas.push({
      clave: 'por-aplicar',
      icono: 'archivo',
      tono: 'neutral',
      marca: 'por aplicar',
      titulo: plural(importaciones.porAplicar, 'archivo revisado', 'archivos revisados'),
      detalle: 'Ya se leyó; falta que alguien lo aplique o lo deseche.',
      valor: cuenta(importaciones.porAplicar),
      a: { to: '/importar' },
    });
  }
  if (equipos !== null && equipos.callados > 0) {
    filas.push({
      clave: 'callados',
      icono: 'equipo',
      tono: 'neutral',
      marca: 'sin verse',
      titulo: plural(
        equipos.callados,
        'teléfono sin verse en una semana',
        'teléfonos sin verse en una semana',
      ),
      detalle: 'Si se perdió, dale de baja; si no, ábrelo con señal.',
      valor: cuenta(equipos.callados),
      a: { to: '/mas/dispositivos' },
    });
  }
  if (existencias !== null && existencias.sinBase > 0 && rol !== 'comprador') {
    filas.push({
      clave: 'sin-base',
      icono: 'contar',
      tono: 'neutral',
      marca: 'sin base',
      titulo: 'Productos sin existencia inicial',
      detalle: 'Su existencia es solo la suma de movimientos; un conteo la fija.',
      valor: cuenta(existencias.sinBase),
      a: { to: '/existencias/valuadas', search: { ver: 'sin_base', al: hoy } },
    });
  }
  return filas.filter((fila) => fila !== false);
}
