/** One step of a history. `t` chooses a tab among those that there are, `p` a phone. */
export type PasoSql =
  | { k: 'cuenta'; t: number; veces: number }
  | { k: 'deshace' | 'veneno' | 'futuro' | 'cuelga'; t: number }
  | { k: 'espera'; ms: number }
  | { k: 'red'; p: number; maldad: number }
  | { k: 'corta' | 'conecta' | 'sale' | 'pestana' | 'clona' | 'desaloja' | 'revoca'; p: number }
  | { k: 'sesion_muere' | 'actualiza'; p: number }
  | { k: 'reloj'; p: number; ms: number }
  | { k: 'exige_esquema'; min: 1 | 2 }
  | { k: 'choca'; t: number; en: number; momento: 'antes' | 'despues' }
  | { k: 'sorda'; t: number; veces: number }
  | { k: 'lleno'; p: number; si: boolean }
  | { k: 'entra'; p: number; quien: number }
  | { k: 'desactiva' | 'reactiva'; quien: number }
  | { k: 'mata'; en: number }
  | { k: 'restaura'; epoca: boolean }
  | { k: 'respalda' | 'otorga' | 'quita' | 'compacta' }
  | { k: 'mueve'; id: number; a: number };
