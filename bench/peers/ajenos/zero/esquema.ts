import {
  boolean,
  createBuilder,
  createSchema,
  defineQueries,
  defineQuery,
  number,
  string,
  table,
} from '@rocicorp/zero';

const nulo = () => string().optional();
const productos = table('productos')
  .columns({
    clave: string(),
    id: string(),
    codigo: string(),
    nombre: string(),
    categoriaId: nulo(),
    precio: string(),
    unidad: string(),
    decimales: number(),
    marca: nulo(),
    modelo: nulo(),
    sku: nulo(),
    upc: nulo(),
    imagenUrl: nulo(),
    pideLote: boolean(),
    pideCaducidad: boolean(),
    esServicio: boolean(),
    esJuego: boolean(),
    fusionadoEn: nulo(),
    isActive: boolean(),
  })
  .primaryKey('clave');

export const schema = createSchema({ tables: [productos] });
export const zql = createBuilder(schema);
export const queries = defineQueries({ todos: defineQuery(() => zql.productos) });
