import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useIdentidad } from '#client/offline/index.ts';

/**
 * Goes home once the screens know the new person. The identity reaches them a moment after the log-in resolves; going
 * earlier would find nobody in and come straight back.
 */
export function useAlEntrar(): (usuarioId: string) => void {
  const navigate = useNavigate();
  const identidad = useIdentidad();
  const [esperado, setEsperado] = useState<string | null>(null);
  useEffect(() => {
    if (esperado !== null && identidad?.usuarioId === esperado) void navigate({ to: '/', replace: true });
  }, [esperado, identidad, navigate]);
  return setEsperado;
}
