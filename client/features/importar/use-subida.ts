import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type ErrorDicho, errorDe } from '#client/app/trpc.ts';
import { subeArchivo } from './sube-archivo.ts';

export interface EnCamino {
  readonly nombre: string;
  readonly tamano: number;
  /** 0 to 1. */
  readonly parte: number;
}

/** One upload at a time: how far it is, how it failed; when it is there its import is opened. */
export function useSubida() {
  const navigate = useNavigate();
  const [enCamino, setEnCamino] = useState<EnCamino | null>(null);
  const [falla, setFalla] = useState<(ErrorDicho & { nombre: string }) | null>(null);
  const alto = useRef<AbortController | null>(null);
  useEffect(() => () => alto.current?.abort(), []);

  /** True when the server has it. */
  const sube = useCallback(
    async (archivo: Blob, nombre: string, otra = false): Promise<boolean> => {
      if (alto.current !== null) return false;
      const control = new AbortController();
      alto.current = control;
      setFalla(null);
      setEnCamino({ nombre, tamano: archivo.size, parte: 0 });
      try {
        const { id, repetida } = await subeArchivo(archivo, nombre, {
          otra,
          signal: control.signal,
          avance: (parte) => setEnCamino({ nombre, tamano: archivo.size, parte }),
        });
        void navigate({
          to: '/importar/$uploadId',
          params: { uploadId: id },
          search: repetida ? { repetida: true } : {},
        });
        return true;
      } catch (error) {
        if (!control.signal.aborted) setFalla({ ...errorDe(error), nombre });
        return false;
      } finally {
        alto.current = null;
        setEnCamino(null);
      }
    },
    [navigate],
  );
  return { enCamino, falla, sube, cancela: () => alto.current?.abort() };
}
