export { comparte } from './acta/archivo-acta.ts';
export { descarga } from './contar/fallo-guardar.tsx';
export { CampoTolerancias } from './planear/campo-tolerancias.tsx';
export * as tolerancias from './planear/tolerancias.ts';
export { MotivoDialog } from './revision/motivo-dialog.tsx';
