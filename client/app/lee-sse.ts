export type EventoSse = { id: string | null; event: string; data: string | null };

/** Splits a stream of text into Server-Sent Events; a comment is none, an `id` alone is one without data. */
export class LectorDeEventos {
  #resto = '';

  push(trozo: string): EventoSse[] {
    this.#resto = (this.#resto + trozo).replaceAll('\r\n', '\n');
    const bloques = this.#resto.split('\n\n');
    this.#resto = bloques.pop() ?? '';
    return bloques.flatMap((bloque) => {
      let id: string | null = null;
      let event = 'message';
      const data: string[] = [];
      for (const linea of bloque.split('\n')) {
        const corte = linea.indexOf(':');
        if (corte <= 0) continue;
        const valor = linea.slice(corte + 1).replace(/^ /, '');
        const campo = linea.slice(0, corte);
        if (campo === 'id') id = valor;
        else if (campo === 'event') event = valor;
        else if (campo === 'data') data.push(valor);
      }
      if (id === null && data.length === 0) return [];
      return { id, event, data: data.length === 0 ? null : data.join('\n') };
    });
  }
}
