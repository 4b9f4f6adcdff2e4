import { defineConfig } from 'vite';

/** The same target and worker format as the app's own build. */
export default defineConfig({
  worker: { format: 'es' },
  build: { target: ['es2022', 'chrome100', 'safari15.4'] },
});
