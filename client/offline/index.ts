/** What the rest of the client may use of the offline layer. */
export {
  agregarNota,
  anular,
  cero,
  contar,
  corregirA,
  crearConteoLibre,
  deshacer,
  proponerAjuste,
  proponerLiga,
  registrarMovimiento,
  terminarParte,
} from './acciones.ts';
export { type Almacenamiento, pidePersistencia } from './almacenamiento.ts';
export { agregarFoto, importarPendientes } from './aparte.ts';
export { iniciarOffline, type Puertos } from './arranque.ts';
export { elCache, elCacheReal, elJournal, elJournalReal, practicando } from './bases.ts';
export { buscarTexto } from './busqueda.ts';
export { CONTEO_PRACTICA } from './conteo-practica.ts';
export type { PokeReason } from './core/engine.ts';
export { type AuthPort, NetFailure, type NetPort } from './core/ports.ts';
export { despierta as sincronizaYa } from './despertador.ts';
export { estadoEnvio } from './estado.ts';
export { exportarNoGuardado, exportarPendientes } from './exportar.ts';
export type { SubeArchivo } from './fotos.ts';
export * from './hooks.ts';
export { useReconocidos } from './hooks-contar.ts';
export { useCodigos, useUbicacionesDeProducto } from './hooks-producto.ts';
export { type Alta, altaDe, type Journal, NoGuardado } from './journal.ts';
export type { PinRow, Sellado } from './journal-db.ts';
export { type Lectura, leeLectura, preparaLecturas } from './lecturas.ts';
export { corrigeLote } from './lotes.ts';
export * from './modelo.ts';
export type { SiembraPractica } from './practica.ts';
export { practicaba, usePractica } from './practica-activa.ts';
export { buscarCodigo, buscarUbicacion } from './productos.ts';
export { proponeReconocidos, type Reconocido } from './reconocidos.ts';
export { reintentar } from './reintentar.ts';
export { releva } from './relevo.ts';
