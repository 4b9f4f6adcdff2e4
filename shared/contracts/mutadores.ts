import * as z from 'zod/mini';
import { CantidadTexto, CostoTexto, Instante, PesosTexto, Sha256, TextoCorto, Uuid } from './basicos.ts';

/**
 * Arguments of each journalled mutation, by name. A name carries its version: a changed meaning gets a new
 * name, and an old one is understood for at least 12 months.
 */

/** A conteo that a phone starts by itself, maybe without signal. By an almacenista it is always blind. */
export const ConteoLibre = z.object({
  id: Uuid,
  almacenId: Uuid,
  nombre: z.string().check(z.maxLength(200)),
  ciego: z.boolean(),
  abiertoEn: Instante,
});

export const FUENTES = ['camara', 'pistola', 'manual', 'foto', 'busqueda', 'hoja'] as const;
export const CONDICIONES = ['vendible', 'por_entregar', 'danado', 'garantia', 'ajeno'] as const;

/** One scan or entry. `contadoEn` is the phone's raw clock; `desfaseGuardarMs` = server − phone as last measured, or null. */
export const ConteoLinea = z.object({
  id: Uuid,
  conteoId: Uuid,
  intento: z.int().check(z.gte(1), z.lte(99)),
  ubicacionId: z.nullable(Uuid),
  codigoCrudo: z.nullable(z.string().check(z.minLength(1), z.maxLength(200))),
  simbologia: z.nullable(z.string().check(z.maxLength(20))),
  fuente: z.enum(FUENTES),
  productoId: z.nullable(Uuid),
  cantidad: CantidadTexto,
  factor: CantidadTexto,
  tipo: z.enum(['suma', 'cero', 'anula']),
  anula: z.nullable(Uuid),
  condicion: z.enum(CONDICIONES),
  lote: z.nullable(z.string().check(z.maxLength(60))),
  caduca: z.nullable(z.iso.date()),
  dot: z.nullable(z.string().check(z.maxLength(12))),
  nota: z.nullable(z.string().check(z.maxLength(500))),
  contadoEn: Instante,
  desfaseGuardarMs: z.nullable(z.int()),
});

/** "I finished my part". `lineas` = how many lines of this person for this intento the phone has written. */
export const ConteoParte = z.object({
  conteoId: Uuid,
  intento: z.int().check(z.gte(1), z.lte(99)),
  lineas: z.int().check(z.gte(0)),
  terminadaEn: Instante,
});

/** A counter proposes, a gerente confirms (`ligada`), sets aside (`ajena`) or leaves pending with a reason. */
export const ConteoLiga = z.object({
  id: Uuid,
  lineaId: Uuid,
  conteoId: Uuid,
  estado: z.enum(['propuesta', 'ligada', 'ajena', 'pendiente']),
  productoId: z.nullable(Uuid),
  factor: z.nullable(CantidadTexto),
  motivo: z.nullable(TextoCorto),
  en: Instante,
});

/** The photo's bytes go by `PUT /api/archivos/:sha256`; this only ties them to the line. */
export const ConteoFoto = z.object({ lineaId: Uuid, conteoId: Uuid, sha256: Sha256 });

/** A note added to a line after it was counted. */
export const ConteoNota = z.object({
  id: Uuid,
  lineaId: Uuid,
  conteoId: Uuid,
  nota: z.string().check(z.minLength(1), z.maxLength(500)),
  en: Instante,
});

/** An ajuste made by hand: it waits for the signature of another person. `cantidad` is signed and not zero. */
export const AjusteProponer = z.object({
  id: Uuid,
  productoId: Uuid,
  almacenId: Uuid,
  cantidad: z.string().check(z.regex(/^-?\d{1,13}(\.\d{1,5})?$/)),
  motivo: z.string().check(z.minLength(1), z.maxLength(500)),
  ocurridaEn: Instante,
});

export const TIPOS_MANUALES = ['venta', 'compra', 'devolucion', 'inventario'] as const;

/** A movement registered by hand, with its hour. Hand-made `ajuste` needs a second signature and is not offered. */
export const TransaccionManual = z.object({
  id: Uuid,
  productoId: Uuid,
  almacenId: Uuid,
  tipo: z.enum(TIPOS_MANUALES),
  subtipo: z.nullable(z.enum(['de_cliente', 'a_proveedor'])),
  cantidad: CantidadTexto,
  precio: z.nullable(PesosTexto),
  costoUnitario: z.nullable(CostoTexto),
  ocurridaEn: Instante,
  referencia: z.nullable(z.string().check(z.maxLength(255))),
  notas: z.nullable(z.string().check(z.maxLength(500))),
});

const Campo = z.nullable(z.string().check(z.maxLength(500)));

/**
 * Changes to a product, maybe without signal: each field with the value that its author saw, so that what somebody else
 * put meanwhile is not overwritten but shown. Codes and bins are added and removed, which commutes.
 */
export const ProductoParche = z.object({
  id: Uuid,
  productoId: Uuid,
  campos: z.object({
    nombre: z.optional(z.object({ base: Campo, valor: Campo })),
    precio: z.optional(z.object({ base: Campo, valor: Campo })),
    unidad: z.optional(z.object({ base: Campo, valor: Campo })),
    categoriaId: z.optional(z.object({ base: z.nullable(Uuid), valor: z.nullable(Uuid) })),
  }),
  codigos: z
    .array(
      z.object({
        id: Uuid,
        op: z.enum(['agrega', 'quita']),
        codigo: z.string().check(z.minLength(1), z.maxLength(200)),
        factor: CantidadTexto,
        nombre: z.nullable(z.string().check(z.maxLength(100))),
      }),
    )
    .check(z.maxLength(50)),
  ubicaciones: z
    .array(z.object({ op: z.enum(['agrega', 'quita']), ubicacionId: Uuid }))
    .check(z.maxLength(50)),
  en: Instante,
});

export const MUTADORES = {
  'conteo.libre/1': ConteoLibre,
  'conteo.linea/1': ConteoLinea,
  'conteo.parte/1': ConteoParte,
  'conteo.liga/1': ConteoLiga,
  'conteo.foto/1': ConteoFoto,
  'conteo.nota/1': ConteoNota,
  'transaccion.crear/1': TransaccionManual,
  'ajuste.proponer/1': AjusteProponer,
  'producto.parche/1': ProductoParche,
} as const;

export type NombreMutador = keyof typeof MUTADORES;
export type ArgsDe<N extends NombreMutador> = z.infer<(typeof MUTADORES)[N]>;
