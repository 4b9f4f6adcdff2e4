import type { FilaProducto } from '../../contracts/importar.ts';
import { pliega } from '../busqueda.ts';
import { limpiaTexto, textoCelda } from './celda.ts';
import { hallaCodigo } from './codigo.ts';
import type { FilaEnCurso } from './limpia-fila.ts';
import { numeroDe } from './numero.ts';

const SI = /^(?:si|s|x|a|activo|alta|vigente|true|verdadero|1)$/;
const NO = /^(?:no|n|i|b|inactivo|baja|suspendido|descontinuado|false|falso|0)$/;
const EXENTO = /^(?:exento|exenta|e|no aplica|n\/a|sin iva|no causa)$/;
/** Several barcodes in one cell. */
const ENTRE_CODIGOS = /\s*[,;|/\n]\s*/;

function iva(fila: FilaEnCurso): '16' | '8' | '0' | 'exento' | undefined {
  if (!fila.tiene('ivaTasa')) return undefined;
  const celda = fila.celda('ivaTasa');
  if (EXENTO.test(pliega(limpiaTexto(textoCelda(celda))))) return 'exento';
  const numero = numeroDe(celda, fila.contexto.plan.decimal);
  const n = numero === null ? Number.NaN : Number(numero.valor);
  const tasa = numero?.porciento === true || n >= 1 || n === 0 ? n : Math.round(n * 10_000) / 100;
  if (tasa === 16 || tasa === 8 || tasa === 0) return `${tasa}`;
  fila.dice('iva_invalido', 'ivaTasa');
  return undefined;
}

function activo(fila: FilaEnCurso): boolean | undefined {
  if (!fila.tiene('activo')) return undefined;
  const texto = pliega(limpiaTexto(textoCelda(fila.celda('activo'))));
  if (SI.test(texto) || texto === 'verdadero') return true;
  if (NO.test(texto)) return false;
  fila.dice('activo_invalido', 'activo');
  return undefined;
}

function factor(fila: FilaEnCurso): string | undefined {
  if (!fila.tiene('factor')) return '1';
  const valor = fila.numero('factor', 'factor_invalido');
  if (valor == null) return undefined;
  if (/^\d{1,6}(?:\.\d{1,3})?$/.test(valor) && Number(valor) > 0) return valor;
  fila.dice('factor_invalido', 'factor');
  return undefined;
}

/** Barcodes of the row that belong to no other product. */
function barras(fila: FilaEnCurso, producto: number | null, nombre: string | null): string[] {
  const celda = fila.celda('codigoBarras');
  const partes =
    typeof celda === 'string'
      ? limpiaTexto(celda)
          .split(ENTRE_CODIGOS)
          .filter((uno) => uno !== '')
      : [celda];
  const { indice, plan } = fila.contexto;
  const lugar = plan.mapa.lugar.get('codigoBarras')!;
  return partes.flatMap((una) => {
    const hallado = hallaCodigo(una, { indice, nombre, cerosPerdidos: plan.cerosPerdidos.has(lugar) });
    if (hallado.k === 'vacio') return [];
    if (hallado.k === 'danado') {
      fila.dice(
        hallado.dano === 'formula'
          ? 'formula_error'
          : hallado.dano === 'fecha'
            ? 'codigo_fecha'
            : hallado.dano === 'digitos'
              ? 'codigo_digitos'
              : hallado.dano === 'cientifico'
                ? 'codigo_cientifico'
                : 'codigo_decimal',
        'codigoBarras',
      );
      return [];
    }
    const aciertos =
      hallado.k === 'producto' ? [hallado.acierto] : hallado.k === 'pregunta' ? hallado.aciertos : [];
    if (aciertos.length > 0 && (producto === null || !aciertos.some((uno) => uno.producto === producto))) {
      const elegido = fila.pregunta(
        'codigos_distintos',
        'codigo',
        `${textoCelda(fila.celda('codigo'))}+${hallado.codigo}`,
        aciertos,
        { otro: hallado.codigo },
      );
      return elegido === null ? [] : [hallado.codigo];
    }
    if (hallado.k !== 'pregunta' && hallado.prueba !== null)
      fila.repara('codigoBarras', hallado.codigo, hallado.prueba);
    return [hallado.codigo];
  });
}

/** A row of a catalogue file. Null: it was told why not. */
export function limpiaProducto(fila: FilaEnCurso): FilaProducto | null {
  const { plan, indice } = fila.contexto;
  const nombre = fila.texto('nombre', 300);
  if (fila.tiene('nombre') && nombre === null) fila.falla('nombre');
  const conCodigo = plan.mapa.lugar.has('codigo');
  const hallado = fila.deCampo(conCodigo ? 'codigo' : 'codigoBarras', nombre);
  if (hallado === undefined) {
    if (!fila.fuera) fila.dice('codigo_vacio', conCodigo ? 'codigo' : 'codigoBarras');
    return null;
  }
  const producto = hallado.acierto?.producto ?? null;
  if (producto === null && nombre === null)
    fila.dice('producto_sin_nombre', conCodigo ? 'codigo' : 'codigoBarras');
  const piezas = factor(fila);
  const codigos =
    conCodigo && fila.tiene('codigoBarras') && !fila.fuera ? barras(fila, producto, nombre) : [];
  const precio = fila.pesos('precio', 2);
  const costo = fila.pesos('costo', 6);
  for (const [campo, valor] of [
    ['precio', precio],
    ['costo', costo],
  ] as const) {
    if (valor?.startsWith('-')) fila.dice('dinero_negativo', campo);
  }
  const ubicacion = fila.texto('ubicacion', 60);
  const almacenId =
    ubicacion === null && !fila.tiene('tienda') && !fila.tiene('almacen') ? null : fila.almacen();
  const tasa = iva(fila);
  const vigente = activo(fila);
  if (fila.fuera || almacenId === undefined || piezas === undefined) return null;
  const campos: FilaProducto['campos'] = {
    nombre: nombre ?? undefined,
    categoria: fila.texto('categoria', 100) ?? undefined,
    marca: fila.texto('marca', 100) ?? undefined,
    unidad: fila.texto('unidad', 30) ?? undefined,
    precio: precio ?? undefined,
    costo: costo ?? undefined,
    ivaTasa: tasa,
    claveProdServ: fila.texto('claveProdServ', 20) ?? undefined,
    claveUnidad: fila.texto('claveUnidad', 10) ?? undefined,
    activo: vigente,
  };
  return {
    hoja: fila.contexto.hoja,
    fila: fila.trozo.fila,
    productoId: producto === null ? null : indice.catalogo.productos.id[producto]!,
    codigo: producto === null ? hallado.codigo : indice.catalogo.productos.codigo[producto]!,
    campos: Object.fromEntries(Object.entries(campos).filter(([, valor]) => valor !== undefined)),
    codigos: codigos.map((codigo) => ({ codigo, factor: piezas })),
    ubicaciones: ubicacion === null ? [] : [{ almacenId, ubicacion }],
  };
}
