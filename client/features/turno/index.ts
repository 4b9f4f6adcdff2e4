export { HojaBloqueo } from './hoja-bloqueo.tsx';
export { HojaPin } from './hoja-pin.tsx';
export { OfertaPin } from './oferta-pin.tsx';
