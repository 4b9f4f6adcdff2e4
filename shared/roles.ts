/** The six roles, as stored in `inventario.usuarios.rol`. */
export const ROLES = ['admin', 'gerente', 'comprador', 'almacenista', 'chofer', 'auditor'] as const;
export type Rol = (typeof ROLES)[number];

/** Roles that may see expected stock (never an almacenista: counts are blind). */
export const VE_EXISTENCIAS: readonly Rol[] = ['admin', 'gerente', 'comprador', 'auditor'];
/** Roles that may see costs. */
export const VE_COSTOS: readonly Rol[] = ['admin', 'gerente', 'comprador', 'auditor'];
/** Roles that plan conteos and review them. */
export const PLANEA_CONTEOS: readonly Rol[] = ['admin', 'gerente'];
/** Roles that see the review of a conteo. */
export const REVISA_CONTEOS: readonly Rol[] = ['admin', 'gerente', 'auditor'];
/** Roles that approve, within their limit. */
export const APRUEBA_CONTEOS: readonly Rol[] = ['admin', 'gerente'];
/** Roles that may count (an auditor only in test counts, a later capability). */
export const CUENTA: readonly Rol[] = ['admin', 'gerente', 'almacenista'];
/** Roles that register movements by hand. */
export const REGISTRA_MOVIMIENTOS: readonly Rol[] = ['admin', 'gerente'];

/** Name of each role on screen. */
export const NOMBRE_ROL: Record<Rol, string> = {
  admin: 'Administrador',
  gerente: 'Gerente',
  comprador: 'Compras',
  almacenista: 'Almacenista',
  chofer: 'Chofer',
  auditor: 'Auditor',
};
