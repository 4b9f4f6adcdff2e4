import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import type { ManifestTransform } from 'workbox-build';

const root = import.meta.dirname;
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

/**
 * Gives each precached file its hash, so that the browser refuses what is not ours: a captive portal
 * answers 200 with its own HTML to any address, and without this that page would be kept as the app.
 */
const withIntegrity: ManifestTransform = (entries) => ({
  manifest: entries.map((entry) => {
    const file = join(root, 'dist', entry.url);
    if (!existsSync(file)) return entry;
    return {
      ...entry,
      integrity: `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`,
    };
  }),
});

export default defineConfig({
  root,
  define: { __APP_VERSION__: JSON.stringify(version) },
  plugins: [
    react(),
    tailwindcss(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'client/app',
      filename: 'sw.ts',
      registerType: 'prompt',
      // client/app/update.ts registers the worker and decides when a version starts.
      injectRegister: false,
      includeManifestIcons: false,
      manifest: {
        id: '/',
        name: 'DevCompras',
        short_name: 'DevCompras',
        description: 'Conteo de existencias que sigue trabajando sin señal.',
        lang: 'es-MX',
        dir: 'ltr',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        orientation: 'any',
        theme_color: '#ffc700',
        background_color: '#f5f2ea',
        categories: ['business', 'productivity'],
        icons: [
          { src: '/icono-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: '/icono-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
          { src: '/icono-maskable-192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
          { src: '/icono-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
        // The share sheet of an installed app: the service worker takes the file (client/app/sw.ts).
        share_target: {
          action: '/importar/compartido',
          method: 'POST',
          enctype: 'multipart/form-data',
          params: {
            files: [
              {
                name: 'archivo',
                accept: [
                  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
                  'application/vnd.ms-excel',
                  'application/vnd.oasis.opendocument.spreadsheet',
                  'text/csv',
                  'text/comma-separated-values',
                  '.xlsx',
                  '.xls',
                  '.csv',
                  '.ods',
                ],
              },
            ],
          },
        },
        shortcuts: [
          {
            name: 'Contar',
            description: 'Sigue el conteo abierto o empieza uno',
            url: '/contar',
            icons: [{ src: '/icono-192.png', sizes: '192x192', type: 'image/png' }],
          },
        ],
      },
      injectManifest: {
        // A classic script: module workers came late to some browsers.
        rollupFormat: 'iife',
        globPatterns: ['**/*.{js,css,html,woff2,wasm,svg,png,webmanifest}'],
        // Screenshots of the manifest are for the store-like dialog, not for the phone's disk.
        globIgnores: ['**/pantallas/**'],
        maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
        manifestTransforms: [withIntegrity],
      },
    }),
  ],
  // why: what `dexie` names is its ES5 build, whole; the modules of today's browsers are smaller and shed what nobody uses
  resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    // Cheap Androids: Chrome ≥ 100, Safari ≥ 15.4.
    target: ['es2022', 'chrome100', 'safari15.4'],
    cssTarget: ['chrome100', 'safari15.4'],
    sourcemap: 'hidden',
    reportCompressedSize: false,
    rolldownOptions: {
      // why: @trpc/client does not say so of itself, and its links for sockets and streams would come along
      treeshake: { moduleSideEffects: [{ test: /node_modules[\\/]@trpc[\\/]/, sideEffects: false }] },
      output: {
        // Only what the way to counting needs anyway; everything else splits along its lazy imports.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 3 },
            {
              name: 'router',
              test: /node_modules[\\/]@tanstack[\\/](react-router|router-core|history|store|react-store)[\\/]/,
              priority: 2,
            },
            { name: 'dexie', test: /node_modules[\\/]dexie[\\/]/, priority: 1 },
            // The rest of the first screens in one file: forty small ones cost 1 kB of headers each.
            { name: 'app', tags: ['$initial'] },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    watch: { ignored: ['**/data/**', '**/dist/**', '**/test-results/**'] },
    proxy: {
      '/api': 'http://127.0.0.1:3000',
      '/auth': 'http://127.0.0.1:3000',
    },
  },
});
