import type { FuenteEscaneo, Simbologia } from './scan-event.ts';

/** Sources and symbologies as people say them. */
export const FUENTES: Record<FuenteEscaneo, string> = {
  camara: 'Cámara',
  pistola: 'Pistola',
  manual: 'Escrito',
  foto: 'Foto',
};

export const SIMBOLOGIAS: Record<Simbologia, string> = {
  EAN_13: 'EAN-13',
  EAN_8: 'EAN-8',
  UPC_A: 'UPC-A',
  UPC_E: 'UPC-E',
  ITF: 'ITF',
  CODE_39: 'Code 39',
  CODE_128: 'Code 128',
  QR: 'QR',
  DATA_MATRIX: 'Data Matrix',
  DESCONOCIDA: 'Otra simbología',
};
