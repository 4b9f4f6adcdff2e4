/**
 * A sum over the rows of a scope that does not depend on their order, so that a phone and the server compare 100,000 of
 * them by 16 digits. Each row's text is hashed to 64 bits and added; it guards against damage, not against an adversary.
 */
export class SumaFilas {
  cuenta = 0;
  #baja = 0;
  #alta = 0;

  /** `texto`: the JSON array of the row's values, in the order of the fields that both sides agreed on. */
  agrega(tabla: string, texto: string): void {
    let low = 0x811c9dc5;
    let high = 0x2545f491;
    for (let i = 0; i < tabla.length; i += 1) low = Math.imul(low ^ tabla.charCodeAt(i), 0x01000193);
    for (let i = 0; i < texto.length; i += 1) {
      const unit = texto.charCodeAt(i);
      low = Math.imul(low ^ unit, 0x01000193);
      high = Math.imul(high ^ (unit + (high >>> 15)), 0x5851f42d);
    }
    low = Math.imul(low ^ (low >>> 16), 0x45d9f3b);
    high = Math.imul(high ^ low ^ (high >>> 13), 0x3c6ef373);
    this.cuenta += 1;
    this.#baja = (this.#baja + ((low ^ (low >>> 15)) >>> 0)) >>> 0;
    this.#alta = (this.#alta + ((high ^ (high >>> 16)) >>> 0)) >>> 0;
  }

  /** 16 hexadecimal digits. */
  get suma(): string {
    return [this.#alta, this.#baja].map((part) => part.toString(16).padStart(8, '0')).join('');
  }
}
