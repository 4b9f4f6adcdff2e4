import type { FilaMovimiento } from '../../contracts/importar.ts';
import { CANTIDAD_ESCALA, cambiaEscala, divideHalfEven, formatDecimal, parseDecimal } from '../decimal.ts';
import { textoCelda } from './celda.ts';
import { horaSola } from './fecha.ts';
import type { FilaEnCurso, ProductoHallado } from './limpia-fila.ts';
import { esDevuelto } from './mapea-columnas.ts';

const ENTEROS_MAX = 7;
const DUDOSA = 99_999n * 10n ** BigInt(CANTIDAD_ESCALA);
const COSTO = 6;
/** Rates that an amount may hold or leave out. */
const TASAS = [1, 1.16, 1.08, 1 / 1.16, 1 / 1.08];

export interface MovimientoLeido {
  readonly fila: FilaMovimiento;
  /** As the file counts, signed, bigint of 1e-5: what its totals add up. */
  readonly escrita: bigint;
}

/** The product by its code, else by its barcode; both must agree. */
function producto(fila: FilaEnCurso, nombre: string | null): ProductoHallado | undefined {
  const porCodigo = fila.deCampo('codigo', nombre);
  if (fila.fuera) return undefined;
  const porBarras =
    fila.tiene('codigoBarras') && (porCodigo?.acierto == null || fila.tiene('codigo'))
      ? fila.deCampo('codigoBarras', nombre)
      : undefined;
  if (fila.fuera) return undefined;
  const [a, b] = [porCodigo?.acierto ?? null, porBarras?.acierto ?? null];
  if (a !== null && b !== null && a.producto !== b.producto) {
    const otro = textoCelda(fila.celda('codigoBarras'));
    const elegido = fila.pregunta(
      'codigos_distintos',
      'codigo',
      `${porCodigo!.codigo}+${porBarras!.codigo}`,
      [a, b],
      { otro },
    );
    return elegido === null ? undefined : { acierto: elegido, codigo: elegido.codigo };
  }
  if (a !== null) return porCodigo;
  return b !== null ? porBarras : (porCodigo ?? porBarras);
}

function positivo(valor: string): string {
  return valor.startsWith('-') ? valor.slice(1) : valor;
}

/** Divides a unit price by the pieces of its pack. */
function porPieza(valor: string, factor: string, decimales: 2 | 6): string {
  if (factor === '1') return valor;
  const n = entero(valor, COSTO) * 10n ** BigInt(CANTIDAD_ESCALA);
  return formatDecimal(
    cambiaEscala(divideHalfEven(n, entero(factor, CANTIDAD_ESCALA)), COSTO, decimales),
    decimales,
  );
}

function entero(valor: string, escala: number): bigint {
  const leido = parseDecimal(valor, escala);
  return leido.ok ? leido.value : 0n;
}

function cuadra(cantidad: number, precio: number, importe: number): boolean {
  const bruto = cantidad * precio;
  return TASAS.some(
    (tasa) => Math.abs(bruto * tasa - importe) <= Math.max(0.02 * cantidad, 0.011 * Math.abs(importe)),
  );
}

/**
 * A row of an inventory, of sales or of purchases. Null: it has nothing to import, for a reason that was told where there is one.
 */
export function limpiaMovimiento(fila: FilaEnCurso): MovimientoLeido | null {
  const { plan, indice, opciones } = fila.contexto;
  const { tipo } = plan.tipo;
  const inventario = tipo === 'inventario';
  const nombre = fila.texto('nombre', 300);
  const escrito = fila.numero('cantidad', 'cantidad_invalida');
  const hallado = producto(fila, nombre);
  if (hallado === undefined && !fila.fuera) fila.dice('codigo_vacio', 'codigo');
  const acierto = hallado?.acierto ?? null;
  if (hallado !== undefined && acierto === null) {
    if (opciones.productosNuevos !== 'crear')
      fila.dice('producto_desconocido', fila.tiene('codigo') ? 'codigo' : 'codigoBarras');
    else if (nombre === null) fila.dice('producto_sin_nombre', 'codigo');
  }
  if (escrito === undefined) return null;
  if (escrito === null) {
    if (!fila.fuera)
      fila.dice(inventario ? 'cantidad_vacia' : 'cantidad_invalida', 'cantidad', { valor: '(vacía)' });
    return null;
  }

  const negativa = escrito.startsWith('-');
  const [parteEntera = '', fraccion = ''] = positivo(escrito).split('.');
  if (parteEntera.length > ENTEROS_MAX) {
    fila.dice('cantidad_excesiva', 'cantidad');
    return null;
  }
  const propia = parseDecimal(`${parteEntera}.${fraccion.slice(0, 18 - ENTEROS_MAX)}`.replace(/\.$/, ''), 10);
  const factor = acierto?.factor ?? '1';
  const producida = propia.ok ? propia.value : 0n;
  const exacta = producida * entero(factor, CANTIDAD_ESCALA);
  const unidades = exacta / 10n ** 10n;
  const decimales = acierto === null ? 3 : (indice.catalogo.productos.decimales[acierto.producto] ?? 0);
  const paso = 10n ** BigInt(CANTIDAD_ESCALA - decimales + 10);
  if (exacta % paso !== 0n) {
    const detalle =
      acierto === null ? 'un producto' : indice.catalogo.productos.nombre[acierto.producto]!.slice(0, 60);
    fila.dice('cantidad_decimales', 'cantidad', { detalle });
  }
  if (inventario && negativa && unidades !== 0n) fila.dice('cantidad_negativa', 'cantidad');
  const escrita = (producida / 10n ** 5n) * (negativa ? -1n : 1n);

  const almacenId = fila.almacen();
  const cuando = fila.fecha('fecha');
  const desde = fila.fecha('fechaDesde');
  const hasta = fila.fecha('fechaHasta');
  if (desde != null && hasta != null && hasta.fecha < desde.fecha) {
    fila.dice('periodo_invertido', 'fechaHasta', { valor: desde.fecha, detalle: hasta.fecha });
  }
  let hora = cuando?.hora ?? null;
  if (fila.tiene('hora')) {
    const sola = horaSola(fila.celda('hora'));
    if (sola === null) fila.dice('hora_invalida', 'hora');
    else hora = sola;
  }
  const sinFecha = cuando === null && desde === null && hasta === null;
  if (
    sinFecha &&
    !inventario &&
    plan.mapa.lugar.has('fecha') &&
    opciones.fecha === undefined &&
    plan.periodo === null
  ) {
    fila.dice('fecha_vacia', 'fecha');
  }

  const importe = fila.pesos('importe', 2);
  const precio = fila.pesos('precio', 2);
  const costo = fila.pesos('costo', 6);
  const impuesto = fila.pesos('impuesto', 2);
  const descuento = fila.pesos('descuento', 2);
  for (const [campo, valor] of [
    ['precio', precio],
    ['costo', costo],
  ] as const) {
    if (valor?.startsWith('-')) fila.dice('dinero_negativo', campo);
  }
  const dicha = fila.celda('devolucion');
  const porImporte = !inventario && !negativa && importe?.startsWith('-') === true;
  const devolucion =
    !inventario && (negativa || porImporte || dicha === true || esDevuelto(textoCelda(dicha)));
  if (fila.fuera || importe === undefined || precio === undefined || costo === undefined) return null;
  if (impuesto === undefined || descuento === undefined || almacenId === undefined) return null;
  if (cuando === undefined || desde === undefined || hasta === undefined) return null;
  if (!inventario && unidades === 0n) {
    fila.dice('cantidad_cero', 'cantidad');
    return null;
  }
  const cantidad = formatDecimal(unidades, CANTIDAD_ESCALA);
  if (unidades > DUDOSA) fila.dice('cantidad_dudosa', 'cantidad');
  if (porImporte) fila.repara('importe', positivo(importe!), 'importe negativo: es una devolución');
  if (factor !== '1' && unidades !== 0n)
    fila.repara(
      'cantidad',
      cantidad,
      `${positivo(escrito)} × ${factor} piezas del código ${acierto!.codigo}`,
    );
  if (precio !== null && importe !== null && (descuento === null || Number(descuento) === 0)) {
    if (!cuadra(Number(positivo(escrito)), Number(precio), Math.abs(Number(importe)))) {
      fila.dice('importe_no_cuadra', 'importe', { detalle: `${positivo(escrito)} × ${precio}` });
    }
  }
  const periodo = sinFecha && !inventario ? plan.periodo : null;
  return {
    escrita,
    fila: {
      hoja: fila.contexto.hoja,
      fila: fila.trozo.fila,
      productoId: acierto === null ? null : indice.catalogo.productos.id[acierto.producto]!,
      codigo: acierto === null ? hallado!.codigo : indice.catalogo.productos.codigo[acierto.producto]!,
      nombre,
      cantidad,
      devolucion,
      almacenId,
      fecha: cuando?.fecha ?? null,
      hora,
      fechaDesde: desde?.fecha ?? periodo?.desde ?? null,
      fechaHasta: hasta?.fecha ?? periodo?.hasta ?? null,
      folio: fila.texto('folio', 60),
      partida: fila.texto('partida', 30),
      precio: precio === null ? null : porPieza(precio, factor, 2),
      costo: costo === null ? null : porPieza(costo, factor, 6),
      importe: importe === null ? null : positivo(importe),
      descuento: descuento === null ? null : positivo(descuento),
      impuesto: impuesto === null ? null : positivo(impuesto),
      ubicacion: fila.texto('ubicacion', 60),
    },
  };
}
