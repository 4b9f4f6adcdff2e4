import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { ContarRuta } from '#client/features/conteos/contar/contar-ruta.tsx';
import { ContarScreen } from '#client/features/conteos/contar/contar-screen.tsx';
import { InicioScreen } from '#client/features/inicio/inicio-screen.tsx';
import { NoEncontrada } from './no-encontrada.tsx';
import { PantallaRota } from './pantalla-rota.tsx';
import { Root } from './root.tsx';

/** A screen that is not in the first bundle, with the sentences of every error: the floor's alone are there before. */
function aparte<T extends Record<string, unknown>, K extends keyof T & string>(
  importa: () => Promise<T>,
  nombre: K,
) {
  return lazyRouteComponent<T, K>(
    () => Promise.all([importa(), import('#shared/codes.ts')]).then(([pantalla]) => pantalla),
    nombre,
  );
}

const root = createRootRoute({
  component: Root,
  notFoundComponent: NoEncontrada,
  errorComponent: PantallaRota,
});

/** The way to counting is in the first bundle; everything else comes when it is opened (and is precached). */
const inicio = createRoute({ getParentRoute: () => root, path: '/', component: InicioScreen });
const contar = createRoute({
  getParentRoute: () => root,
  path: '/contar',
  validateSearch: (search: Record<string, unknown>): { otra?: boolean } =>
    search.otra ? { otra: true } : {},
  component: ContarRuta,
});
const conteo = createRoute({
  getParentRoute: () => root,
  path: '/conteos/$conteoId',
  component: function Conteo() {
    return <ContarScreen conteoId={conteo.useParams().conteoId} />;
  },
});

const entrar = createRoute({
  getParentRoute: () => root,
  path: '/entrar',
  component: aparte(() => import('#client/features/acceso/entrar-screen.tsx'), 'EntrarScreen'),
});
const primerAdmin = createRoute({
  getParentRoute: () => root,
  path: '/primer-admin',
  component: aparte(() => import('#client/features/acceso/primer-admin-screen.tsx'), 'PrimerAdminScreen'),
});
const InvitacionScreen = aparte(
  () => import('#client/features/acceso/invitacion-screen.tsx'),
  'InvitacionScreen',
);
const invitacion = createRoute({
  getParentRoute: () => root,
  path: '/invitacion/$token',
  component: function Invitacion() {
    return <InvitacionScreen token={invitacion.useParams().token} />;
  },
});

/** Filters, sort and selection of a screen live in the URL; each screen reads its own. */
const busquedaLibre = (search: Record<string, unknown>): Record<string, unknown> => search;

const conteos = createRoute({
  getParentRoute: () => root,
  path: '/conteos',
  validateSearch: busquedaLibre,
  component: aparte(() => import('#client/features/conteos/lista/conteos-screen.tsx'), 'ConteosScreen'),
});
const planear = createRoute({
  getParentRoute: () => root,
  path: '/conteos/nuevo',
  validateSearch: busquedaLibre,
  component: aparte(() => import('#client/features/conteos/planear/planear-screen.tsx'), 'PlanearScreen'),
});
const RevisionScreen = aparte(
  () => import('#client/features/conteos/revision/revision-screen.tsx'),
  'RevisionScreen',
);
const revision = createRoute({
  getParentRoute: () => root,
  path: '/conteos/$conteoId/revision',
  validateSearch: busquedaLibre,
  component: function Revision() {
    return <RevisionScreen conteoId={revision.useParams().conteoId} />;
  },
});
const ActaScreen = aparte(() => import('#client/features/conteos/acta/acta-screen.tsx'), 'ActaScreen');
const acta = createRoute({
  getParentRoute: () => root,
  path: '/conteos/$conteoId/acta',
  validateSearch: busquedaLibre,
  component: function Acta() {
    return <ActaScreen conteoId={acta.useParams().conteoId} />;
  },
});
const HojaScreen = aparte(() => import('#client/features/conteos/hoja/hoja-screen.tsx'), 'HojaScreen');
const hoja = createRoute({
  getParentRoute: () => root,
  path: '/conteos/$conteoId/hoja',
  validateSearch: busquedaLibre,
  component: function Hoja() {
    return <HojaScreen conteoId={hoja.useParams().conteoId} />;
  },
});
const etiquetas = createRoute({
  getParentRoute: () => root,
  path: '/etiquetas',
  validateSearch: busquedaLibre,
  component: aparte(() => import('#client/features/etiquetas/etiquetas-screen.tsx'), 'EtiquetasScreen'),
});
const productos = createRoute({
  getParentRoute: () => root,
  path: '/productos',
  validateSearch: busquedaLibre,
  component: aparte(() => import('#client/features/productos/productos-screen.tsx'), 'ProductosScreen'),
});
const ProductoScreen = aparte(
  () => import('#client/features/productos/producto-screen.tsx'),
  'ProductoScreen',
);
const producto = createRoute({
  getParentRoute: () => root,
  path: '/productos/$productoId',
  component: function Producto() {
    return <ProductoScreen productoId={producto.useParams().productoId} />;
  },
});
const catalogo = createRoute({
  getParentRoute: () => root,
  path: '/catalogo',
  validateSearch: busquedaLibre,
  component: aparte(() => import('#client/features/catalogo/catalogo-screen.tsx'), 'CatalogoScreen'),
});
const FichaScreen = aparte(() => import('#client/features/catalogo/ficha-screen.tsx'), 'FichaScreen');
const fichaProducto = createRoute({
  getParentRoute: () => root,
  path: '/catalogo/$productoId',
  component: function FichaProducto() {
    return <FichaScreen productoId={fichaProducto.useParams().productoId} />;
  },
});
const duplicados = createRoute({
  getParentRoute: () => root,
  path: '/catalogo/duplicados',
  component: aparte(() => import('#client/features/catalogo/duplicados-screen.tsx'), 'DuplicadosScreen'),
});
const cambiosCatalogo = createRoute({
  getParentRoute: () => root,
  path: '/catalogo/cambios',
  component: aparte(() => import('#client/features/catalogo/cambios-screen.tsx'), 'CambiosScreen'),
});
const categorias = createRoute({
  getParentRoute: () => root,
  path: '/catalogo/categorias',
  component: aparte(() => import('#client/features/categorias/categorias-screen.tsx'), 'CategoriasScreen'),
});
const proveedores = createRoute({
  getParentRoute: () => root,
  path: '/catalogo/proveedores',
  validateSearch: busquedaLibre,
  component: aparte(() => import('#client/features/proveedores/proveedores-screen.tsx'), 'ProveedoresScreen'),
});
const tiendas = createRoute({
  getParentRoute: () => root,
  path: '/mas/tiendas',
  component: aparte(() => import('#client/features/tiendas/tiendas-screen.tsx'), 'TiendasScreen'),
});
const movimiento = createRoute({
  getParentRoute: () => root,
  path: '/movimientos/nuevo',
  validateSearch: busquedaLibre,
  component: aparte(() => import('#client/features/transacciones/movimiento-screen.tsx'), 'MovimientoScreen'),
});
const tablero = createRoute({
  getParentRoute: () => root,
  path: '/tablero',
  validateSearch: busquedaLibre,
  component: aparte(() => import('#client/features/tablero/tablero-screen.tsx'), 'TableroScreen'),
});
const practica = createRoute({
  getParentRoute: () => root,
  path: '/practica',
  component: aparte(() => import('#client/features/practica/practica-screen.tsx'), 'PracticaScreen'),
});
const firmas = createRoute({
  getParentRoute: () => root,
  path: '/firmas',
  validateSearch: busquedaLibre,
  component: aparte(() => import('#client/features/firmas/firmas-screen.tsx'), 'FirmasScreen'),
});
const periodos = createRoute({
  getParentRoute: () => root,
  path: '/periodos',
  validateSearch: busquedaLibre,
  component: aparte(() => import('#client/features/periodos/periodos-screen.tsx'), 'PeriodosScreen'),
});
const valuadas = createRoute({
  getParentRoute: () => root,
  path: '/existencias/valuadas',
  validateSearch: busquedaLibre,
  component: aparte(() => import('#client/features/existencias/valuadas-screen.tsx'), 'ValuadasScreen'),
});
const importar = createRoute({
  getParentRoute: () => root,
  path: '/importar',
  validateSearch: busquedaLibre,
  component: aparte(() => import('#client/features/importar/importar-screen.tsx'), 'ImportarScreen'),
});
const ImportacionScreen = aparte(
  () => import('#client/features/importar/importacion-screen.tsx'),
  'ImportacionScreen',
);
const importacion = createRoute({
  getParentRoute: () => root,
  path: '/importar/$uploadId',
  validateSearch: busquedaLibre,
  component: function Importacion() {
    return <ImportacionScreen uploadId={importacion.useParams().uploadId} />;
  },
});
const estadisticas = createRoute({
  getParentRoute: () => root,
  path: '/estadisticas',
  validateSearch: busquedaLibre,
  component: aparte(
    () => import('#client/features/estadisticas/estadisticas-screen.tsx'),
    'EstadisticasScreen',
  ),
});
const conteoDeHoy = createRoute({
  getParentRoute: () => root,
  path: '/conteos/hoy',
  validateSearch: busquedaLibre,
  component: aparte(
    () => import('#client/features/planeacion/conteo-de-hoy-screen.tsx'),
    'ConteoDeHoyScreen',
  ),
});
const mas = createRoute({
  getParentRoute: () => root,
  path: '/mas',
  component: aparte(() => import('#client/features/ajustes/mas-screen.tsx'), 'MasScreen'),
});
const envios = createRoute({
  getParentRoute: () => root,
  path: '/mas/envios',
  component: aparte(() => import('#client/features/ajustes/envios-screen.tsx'), 'EnviosScreen'),
});
const dispositivos = createRoute({
  getParentRoute: () => root,
  path: '/mas/dispositivos',
  component: aparte(() => import('#client/features/ajustes/dispositivos-screen.tsx'), 'DispositivosScreen'),
});
const escaner = createRoute({
  getParentRoute: () => root,
  path: '/mas/escaner',
  component: aparte(() => import('#client/features/ajustes/escaner-screen.tsx'), 'EscanerScreen'),
});
const hojaEscaner = createRoute({
  getParentRoute: () => root,
  path: '/mas/escaner/hoja',
  component: aparte(() => import('#client/features/ajustes/hoja-escaner-screen.tsx'), 'HojaEscanerScreen'),
});
const empresa = createRoute({
  getParentRoute: () => root,
  path: '/mas/empresa',
  component: aparte(() => import('#client/features/empresa/empresa-screen.tsx'), 'EmpresaScreen'),
});
const usuarios = createRoute({
  getParentRoute: () => root,
  path: '/mas/usuarios',
  validateSearch: busquedaLibre,
  component: aparte(() => import('#client/features/usuarios/usuarios-screen.tsx'), 'UsuariosScreen'),
});

const apiYTokens = createRoute({
  getParentRoute: () => root,
  path: '/mas/api',
  component: aparte(() => import('#client/features/api/api-screen.tsx'), 'ApiScreen'),
});
const webhooks = createRoute({
  getParentRoute: () => root,
  path: '/mas/webhooks',
  component: aparte(() => import('#client/features/webhooks/webhooks-screen.tsx'), 'WebhooksScreen'),
});
const WebhookScreen = aparte(() => import('#client/features/webhooks/webhook-screen.tsx'), 'WebhookScreen');
const webhook = createRoute({
  getParentRoute: () => root,
  path: '/mas/webhooks/$webhookId',
  component: function Webhook() {
    return <WebhookScreen webhookId={webhook.useParams().webhookId} />;
  },
});

const routeTree = root.addChildren([
  inicio,
  contar,
  conteo,
  entrar,
  primerAdmin,
  invitacion,
  conteos,
  planear,
  revision,
  hoja,
  etiquetas,
  acta,
  productos,
  producto,
  catalogo,
  fichaProducto,
  duplicados,
  cambiosCatalogo,
  categorias,
  proveedores,
  tiendas,
  movimiento,
  tablero,
  practica,
  firmas,
  periodos,
  valuadas,
  estadisticas,
  conteoDeHoy,
  importar,
  importacion,
  mas,
  envios,
  dispositivos,
  escaner,
  hojaEscaner,
  empresa,
  usuarios,
  apiYTokens,
  webhooks,
  webhook,
]);

export const router = createRouter({ routeTree, scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
