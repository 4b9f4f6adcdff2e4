import type { Operacion } from './operacion.ts';
import { operacionesCatalogo } from './rutas/catalogo.ts';
import { operacionesConteos } from './rutas/conteos.ts';
import { operacionesEstadisticas } from './rutas/estadisticas.ts';
import { operacionesEventos } from './rutas/eventos.ts';
import { operacionesImportar } from './rutas/importar.ts';
import { operacionesInventario } from './rutas/inventario.ts';
import { operacionesProductos } from './rutas/productos.ts';
import { operacionesServidor } from './rutas/servidor.ts';
import { operacionesTokens } from './rutas/tokens.ts';
import { operacionesWebhooks } from './rutas/webhooks.ts';

/** Every REST route of the server. One that is not here fails tests/contrato. */
export const OPERACIONES: readonly Operacion[] = [
  ...operacionesInventario,
  ...operacionesCatalogo,
  ...operacionesProductos,
  ...operacionesEstadisticas,
  ...operacionesConteos,
  ...operacionesImportar,
  ...operacionesEventos,
  ...operacionesWebhooks,
  ...operacionesServidor,
  ...operacionesTokens,
];
