import type { Codigo } from '../codes.ts';
import type { ErrorData } from '../errores.ts';
import { fechaHoraVista, horaVista, listaNatural, pesos, plural } from '../formato.ts';
import { APRUEBA_CONTEOS, type Rol } from '../roles.ts';
import { absoluto, type Centavos } from './decimal.ts';
import { fechaLocal, type Zona } from './instante.ts';
import type { RevisionProducto } from './revision.ts';

export interface AvisoAprobacion {
  code: Codigo;
  data: ErrorData;
}

/** `bloqueos` stop the approval; `advertencias` let it pass with a reason. */
export interface Avisos {
  bloqueos: AvisoAprobacion[];
  advertencias: AvisoAprobacion[];
}

export interface Aprobador {
  usuarioId: string;
  rol: Rol;
  /** Largest |variance| in pesos that this person may post per product; null = no limit. Never binds an admin. */
  limite: Centavos | null;
}

/** Something of the same product and almacén that already fixed the stock at a later instant. */
export interface Posterior {
  tipo: 'conteo' | 'base';
  /** Instant it speaks for, ms. */
  instante: number;
}

export interface EntradaAvisosProducto {
  aprobador: Aprobador;
  revision: RevisionProducto;
  /** Everybody who wrote any line of this product in this conteo, voided lines and earlier intentos included. */
  contaron: readonly string[];
  /** When the conteo was opened, ms. */
  abiertoEn: number;
  /** Movements of the product in the almacén that a person entered by hand. */
  manuales: readonly { usuarioId: string; ocurridaEn: number; createdAt: number }[];
  /** Approved conteos and bases of the product in the almacén, other than this conteo's own. */
  posteriores: readonly Posterior[];
  /** A recount was asked for and nobody has counted the product in it (`recuentosPendientes`). */
  recuentoPendiente?: boolean;
  /** No two intentos agree within tolerance (`juzgaIntentos`). */
  intentosDifieren?: boolean;
  zona: Zona;
}

export interface EntradaAvisosConteo {
  aprobador: Aprobador;
  estado: 'planeado' | 'abierto' | 'en_revision' | 'cerrado' | 'cancelado';
  /** Living lines whose code is neither `ligada`, `ajena` nor `pendiente` (`lineasSinLigar`). */
  lineasSinLigar: number;
  /** Services and kits without parts that somebody counted, by name. */
  noCuentan?: readonly string[];
  partes: readonly {
    nombre: string;
    /** True when its owner finished it or a manager closed it. */
    terminada: boolean;
    /** Lines that the phone said it had, null if it never said. */
    lineasDichas: number | null;
    lineasRecibidas: number;
  }[];
  equipos: readonly { nombre: string; sinEnviar: number }[];
  /** How far the till or ERP is known, ms; null = not connected, movements are registered by hand. */
  movimientosHasta: number | null;
  /** Last scan of the conteo, ms. */
  ultimoInstante: number;
  zona: Zona;
}

const lineas = (cuantas: number) => plural(cuantas, 'línea', 'líneas');

/** Rules of the approval that look at one product. */
export function avisosDelProducto(entrada: EntradaAvisosProducto): Avisos {
  const { aprobador, revision, zona } = entrada;
  const bloqueos: AvisoAprobacion[] = [];
  const advertencias: AvisoAprobacion[] = [];
  if (entrada.contaron.includes(aprobador.usuarioId))
    bloqueos.push({ code: 'APROBACION_CONTASTE', data: {} });
  const propio = entrada.manuales.some(
    (m) =>
      m.usuarioId === aprobador.usuarioId &&
      m.ocurridaEn <= revision.instante &&
      m.createdAt >= entrada.abiertoEn,
  );
  if (propio) bloqueos.push({ code: 'APROBACION_MOVISTE', data: {} });
  if (revision.estado === 'incompleto') {
    bloqueos.push({
      code: 'APROBACION_INCOMPLETO',
      data: { faltan: plural(revision.ubicacionesFaltantes.length, 'ubicación', 'ubicaciones') },
    });
  }
  if (entrada.recuentoPendiente) bloqueos.push({ code: 'APROBACION_RECUENTO', data: {} });
  if (revision.estado === 'traslape') bloqueos.push({ code: 'APROBACION_TRASLAPE', data: {} });
  const posterior = entrada.posteriores
    .filter(({ instante }) => instante > revision.instante)
    .sort((a, b) => b.instante - a.instante)[0];
  if (posterior !== undefined) {
    const mismoDia = fechaLocal(posterior.instante, zona) === fechaLocal(revision.instante, zona);
    bloqueos.push({
      code: posterior.tipo === 'conteo' ? 'APROBACION_CONTEO_POSTERIOR' : 'APROBACION_BASE_POSTERIOR',
      data: {
        hora: mismoDia ? horaVista(posterior.instante, zona) : fechaHoraVista(posterior.instante, zona),
      },
    });
  }
  const { valorVariacion: valor } = revision;
  if (aprobador.rol !== 'admin' && aprobador.limite !== null && valor !== null) {
    if (absoluto(valor) > aprobador.limite) {
      bloqueos.push({
        code: 'APROBACION_LIMITE',
        data: { valor: pesos(absoluto(valor)), limite: pesos(aprobador.limite) },
      });
    }
  }
  if (revision.estado === 'variacion' && valor === null) {
    advertencias.push({ code: 'APROBACION_SIN_COSTO', data: {} });
  }
  const sinLugar = revision.traslapes.some(({ estado }) => estado === 'sin_ubicacion');
  if (sinLugar) advertencias.push({ code: 'APROBACION_SIN_UBICACION', data: {} });
  if (entrada.intentosDifieren) advertencias.push({ code: 'APROBACION_INTENTOS', data: {} });
  return { bloqueos, advertencias };
}

/** Rules of the approval that look at the whole conteo. */
export function avisosDelConteo(entrada: EntradaAvisosConteo): Avisos {
  const bloqueos: AvisoAprobacion[] = [];
  const advertencias: AvisoAprobacion[] = [];
  if (!APRUEBA_CONTEOS.includes(entrada.aprobador.rol)) bloqueos.push({ code: 'APROBACION_ROL', data: {} });
  if (entrada.estado === 'cerrado') bloqueos.push({ code: 'APROBACION_CERRADO', data: {} });
  if (entrada.estado === 'cancelado') bloqueos.push({ code: 'APROBACION_CANCELADO', data: {} });
  if (entrada.lineasSinLigar > 0) {
    bloqueos.push({ code: 'APROBACION_SIN_LIGAR', data: { lineas: lineas(entrada.lineasSinLigar) } });
  }
  const { noCuentan = [] } = entrada;
  if (noCuentan.length > 0) {
    advertencias.push({
      code: 'APROBACION_NO_CUENTAN',
      data: { productos: listaNatural(noCuentan.slice(0, 3)) },
    });
  }
  const abiertas = entrada.partes.filter((parte) => !parte.terminada);
  if (abiertas.length > 0) {
    advertencias.push({
      code: 'APROBACION_PARTES',
      data: { nombres: listaNatural(abiertas.map((parte) => parte.nombre)) },
    });
  }
  for (const parte of entrada.partes) {
    const faltan = (parte.lineasDichas ?? 0) - parte.lineasRecibidas;
    if (parte.terminada && faltan > 0) {
      advertencias.push({
        code: 'APROBACION_LINEAS_FALTAN',
        data: { nombre: parte.nombre, lineas: lineas(faltan) },
      });
    }
  }
  for (const equipo of entrada.equipos) {
    if (equipo.sinEnviar > 0) {
      advertencias.push({
        code: 'APROBACION_SIN_ENVIAR',
        data: { nombre: equipo.nombre, lineas: lineas(equipo.sinEnviar) },
      });
    }
  }
  const { movimientosHasta: hasta } = entrada;
  if (hasta !== null && hasta < entrada.ultimoInstante) {
    advertencias.push({
      code: 'APROBACION_MOVIMIENTOS_HASTA',
      data: { hasta: fechaHoraVista(hasta, entrada.zona, entrada.ultimoInstante) },
    });
  }
  return { bloqueos, advertencias };
}
