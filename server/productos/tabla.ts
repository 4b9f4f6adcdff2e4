import { CAMPOS_PRODUCTO } from '#shared/domain/catalogo/campos-producto.ts';
import type { TablaEditable } from './campos.sql.ts';

export const TABLA_PRODUCTO: TablaEditable = {
  tabla: 'inventario.productos',
  entidad: 'producto',
  campos: CAMPOS_PRODUCTO,
  conCodigo: true,
};
