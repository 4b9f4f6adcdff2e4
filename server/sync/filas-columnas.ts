import type { Filas, NombreTabla } from '#shared/contracts/filas.ts';

export type Lectura = 'igual' | 'decimal' | 'instante' | 'numero';

export interface Columna {
  readonly columna: string;
  readonly lectura: Lectura;
}

export interface TablaLeida<F> {
  /** Schema and name of the table or view. */
  readonly tabla: string;
  /** Parts of the pk, in the order in which it joins them. */
  readonly clave: readonly { readonly columna: string; readonly tipo: 'uuid' | 'smallint' }[];
  /** The camelCase names of the contract and where each comes from. */
  readonly columnas: { readonly [K in keyof F]-?: Columna };
  /** Read as the server and not as the person: this column says whose row it is. */
  readonly soloDe?: string;
}

/** `conteoId` → `conteo_id`. */
function snake(camel: string): string {
  return camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Columns that are called alike on both sides, read in one way. */
function columnas<K extends string>(lectura: Lectura, ...names: K[]): { readonly [P in K]: Columna } {
  return Object.fromEntries(names.map((name) => [name, { columna: snake(name), lectura }])) as {
    readonly [P in K]: Columna;
  };
}

const uuid = (...names: string[]) => names.map((columna) => ({ columna, tipo: 'uuid' as const }));
const ID = uuid('id');
const INTENTO = { columna: 'intento', tipo: 'smallint' as const };

/** The one place where rows change from snake_case to the shapes of `shared/contracts/filas.ts`. */
export const COLUMNAS: { readonly [T in NombreTabla]: TablaLeida<Filas[T]> } = {
  productos: {
    tabla: 'inventario.productos',
    clave: ID,
    columnas: {
      ...columnas(
        'igual',
        'id',
        'codigo',
        'nombre',
        'categoriaId',
        'unidad',
        'marca',
        'modelo',
        'sku',
        'upc',
      ),
      ...columnas('igual', 'imagenUrl', 'pideLote', 'pideCaducidad', 'esServicio', 'esJuego', 'fusionadoEn'),
      ...columnas('igual', 'isActive'),
      ...columnas('decimal', 'precio'),
      ...columnas('numero', 'decimales'),
      ...columnas('igual', 'partes'),
    },
  },
  codigos_barras: {
    tabla: 'inventario.codigos_barras',
    clave: ID,
    columnas: {
      ...columnas('igual', 'id', 'codigo', 'claveGtin', 'productoId', 'tipo', 'nombre', 'isActive'),
      ...columnas('decimal', 'factor'),
    },
  },
  categorias: {
    tabla: 'inventario.categorias',
    clave: ID,
    columnas: {
      ...columnas('igual', 'id', 'nombre', 'parentId', 'path', 'isActive'),
      ...columnas('numero', 'nivel'),
    },
  },
  tiendas: {
    tabla: 'inventario.tiendas',
    clave: ID,
    columnas: columnas('igual', 'id', 'codigo', 'nombre', 'ciudad', 'zonaHoraria', 'isActive'),
  },
  almacenes: {
    tabla: 'inventario.almacenes',
    clave: ID,
    columnas: columnas('igual', 'id', 'tiendaId', 'codigo', 'nombre', 'tipo', 'isActive'),
  },
  ubicaciones: {
    tabla: 'inventario.ubicaciones',
    clave: ID,
    columnas: columnas('igual', 'id', 'almacenId', 'codigo', 'zona', 'nombre', 'isActive'),
  },
  producto_ubicaciones: {
    tabla: 'inventario.producto_ubicaciones',
    clave: uuid('producto_id', 'ubicacion_id'),
    columnas: columnas('igual', 'productoId', 'ubicacionId'),
  },
  existencias: {
    tabla: 'inventario.existencias',
    clave: uuid('producto_id', 'almacen_id'),
    columnas: {
      ...columnas('igual', 'productoId', 'almacenId', 'tieneBase'),
      ...columnas('decimal', 'cantidad'),
      ...columnas('instante', 'actualizadaEn'),
    },
  },
  producto_costos: {
    tabla: 'inventario.producto_costos',
    clave: ID,
    columnas: { ...columnas('igual', 'id'), ...columnas('decimal', 'costo') },
  },
  conteos: {
    tabla: 'inventario.conteos',
    clave: ID,
    columnas: {
      ...columnas('igual', 'id', 'folio', 'nombre', 'tiendaId', 'almacenId', 'alcance', 'ciego', 'reparto'),
      ...columnas('igual', 'estado', 'creadoPor', 'proposito', 'corrigeA', 'complementaA'),
      ...columnas('instante', 'vence', 'abiertoEn', 'cerradoEn'),
    },
  },
  conteo_contadores: {
    tabla: 'inventario.conteo_contadores',
    clave: uuid('conteo_id', 'usuario_id'),
    columnas: columnas('igual', 'conteoId', 'usuarioId', 'nombre'),
  },
  conteo_ubicaciones: {
    tabla: 'inventario.conteo_ubicaciones',
    clave: uuid('conteo_id', 'ubicacion_id'),
    columnas: columnas('igual', 'conteoId', 'ubicacionId'),
  },
  conteo_productos: {
    tabla: 'inventario.conteo_productos',
    clave: uuid('conteo_id', 'producto_id'),
    columnas: columnas('igual', 'conteoId', 'productoId'),
  },
  conteo_intento_productos: {
    tabla: 'inventario.conteo_intento_productos',
    clave: [...uuid('conteo_id'), INTENTO, ...uuid('producto_id')],
    columnas: { ...columnas('igual', 'conteoId', 'productoId'), ...columnas('numero', 'intento') },
  },
  conteo_intento_contadores: {
    tabla: 'inventario.conteo_intento_contadores',
    clave: [...uuid('conteo_id'), INTENTO, ...uuid('usuario_id')],
    columnas: { ...columnas('igual', 'conteoId', 'usuarioId'), ...columnas('numero', 'intento') },
  },
  conteo_partes: {
    tabla: 'inventario.conteo_partes',
    clave: [...uuid('conteo_id'), INTENTO, ...uuid('usuario_id')],
    columnas: {
      ...columnas('igual', 'conteoId', 'usuarioId'),
      ...columnas('numero', 'intento', 'lineas'),
      ...columnas('instante', 'terminadaEn', 'devueltaEn'),
      ...columnas('igual', 'notaDevolucion'),
    },
  },
  conteo_lineas: {
    tabla: 'inventario.conteo_lineas',
    clave: ID,
    columnas: {
      ...columnas(
        'igual',
        'id',
        'conteoId',
        'ubicacionId',
        'codigoCrudo',
        'simbologia',
        'fuente',
        'productoId',
      ),
      ...columnas('igual', 'tipo', 'anula', 'condicion', 'lote', 'caduca', 'dot', 'nota', 'usuarioId'),
      ...columnas('numero', 'intento'),
      ...columnas('decimal', 'cantidad', 'factor'),
      ...columnas('instante', 'contadoEn', 'instante', 'recibidoEn'),
    },
  },
  conteo_linea_ligas: {
    tabla: 'inventario.conteo_linea_ligas',
    clave: ID,
    columnas: {
      ...columnas('igual', 'id', 'lineaId', 'conteoId', 'estado', 'productoId', 'por'),
      ...columnas('decimal', 'factor'),
      ...columnas('instante', 'en'),
    },
  },
  rechazos: {
    tabla: 'sync.rejection',
    clave: ID,
    columnas: {
      ...columnas('igual', 'id', 'deviceId', 'name', 'code', 'message', 'state', 'conteoId'),
      ...columnas('numero', 'mid'),
      ...columnas('instante', 'at'),
    },
    soloDe: 'usuario_id',
  },
  usuarios: {
    tabla: 'inventario.usuarios',
    clave: ID,
    columnas: columnas('igual', 'id', 'nombre', 'rol', 'isActive'),
  },
};
