import * as z from 'zod/mini';
import type { Rol } from '../roles.ts';
import { Instante, Uuid } from './basicos.ts';

/** What a personal token may be for. A token never opens more than its person's role does. */
export const ALCANCES = {
  'inventario:leer': {
    nombre: 'Leer inventario',
    detalle: 'Productos, existencias, movimientos, tiendas y estadísticas',
    roles: ['admin', 'gerente', 'comprador', 'auditor'],
  },
  'conteos:leer': {
    nombre: 'Leer conteos',
    detalle: 'Conteos y sus actas',
    roles: ['admin', 'gerente', 'auditor'],
  },
  'eventos:leer': {
    nombre: 'Leer eventos',
    detalle: 'Lo que va pasando, en vivo o por partes',
    roles: ['admin', 'gerente', 'comprador', 'auditor'],
  },
  'movimientos:escribir': {
    nombre: 'Registrar movimientos',
    detalle: 'Ventas, compras y devoluciones',
    roles: ['admin', 'gerente'],
  },
  'catalogo:escribir': {
    nombre: 'Cambiar el catálogo',
    detalle: 'Alta, cambio y baja de productos',
    roles: ['admin', 'gerente', 'comprador'],
  },
  importar: {
    nombre: 'Importar archivos',
    detalle: 'Subir archivos de Excel y ver sus resultados',
    roles: ['admin', 'gerente', 'comprador'],
  },
  'webhooks:administrar': {
    nombre: 'Administrar webhooks',
    detalle: 'Dar de alta y quitar direcciones de aviso',
    roles: ['admin'],
  },
} as const satisfies Record<string, { nombre: string; detalle: string; roles: readonly Rol[] }>;
export type Alcance = keyof typeof ALCANCES;
export const ListaAlcances = Object.keys(ALCANCES) as [Alcance, ...Alcance[]];

/** Roles that may have a token. */
export const TIENE_TOKENS: readonly Rol[] = ['admin', 'gerente', 'comprador', 'auditor'];

export function alcancesDe(rol: Rol): Alcance[] {
  return ListaAlcances.filter((alcance) => (ALCANCES[alcance].roles as readonly Rol[]).includes(rol));
}

export const PREFIJO_TOKEN = 'dc_';
/** Days that a token may live. */
export const VIDAS_TOKEN = [30, 90, 365] as const;

export const CreaToken = z.object({
  nombre: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
  alcances: z.array(z.enum(ListaAlcances)).check(z.minLength(1)),
  /** Days; null: until somebody revokes it. */
  dias: z.nullable(z.int().check(z.gte(1), z.lte(3650))),
});
export const TokenListado = z.object({
  id: Uuid,
  nombre: z.string(),
  /** Its last four characters. */
  pista: z.string(),
  alcances: z.array(z.string()),
  de: z.object({ id: Uuid, nombre: z.string() }),
  creadoEn: Instante,
  expiraEn: z.nullable(Instante),
  /** To the minute. */
  usadoEn: z.nullable(Instante),
  revocadoEn: z.nullable(Instante),
});
export type TokenListado = z.infer<typeof TokenListado>;
/** `token` is told this once. */
export const TokenCreado = z.object({ token: z.string(), listado: TokenListado });

/** RFC 9457. */
export const Problema = z.object({
  type: z.string(),
  /** The sentence for the person. */
  title: z.string(),
  status: z.int(),
  /** Stable: for programs. */
  code: z.string(),
  data: z.record(z.string(), z.unknown()),
});
