/** The six roles, as stored in `inventario.usuarios.rol`. */
export const ROLES = ['admin', 'gerente', 'comprador', 'almacenista', 'chofer', 'auditor'] as const;
export type Rol = (typeof ROLES)[number];

/** Roles that may see expected stock (never an almacenista: counts are blind). */
export const VE_EXISTENCIAS: readonly Rol[] = ['admin', 'gerente', 'comprador', 'auditor'];
/** Roles that may see costs. */
export const VE_COSTOS: readonly Rol[] = ['admin', 'gerente', 'comprador', 'auditor'];
/** Roles that plan conteos and review them. */
export const PLANEA_CONTEOS: readonly Rol[] = ['admin', 'gerente'];
/** Roles that plan test counts, which post nothing, and close them. */
export const PLANEA_PRUEBAS: readonly Rol[] = ['admin', 'gerente', 'auditor'];
/** Roles that see the review of a conteo. */
export const REVISA_CONTEOS: readonly Rol[] = ['admin', 'gerente', 'auditor'];
/** Roles that approve, within their limit. */
export const APRUEBA_CONTEOS: readonly Rol[] = ['admin', 'gerente'];
/** Roles that may count. */
export const CUENTA: readonly Rol[] = ['admin', 'gerente', 'almacenista'];
/** What a conteo is for: the books, or a test count that never posts. */
export type Proposito = 'conteo' | 'prueba';
/** May this role count in a conteo of that purpose? An auditor counts in test counts only. */
export function cuentaEn(rol: Rol, proposito: Proposito): boolean {
  return CUENTA.includes(rol) || (proposito === 'prueba' && rol === 'auditor');
}
/** Roles that plan, decide on and close a conteo of that purpose. */
export function planeaEn(proposito: Proposito): readonly Rol[] {
  return proposito === 'prueba' ? PLANEA_PRUEBAS : PLANEA_CONTEOS;
}
/** Roles that print labels: nothing on one depends on stock, and who works the shelves keeps them labelled. */
export const IMPRIME_ETIQUETAS: readonly Rol[] = ['admin', 'gerente', 'almacenista'];
/** Roles that edit products, categories and suppliers. */
export const EDITA_PRODUCTOS: readonly Rol[] = ['admin', 'gerente', 'comprador'];
/** Roles that register movements by hand. */
export const REGISTRA_MOVIMIENTOS: readonly Rol[] = ['admin', 'gerente'];
/** Roles that import files, into their own shops. */
export const IMPORTA_ARCHIVOS: readonly Rol[] = ['admin', 'gerente', 'comprador'];

/** Name of each role on screen. */
export const NOMBRE_ROL: Record<Rol, string> = {
  admin: 'Administrador',
  gerente: 'Gerente',
  comprador: 'Compras',
  almacenista: 'Almacenista',
  chofer: 'Chofer',
  auditor: 'Auditor',
};
