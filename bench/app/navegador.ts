import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';
import { CONTRASENA_DEMO } from '../../database/seed/demo-fijos.ts';
import { CHROMIUM, SWITCHES } from '../../tests/e2e/support/chromium.ts';

export type Banco = {
  contexto: BrowserContext;
  pagina: Page;
  cdp: CDPSession;
  /** CPU seconds of all processes of this browser so far. */
  cpu(): number;
  cierra(): Promise<void>;
};

/** A phone's browser with a profile on disk: an incognito one keeps IndexedDB in memory and would measure nothing. */
export async function abreTelefono(url: string): Promise<Banco> {
  const perfil = mkdtempSync(join(tmpdir(), 'devcompras-banco-'));
  const contexto = await chromium.launchPersistentContext(perfil, {
    executablePath: CHROMIUM,
    args: [...SWITCHES, '--js-flags=--expose-gc'],
    viewport: { width: 360, height: 740 },
    isMobile: true,
    hasTouch: true,
    locale: 'es-MX',
    timezoneId: 'America/Mexico_City',
    baseURL: url,
  });
  const pagina = contexto.pages()[0] ?? (await contexto.newPage());
  pagina.on('pageerror', (error) => console.log(`error de la página: ${error.message}`));
  const cdp = await contexto.newCDPSession(pagina);
  return {
    contexto,
    pagina,
    cdp,
    cpu: () => cpuDe(perfil),
    async cierra() {
      await contexto.close();
      rmSync(perfil, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** From /proc, in hundredths of a second; 0 where there is none. */
function cpuDe(perfil: string): number {
  let total = 0;
  try {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(perfil)) continue;
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const campos = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        total += (Number(campos[11]) + Number(campos[12])) / 100;
      } catch {
        // why: a process may end between the listing and the reading
      }
    }
  } catch {
    return 0;
  }
  return total;
}

/** CPU ÷ `veces`, also in the workers of the page: without them a throttled phone would build its index at full speed. */
export async function frena(cdp: CDPSession, veces: number): Promise<void> {
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: veces });
}

export async function entra(pagina: Page, usuario: string): Promise<void> {
  await pagina.getByLabel('Correo').fill(usuario);
  await pagina.getByLabel('Contraseña').fill(CONTRASENA_DEMO);
  await pagina.getByRole('button', { name: 'Entrar', exact: true }).click();
  await pagina.getByRole('heading', { name: 'Inicio' }).waitFor();
}

/** Keeps the duration of every interaction of the page: from the event to the next paint, as INP counts it. */
export async function vigilaInteracciones(pagina: Page): Promise<void> {
  await pagina.evaluate(() => {
    const porInteraccion = new Map<number, number>();
    Object.assign(window, { interacciones: porInteraccion, largas: [] as number[] });
    new PerformanceObserver((lista) => {
      for (const entrada of lista.getEntries() as PerformanceEventTiming[]) {
        const { interactionId } = entrada as PerformanceEventTiming & { interactionId: number };
        if (!interactionId) continue;
        porInteraccion.set(interactionId, Math.max(porInteraccion.get(interactionId) ?? 0, entrada.duration));
      }
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
    new PerformanceObserver((lista) => {
      for (const entrada of lista.getEntries())
        (window as unknown as { largas: number[] }).largas.push(entrada.duration);
    }).observe({ type: 'longtask' });
  });
}

/** Durations since the last call, ms; interactions shorter than 16 ms count as 16 (`hechas`: how many there were). */
export async function interacciones(
  pagina: Page,
  hechas: number,
): Promise<{ inp: number[]; largas: number[] }> {
  const dicho = await pagina.evaluate(() => {
    const w = window as unknown as { interacciones: Map<number, number>; largas: number[] };
    const inp = [...w.interacciones.values()];
    w.interacciones.clear();
    return { inp, largas: w.largas.splice(0) };
  });
  const cortas = Math.max(0, hechas - dicho.inp.length);
  return { ...dicho, inp: [...dicho.inp, ...new Array<number>(cortas).fill(16)] };
}

/** A trigger of the wedge: all keys in one burst with a gun's rhythm, then Enter. */
export async function pistola(cdp: CDPSession, codigo: string): Promise<void> {
  const inicio = Date.now() / 1_000;
  const teclas = [...codigo, 'Enter'].flatMap((key, i) => {
    const enter = key === 'Enter' ? { code: 'Enter', windowsVirtualKeyCode: 13 } : {};
    const tecla = { key, timestamp: inicio + i * 0.006, ...enter };
    return [
      cdp.send('Input.dispatchKeyEvent', { ...tecla, type: 'keyDown', text: key === 'Enter' ? '\r' : key }),
      cdp.send('Input.dispatchKeyEvent', { ...tecla, type: 'keyUp' }),
    ];
  });
  await Promise.all(teclas);
}

export function percentil(valores: readonly number[], p: number): number {
  const orden = [...valores].sort((a, b) => a - b);
  return orden[Math.min(orden.length - 1, Math.floor(orden.length * p))] ?? 0;
}

export function dice(texto: string): void {
  console.log(`${texto} · carga ${loadavg()[0]!.toFixed(1)}`);
}
