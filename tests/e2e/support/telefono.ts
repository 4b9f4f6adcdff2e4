import { mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BrowserContext, type CDPSession, chromium, expect, type Page } from '@playwright/test';
import { CONTRASENA_DEMO } from '../../../database/seed/demo-fijos.ts';
import { CHROMIUM, SWITCHES } from './chromium.ts';
import { fakeCameraArgs } from './fake-video.ts';
import type { Red } from './red.ts';

/** The same label twice in less, ms, is one pull that bounced: the app counts it once. */
const GATILLO_MS = 300;
/** Between two keys of the gun, s. */
const RITMO_S = 0.006;
const TELEFONO = { width: 360, height: 740 };
/** The browser's own words about a network that the test took away; what the app says is never excused. */
const DEL_NAVEGADOR = /^Failed to load resource: /;

export interface Opciones {
  /** Fake camera; one per launch. */
  video?: string;
  /** Opens without network. */
  sinRed?: boolean;
  pantalla?: { width: number; height: number };
  /** px of the screen per px of the page; for pictures. */
  escala?: number;
  tema?: 'light' | 'dark';
  /** More switches of Chromium. */
  args?: readonly string[];
}

/** A device with a browser whose disk survives it, behind its own network. */
export class Telefono {
  readonly red: Red;
  /** The folder of the browser's profile: this device's disk. */
  readonly perfil: string;
  readonly #errores: string[] = [];
  #contexto: BrowserContext | undefined;
  #pagina: Page | undefined;
  #opciones: Opciones = {};
  /** The gun's last label, and when it was done, ms. */
  #gatillo = { codigo: '', en: 0 };

  private constructor(red: Red) {
    this.red = red;
    this.perfil = mkdtempSync(join(tmpdir(), 'devcompras-telefono-'));
  }

  static async nuevo(red: Red, opciones: Opciones = {}): Promise<Telefono> {
    const telefono = new Telefono(red);
    await telefono.abre(opciones);
    return telefono;
  }

  get pagina(): Page {
    if (this.#pagina === undefined) throw new Error('this phone is off');
    return this.#pagina;
  }

  get contexto(): BrowserContext {
    if (this.#contexto === undefined) throw new Error('this phone is off');
    return this.#contexto;
  }

  /** Starts the browser over the same disk. */
  async abre(opciones: Opciones = this.#opciones): Promise<void> {
    this.#opciones = opciones;
    const pc = opciones.pantalla !== undefined;
    const contexto = await chromium.launchPersistentContext(this.perfil, {
      executablePath: CHROMIUM,
      args: [
        ...SWITCHES,
        ...(opciones.video === undefined ? [] : fakeCameraArgs(opciones.video)),
        ...(opciones.args ?? []),
      ],
      viewport: opciones.pantalla ?? TELEFONO,
      deviceScaleFactor: opciones.escala ?? 1,
      isMobile: !pc,
      hasTouch: !pc,
      offline: opciones.sinRed ?? false,
      colorScheme: opciones.tema ?? 'light',
      reducedMotion: 'reduce',
      locale: 'es-MX',
      // The language of the browser's own parts, as the placeholder of a date.
      env: { ...process.env, LANGUAGE: 'es_MX:es' },
      timezoneId: 'America/Mexico_City',
      permissions: [],
    });
    this.#contexto = contexto;
    contexto.on('weberror', (error) =>
      this.#errores.push(`pageerror: ${error.error().stack ?? error.error()}`),
    );
    contexto.on('console', (mensaje) => {
      if (mensaje.type() === 'error' && !DEL_NAVEGADOR.test(mensaje.text()))
        this.#errores.push(`console.error: ${mensaje.text()}`);
    });
    this.#pagina = contexto.pages()[0] ?? (await contexto.newPage());
    await this.pagina.goto(this.red.url);
  }

  /** `kill -9` of all processes of the browser at once. Chromium names its first, the head of their group, in the lock. */
  async mata(): Promise<void> {
    const pid = Number(readlinkSync(join(this.perfil, 'SingletonLock')).split('-').at(-1));
    const cerrado = new Promise<void>((done) => this.contexto.once('close', () => done()));
    process.kill(-pid, 'SIGKILL');
    await cerrado;
    this.#contexto = undefined;
    this.#pagina = undefined;
  }

  /** Logs in and waits until the phone works without network: worker in charge, catalogue complete, nothing unsent. */
  async instala(usuario: string): Promise<void> {
    await this.entra(usuario);
    await this.instalada();
  }

  async entra(usuario: string): Promise<void> {
    await this.pagina.getByLabel('Correo').fill(usuario);
    await this.pagina.getByLabel('Contraseña').fill(CONTRASENA_DEMO);
    await this.pagina.getByRole('button', { name: 'Entrar', exact: true }).click();
    await expect(this.pagina.getByRole('heading', { name: 'Inicio' })).toBeVisible();
  }

  async instalada(): Promise<void> {
    await this.pagina.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (!navigator.serviceWorker.controller)
        await new Promise((done) =>
          navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }),
        );
    });
    await expect(this.pagina.getByText('Bajando el catálogo')).toBeHidden({ timeout: 60_000 });
    await this.enEstado('todo enviado');
  }

  /** The word of `Estado de envío`. */
  async enEstado(texto: string | RegExp): Promise<void> {
    await expect(this.pagina.getByRole('status', { name: 'Estado de envío' })).toContainText(texto, {
      timeout: 45_000,
    });
  }

  async sinRed(): Promise<void> {
    await this.contexto.setOffline(true);
    this.red.corta();
  }

  async conRed(): Promise<void> {
    await this.contexto.setOffline(false);
  }

  cdp(): Promise<CDPSession> {
    return this.contexto.newCDPSession(this.pagina);
  }

  /**
   * A trigger of the wedge: all keys in one burst, then Enter. The keys carry the gun's own rhythm, so that a busy
   * machine does not turn it into a person who types.
   */
  async pistola(codigo: string): Promise<void> {
    if (this.#gatillo.codigo === codigo) await sleep(Math.max(0, this.#gatillo.en + GATILLO_MS - Date.now()));
    const cdp = await this.cdp();
    const inicio = Date.now() / 1_000;
    const teclas = [...codigo, 'Enter'].flatMap((key, indice) => {
      const timestamp = inicio + indice * RITMO_S;
      const enter = key === 'Enter' ? { code: 'Enter', windowsVirtualKeyCode: 13 } : {};
      const text = key === 'Enter' ? '\r' : key;
      return [
        cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text, timestamp, ...enter }),
        cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key, timestamp, ...enter }),
      ];
    });
    this.#gatillo = { codigo, en: (inicio + codigo.length * RITMO_S) * 1_000 };
    await Promise.all(teclas);
    await cdp.detach();
  }

  /** What the app complained about so far, and forgets it. */
  errores(): string[] {
    return this.#errores.splice(0);
  }

  async cierra(): Promise<void> {
    await this.#contexto?.close();
    rmSync(this.perfil, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
