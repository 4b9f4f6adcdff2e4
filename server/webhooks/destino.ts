import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { AppError } from '#shared/errores.ts';

/** IANA's special-purpose IPv4 blocks, multicast and what is reserved. */
const IPV4_RESERVADAS: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Inside 2000::/3, which alone is public: protocols (Teredo among them), documentation, 6to4, which carry IPv4 within. */
const IPV6_RESERVADAS: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];
/** Where clouds answer with credentials, and a machine's own links: refused whatever is allowed. */
const NUNCA: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['169.254.0.0', 16, 'ipv4'],
  ['0.0.0.0', 8, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['fe80::', 10, 'ipv6'],
  ['fd00:ec2::', 32, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

const reservadas = new BlockList();
for (const [red, bits] of IPV4_RESERVADAS) reservadas.addSubnet(red, bits, 'ipv4');
for (const [red, bits] of IPV6_RESERVADAS) reservadas.addSubnet(red, bits, 'ipv6');
const globales6 = new BlockList();
globales6.addSubnet('2000::', 3, 'ipv6');
const nunca = new BlockList();
for (const [red, bits, familia] of NUNCA) nunca.addSubnet(red, bits, familia);
const lazo = new BlockList();
lazo.addSubnet('127.0.0.0', 8, 'ipv4');
lazo.addAddress('::1', 'ipv6');

/** `::ffff:10.0.0.1` and `::ffff:a00:1` are 10.0.0.1. */
function sinMapa(ip: string): string {
  const [, resto] = /^(?:0*:){2,5}ffff:(.+)$|^::ffff:(.+)$/i.exec(ip)?.filter(Boolean) ?? [];
  if (resto === undefined) return ip;
  if (isIP(resto) === 4) return resto;
  const [alto = '0', bajo = '0'] = resto.split(':');
  const n = (Number.parseInt(alto, 16) << 16) | Number.parseInt(bajo, 16);
  return [24, 16, 8, 0].map((bits) => (n >>> bits) & 255).join('.');
}

const familiaDe = (ip: string) => (isIP(ip) === 4 ? ('ipv4' as const) : ('ipv6' as const));

export function esLazo(direccion: string): boolean {
  const ip = sinMapa(direccion);
  return isIP(ip) !== 0 && lazo.check(ip, familiaDe(ip));
}

/** May a webhook go to this address? Private networks only where the server was told so; links and metadata never. */
export function direccionPermitida(direccion: string, redPrivada: boolean): boolean {
  const ip = sinMapa(direccion);
  if (isIP(ip) === 0) return false;
  const familia = familiaDe(ip);
  if (nunca.check(ip, familia)) return false;
  if (redPrivada) return true;
  return !reservadas.check(ip, familia) && (familia === 'ipv4' || globales6.check(ip, familia));
}

export interface Destino {
  readonly url: URL;
  /** The address to connect to; the name is not resolved again. */
  readonly direccion: string;
  readonly familia: 4 | 6;
}

export type Resuelve = (nombre: string) => Promise<readonly { readonly address: string }[]>;
const porDns: Resuelve = (nombre) => lookup(nombre, { all: true, verbatim: true });

/** The parts of an address that need no network. Throws WEBHOOK_URL_MALA, WEBHOOK_SIN_HTTPS. */
export function urlDe(texto: string): URL {
  const url = URL.canParse(texto) ? new URL(texto) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new AppError('WEBHOOK_URL_MALA', { detalle: 'falta https:// y el nombre del servidor' });
  }
  if (url.username !== '' || url.password !== '') {
    throw new AppError('WEBHOOK_URL_MALA', { detalle: 'no lleva usuario ni contraseña' });
  }
  if (url.hash !== '') throw new AppError('WEBHOOK_URL_MALA', { detalle: 'no lleva #' });
  return url;
}

/**
 * Resolves the name, once, and says which address to connect to. Every address of the name must be allowed: one that is both
 * public and private is a trick. Plain http only on this machine. Throws WEBHOOK_RED_PRIVADA, WEBHOOK_SIN_HTTPS,
 * WEBHOOK_URL_MALA, and what the name's look-up throws.
 */
export async function resuelveDestino(
  texto: string,
  redPrivada: boolean,
  resuelve: Resuelve = porDns,
): Promise<Destino> {
  const url = urlDe(texto);
  const nombre = url.hostname.replace(/^\[|\]$/g, '');
  const direcciones = isIP(nombre) === 0 ? (await resuelve(nombre)).map(({ address }) => address) : [nombre];
  const mala = direcciones.find((direccion) => !direccionPermitida(direccion, redPrivada));
  if (mala !== undefined || direcciones.length === 0) {
    throw new AppError('WEBHOOK_RED_PRIVADA', { destino: nombre });
  }
  if (url.protocol === 'http:' && !direcciones.every(esLazo)) throw new AppError('WEBHOOK_SIN_HTTPS');
  const direccion = direcciones[0]!;
  return { url, direccion, familia: isIP(direccion) === 4 ? 4 : 6 };
}
