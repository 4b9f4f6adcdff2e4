import type { FilaProducto } from '../../contracts/importar.ts';
import { CANTIDAD_ESCALA, formatDecimal, parseDecimal } from '../decimal.ts';
import { type Celda, esVacia, letraColumna, limpiaTexto, textoCelda } from './celda.ts';
import { type ContextoLimpieza, FilaEnCurso, type Salida, type TrozoDatos } from './limpia-fila.ts';
import { limpiaMovimiento } from './limpia-movimiento.ts';
import { limpiaProducto } from './limpia-producto.ts';
import { numeroDe } from './numero.ts';
import { problema } from './problemas.ts';
import { esTotal, type Trozo } from './segmenta.ts';

/** Cleans the rows of one table in order, and remembers what only the whole shows: products that come twice, totals, the period. */
export class Limpiador {
  readonly salida: Salida = { filas: [], problemas: [], reparaciones: [] };
  readonly cuenta = { leidas: 0, utiles: 0, ignoradas: 0, conError: 0 };
  desde: string | null = null;
  hasta: string | null = null;
  readonly #contexto: ContextoLimpieza;
  readonly #vistos = new Map<string, number>();
  readonly #productos = new Map<string, { fila: number; campos: string }>();
  readonly #anteriores = new Map<number, Celda>();
  #todo = 0n;
  #grupo = 0n;
  #dobles = false;

  constructor(contexto: ContextoLimpieza) {
    this.#contexto = contexto;
  }

  lee(trozo: Trozo): void {
    if (trozo.k === 'otra') {
      const lugar = { hoja: this.#contexto.hoja, fila: trozo.fila, columna: null, titulo: null, valor: null };
      this.salida.problemas.push(
        problema('otra_tabla', lugar, { valor: trozo.fila, detalle: trozo.titulos }),
      );
      return;
    }
    this.cuenta.leidas += 1;
    if (trozo.k === 'titulo') this.cuenta.ignoradas += 1;
    else if (trozo.k === 'total') this.#total(trozo.fila, trozo.celdas);
    else this.#datos(this.#repite(trozo));
  }

  /** What a person said that stands for the rows below too. */
  #repite(trozo: TrozoDatos): TrozoDatos {
    const { repite } = this.#contexto.plan;
    if (repite.size === 0) return trozo;
    const celdas = [...trozo.celdas];
    for (const lugar of repite) {
      if (esVacia(celdas[lugar])) celdas[lugar] = this.#anteriores.get(lugar) ?? null;
      else this.#anteriores.set(lugar, celdas[lugar]!);
    }
    return { ...trozo, celdas };
  }

  #total(fila: number, celdas: readonly Celda[]): void {
    this.cuenta.ignoradas += 1;
    const { plan, hoja, titulos } = this.#contexto;
    const lugar = plan.mapa.lugar.get('cantidad');
    const escrito = lugar === undefined ? null : numeroDe(celdas[lugar], plan.decimal);
    if (lugar === undefined || escrito === null) return;
    const valor = parseDecimal(escrito.valor, CANTIDAD_ESCALA);
    const cuadra = valor.ok && (valor.value === this.#grupo || valor.value === this.#todo);
    if (!cuadra) {
      const columna = letraColumna(lugar);
      const donde = {
        hoja,
        fila,
        columna,
        titulo: titulos[lugar] ?? '',
        valor: limpiaTexto(textoCelda(celdas[lugar])),
      };
      const detalle = formatDecimal(this.#grupo === 0n ? this.#todo : this.#grupo, CANTIDAD_ESCALA);
      this.salida.problemas.push(problema('total_no_cuadra', donde, { detalle }));
    }
    this.#grupo = 0n;
  }

  #datos(trozo: TrozoDatos): void {
    const fila = new FilaEnCurso(trozo, this.#contexto, this.salida);
    const conCodigo = fila.tiene('codigo') || fila.tiene('codigoBarras');
    const nombre = fila.tiene('nombre') ? limpiaTexto(textoCelda(fila.celda('nombre'))) : '';
    const llenas = trozo.celdas.filter((celda) => !esVacia(celda)).length;
    if (!conCodigo && nombre === '' && this.#esSuma(trozo.celdas)) return;
    const nada = !conCodigo && nombre === '' && !fila.tiene('cantidad');
    if (nada || (!conCodigo && esTotal(nombre)) || (llenas === 1 && !this.#conocido(fila))) {
      this.cuenta.ignoradas += 1;
      return;
    }
    this.cuenta.utiles += 1;
    if (this.#contexto.plan.tipo.tipo === 'productos') this.#producto(fila);
    else this.#movimiento(fila);
    if (fila.conError) this.cuenta.conError += 1;
  }

  #conocido(fila: FilaEnCurso): boolean {
    const texto = limpiaTexto(
      textoCelda(fila.tiene('codigo') ? fila.celda('codigo') : fila.celda('codigoBarras')),
    );
    return texto !== '' && this.#contexto.indice.busca(texto).length > 0;
  }

  /** A row without code or name whose quantity is the sum of those above is a total that nobody named. */
  #esSuma(celdas: readonly Celda[]): boolean {
    const { plan } = this.#contexto;
    const lugar = plan.mapa.lugar.get('cantidad');
    const escrito = lugar === undefined ? null : numeroDe(celdas[lugar], plan.decimal);
    const valor = escrito === null ? null : parseDecimal(escrito.valor, CANTIDAD_ESCALA);
    if (valor === null || !valor.ok || (valor.value !== this.#grupo && valor.value !== this.#todo))
      return false;
    this.cuenta.ignoradas += 1;
    this.#grupo = 0n;
    return true;
  }

  #suma(fila: FilaEnCurso, escrita: bigint | null): void {
    const lugar = this.#contexto.plan.mapa.lugar.get('cantidad');
    const leida = escrita ?? this.#escrita(lugar === undefined ? null : fila.trozo.celdas[lugar]);
    this.#todo += leida;
    this.#grupo += leida;
  }

  #escrita(celda: Celda | undefined): bigint {
    const numero = numeroDe(celda, this.#contexto.plan.decimal);
    const valor = numero === null ? null : parseDecimal(numero.valor, CANTIDAD_ESCALA);
    return valor?.ok === true ? valor.value : 0n;
  }

  #movimiento(fila: FilaEnCurso): void {
    const leido = limpiaMovimiento(fila);
    this.#suma(fila, leido?.escrita ?? null);
    if (leido === null) return;
    const { fila: limpia } = leido;
    if (this.#contexto.plan.tipo.tipo === 'inventario' && this.#repetida(fila, leido.fila)) {
      this.cuenta.utiles -= 1;
      this.cuenta.ignoradas += 1;
      return;
    }
    this.salida.filas.push(limpia);
    const primera = limpia.fechaDesde ?? limpia.fecha;
    const ultima = limpia.fechaHasta ?? limpia.fecha;
    if (primera !== null && (this.desde === null || primera < this.desde)) this.desde = primera;
    if (ultima !== null && (this.hasta === null || ultima > this.hasta)) this.hasta = ultima;
  }

  /** The same product in the same place twice: another bin is another part of it, else a person says. True: leave it out. */
  #repetida(
    fila: FilaEnCurso,
    {
      productoId,
      codigo,
      almacenId,
      ubicacion,
    }: { productoId: string | null; codigo: string; almacenId: string | null; ubicacion: string | null },
  ): boolean {
    const clave = `${productoId ?? codigo}|${almacenId ?? ''}|${ubicacion ?? ''}`;
    const primera = this.#vistos.get(clave);
    if (primera === undefined) {
      this.#vistos.set(clave, fila.trozo.fila);
      return false;
    }
    const dicho = this.#contexto.opciones.respuestas?.producto_dos_veces;
    if (dicho === undefined && !this.#dobles) {
      this.#dobles = true;
      const opciones = [
        { valor: 'sumar', texto: 'Sumarlas' },
        { valor: 'primera', texto: 'Tomar solo la primera de cada producto' },
      ];
      this.salida.problemas.push(
        problema(
          'producto_dos_veces',
          fila.lugar('codigo'),
          { valor: codigo, detalle: `${primera} y ${fila.trozo.fila}` },
          { clave: 'producto_dos_veces', opciones },
        ),
      );
    }
    return dicho === 'primera';
  }

  #producto(fila: FilaEnCurso): void {
    const limpia: FilaProducto | null = limpiaProducto(fila);
    if (limpia === null) return;
    const clave = limpia.productoId ?? limpia.codigo;
    const campos = JSON.stringify(limpia.campos);
    const antes = this.#productos.get(clave);
    if (antes !== undefined && antes.campos !== campos) {
      fila.dice('producto_repetido', 'codigo', { detalle: antes.fila });
      return;
    }
    if (antes === undefined) this.#productos.set(clave, { fila: limpia.fila, campos });
    this.salida.filas.push(limpia);
  }
}
