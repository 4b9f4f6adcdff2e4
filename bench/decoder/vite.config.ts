import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The same plugins and worker format as the app's own build. */
export default defineConfig({
  plugins: [react(), tailwindcss()],
  worker: { format: 'es' },
  build: {
    target: ['es2022', 'chrome100', 'safari15.4'],
    rolldownOptions: {
      input: ['stills.html', 'camera.html', 'view.html'].map((page) => `${import.meta.dirname}/${page}`),
    },
  },
});
