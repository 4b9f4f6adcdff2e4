import { useMemo, useState } from 'react';
import { type Campo, mismoValor, type Valor, validaCampo } from '#shared/domain/catalogo/campo.ts';

export type Valores = Record<string, Valor>;
export type Choque = {
  campo: string;
  nombre: string;
  base: Valor;
  tuyo: Valor;
  suyo: Valor;
  quien: string | null;
  en: string | null;
};

/**
 * The state of a form over a row as it was read: what is written, what of it changed, what is wrong with it. A field that
 * somebody else changed meanwhile can be taken over (`cede`) or written over knowingly (`insiste`).
 */
export function useEdicion(campos: readonly Campo[], leido: Readonly<Valores>) {
  const [base, setBase] = useState<Valores>(leido);
  const [valores, setValores] = useState<Valores>(leido);
  const [tocado, setTocado] = useState(false);
  const cambiados = useMemo(
    () => campos.filter((c) => !mismoValor(c, base[c.campo] ?? null, valores[c.campo] ?? null)),
    [campos, base, valores],
  );
  const errores = useMemo(() => {
    const dichos: Record<string, string> = {};
    for (const c of campos) {
      const valor = valores[c.campo] ?? null;
      if (c.tipo === 'si_no' && valor === null) continue;
      const validado = validaCampo(c, valor);
      if (!validado.ok) dichos[c.campo] = `${validado.frase}.`;
    }
    return dichos;
  }, [campos, valores]);
  const importan = Object.keys(errores).filter(
    (c) => cambiados.some((x) => x.campo === c) || (base[c] ?? null) === null,
  );
  return {
    valores,
    cambiados: cambiados.length,
    /** Sentences by field, once the person tried to save. */
    errores: tocado ? errores : {},
    valido: importan.length === 0,
    pon: (campo: string, valor: Valor) => setValores((antes) => ({ ...antes, [campo]: valor })),
    /** What goes to the server; null while something is wrong. */
    cambios: (): Record<string, { base: Valor; valor: Valor }> | null => {
      setTocado(true);
      if (importan.length > 0) return null;
      return Object.fromEntries(
        cambiados.map((c) => [c.campo, { base: base[c.campo] ?? null, valor: valores[c.campo] ?? null }]),
      );
    },
    cede: ({ campo, suyo }: Choque) => {
      setBase((antes) => ({ ...antes, [campo]: suyo }));
      setValores((antes) => ({ ...antes, [campo]: suyo }));
    },
    insiste: ({ campo, suyo }: Choque) => setBase((antes) => ({ ...antes, [campo]: suyo })),
  };
}

export type Edicion = ReturnType<typeof useEdicion>;
