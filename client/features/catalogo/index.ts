export { HojaCampos } from './hoja-campos.tsx';
export { useArbol } from './use-categorias.ts';
export { type Choque, useEdicion, type Valores } from './use-edicion.ts';
