import * as z from 'zod/mini';
import { ROLES } from '../roles.ts';
import { PesosTexto, Uuid } from './basicos.ts';

export const Rol = z.enum(ROLES);
/** At least 8 characters; length is what matters (NIST SP 800-63B). */
export const Contrasena = z.string().check(z.minLength(8), z.maxLength(200));
export const Correo = z.string().check(z.trim(), z.toLowerCase(), z.email(), z.maxLength(254));

/** `acceso.estado`: what the log-in screen needs to know before anybody is in. */
export const EstadoAcceso = z.object({
  /** True on an empty production database: the first admin must be made. */
  sinUsuarios: z.boolean(),
  demo: z.boolean(),
  supabase: z.nullable(z.object({ url: z.string(), anonKey: z.string() })),
});
/** `acceso.primerAdmin` (only while there is no user; needs the set-up code printed by the server at start). */
export const PrimerAdmin = z.object({
  codigo: z.string(),
  correo: Correo,
  nombre: z.string().check(z.minLength(1), z.maxLength(200)),
  contrasena: Contrasena,
  tienda: z.object({
    codigo: z.string().check(z.minLength(1), z.maxLength(50)),
    nombre: z.string().check(z.minLength(1), z.maxLength(255)),
    zonaHoraria: z.string(),
  }),
});

export const UsuarioListado = z.object({
  id: Uuid,
  nombre: z.string(),
  correo: z.nullable(z.string()),
  nombreUsuario: z.nullable(z.string()),
  rol: Rol,
  tiendaIds: z.array(Uuid),
  limiteAjuste: z.nullable(z.string()),
  isActive: z.boolean(),
});
export const InvitacionListada = z.object({
  id: Uuid,
  nombre: z.string(),
  correo: z.nullable(z.string()),
  rol: Rol,
  expiraEn: z.string(),
});
/** `usuarios.invita` → link once; the token is stored only as a hash. */
export const Invita = z.object({
  nombre: z.string().check(z.minLength(1), z.maxLength(200)),
  correo: z.nullable(Correo),
  rol: Rol,
  tiendaIds: z.array(Uuid),
  limiteAjuste: z.nullable(PesosTexto),
});
export const InvitacionHecha = z.object({ id: Uuid, ruta: z.string(), expiraEn: z.string() });
/** `acceso.invitacion({token})` and `acceso.aceptaInvitacion`. */
export const InvitacionVista = z.object({
  nombre: z.string(),
  rol: Rol,
  correo: z.nullable(z.string()),
  tiendas: z.array(z.string()),
  /** Of somebody who is in already and only chooses a new password: what they log in with. */
  usuario: z.nullable(z.string()),
});
export const AceptaInvitacion = z.object({
  token: z.string(),
  usuario: z.string().check(z.trim(), z.minLength(3), z.maxLength(254)),
  contrasena: Contrasena,
});
export const EditaUsuario = z.object({
  id: Uuid,
  nombre: z.optional(z.string()),
  rol: z.optional(Rol),
  tiendaIds: z.optional(z.array(Uuid)),
  limiteAjuste: z.optional(z.nullable(PesosTexto)),
  isActive: z.optional(z.boolean()),
});

/** `dispositivos.lista`. */
export const DispositivoListado = z.object({
  id: Uuid,
  nombre: z.nullable(z.string()),
  usuario: z.nullable(z.string()),
  appVer: z.nullable(z.string()),
  visto: z.nullable(z.string()),
  sinEnviar: z.int(),
  masViejo: z.nullable(z.string()),
  revocadoEn: z.nullable(z.string()),
});
/** `sync.rechazos`: dead letters that the caller may see (own, or of the shop for a gerente or admin). */
export const RechazoListado = z.object({
  id: Uuid,
  dispositivo: z.nullable(z.string()),
  usuario: z.nullable(z.string()),
  name: z.string(),
  args: z.string(),
  code: z.string(),
  mensaje: z.string(),
  result: z.string(),
  state: z.string(),
  at: z.string(),
  conteoFolio: z.nullable(z.string()),
});
/** `sync.resuelveRechazo`: apply again or discard with a note (gerente, admin). */
export const ResuelveRechazo = z.object({
  id: Uuid,
  accion: z.enum(['reintentar', 'descartar']),
  nota: z.nullable(z.string().check(z.maxLength(500))),
});
