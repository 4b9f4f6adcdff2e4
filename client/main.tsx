import './ui/tokens.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod/mini';
import { reanuda } from './app/practica.ts';
import { router } from './app/router.tsx';
import { iniciarApp } from './app/session.ts';
import { startUpdates } from './app/update.ts';

// The content security policy forbids building code from text, and zod would try.
config({ jitless: true });

const nodo = document.getElementById('root');
if (nodo === null) throw new Error('index.html has no #root');

/** No top-level await: a chunk that is loaded meanwhile would wait for this one, and this one for it. */
async function abre(raiz: HTMLElement): Promise<void> {
  // The identity comes from the journal in milliseconds; nothing here waits for the network.
  await iniciarApp({ app: __APP_VERSION__ });
  await reanuda();
  createRoot(raiz).render(
    <StrictMode>
      <RouterProvider router={router} />
    </StrictMode>,
  );
  startUpdates();
  // The icon's number is for when nobody looks: after the screens.
  void import('./app/insignia.ts').then(({ vigilaInsignia }) => vigilaInsignia()).catch(() => {});
}

void abre(nodo);
