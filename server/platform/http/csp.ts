import type { FastifyHelmetOptions } from '@fastify/helmet';

/**
 * Security headers. No inline scripts (the client has none), WebAssembly for the scanner, workers also from
 * blobs (the decoder), connections only home and to Supabase when it does the log-in. Neither
 * upgrade-insecure-requests nor a cross-origin embedder policy: the app is also served as plain http on
 * loopback, and photos come from blobs.
 */
export function securityHeaders(supabaseUrl: string | undefined): FastifyHelmetOptions {
  const supabase = supabaseUrl === undefined ? [] : [new URL(supabaseUrl).origin];
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        connectSrc: ["'self'", ...supabase],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        manifestSrc: ["'self'"],
        mediaSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        workerSrc: ["'self'", 'blob:'],
      },
    },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
  };
}

/** The camera scans; nothing else of the device is used. */
export const PERMISSIONS_POLICY = 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()';
