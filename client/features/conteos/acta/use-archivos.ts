import { useEffect, useRef, useState } from 'react';
import { type ErrorDicho, errorDe } from '#client/app/trpc.ts';
import type { ResumenActa } from '#shared/contracts/acta.ts';
import { comparte, descarga, type Formato, pideArchivo } from './archivo-acta.ts';

export type Tarea = Formato | 'compartir';

export interface Archivos {
  /** What is being made now. */
  readonly ocupada: Tarea | null;
  readonly falla: ErrorDicho | null;
  readonly aviso: string | undefined;
  /** The PDF is here and waits for a touch to be shared. */
  readonly porCompartir: boolean;
  baja(formato: Formato): void;
  comparte(): void;
  olvidaAviso(): void;
}

/** The files of one acta: asked for when wanted, never kept on the phone by the app. */
export function useArchivos(acta: Pick<ResumenActa, 'conteoId' | 'archivo' | 'folio' | 'huella'>): Archivos {
  const [ocupada, setOcupada] = useState<Tarea | null>(null);
  const [falla, setFalla] = useState<ErrorDicho | null>(null);
  const [aviso, setAviso] = useState<string>();
  const [listo, setListo] = useState<File | null>(null);
  const viva = useRef(true);
  useEffect(() => {
    viva.current = true;
    return () => {
      viva.current = false;
    };
  }, []);
  // A file of other lines is not the one that the screen shows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: why: the huella stands for the file's content.
  useEffect(() => setListo(null), [acta.huella.valor]);

  async function trabaja(tarea: Tarea, hace: () => Promise<string | undefined>): Promise<void> {
    if (ocupada !== null) return;
    setOcupada(tarea);
    setFalla(null);
    setAviso(undefined);
    try {
      const dicho = await hace();
      if (viva.current) setAviso(dicho);
    } catch (error) {
      if (viva.current) setFalla(errorDe(error));
    } finally {
      if (viva.current) setOcupada(null);
    }
  }

  return {
    ocupada,
    falla,
    aviso,
    porCompartir: listo !== null,
    olvidaAviso: () => setAviso(undefined),
    baja: (formato) =>
      void trabaja(formato, async () => {
        const archivo = await pideArchivo(acta.conteoId, acta.archivo, formato);
        descarga(archivo);
        return `Se descargó ${archivo.name}`;
      }),
    comparte: () =>
      void trabaja('compartir', async () => {
        const archivo = listo ?? (await pideArchivo(acta.conteoId, acta.archivo, 'pdf'));
        const salida = await comparte(archivo, `Acta de conteo ${acta.folio ?? ''}`.trim());
        if (viva.current) setListo(salida === 'otro_toque' ? archivo : null);
        if (salida === 'otro_toque') return 'El PDF está listo. Toca Compartir otra vez.';
        return salida === 'descargado' ? `Se descargó ${archivo.name}` : undefined;
      }),
  };
}
