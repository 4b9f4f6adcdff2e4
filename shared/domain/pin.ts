/** A PIN of a shared phone: 4 to 6 digits that a colleague would not try first. */

export type FallaPin = 'PIN_INVALIDO' | 'PIN_OBVIO';

/** Wrong PINs in a row after which only the password opens. */
export const PIN_FALLOS_MAX = 5;

/** Fewer digits are no PIN: they are not tried, so they cost none of the misses. */
export const PIN_LARGO_MIN = 4;

/** A column of the keypad and the corners: as common as 1234. */
const DEL_TECLADO: ReadonlySet<string> = new Set(['2580', '0852', '1379', '1397', '147258', '147369']);

/** null: it may be used. */
export function revisaPin(pin: string): FallaPin | null {
  if (!/^\d{4,6}$/.test(pin)) return 'PIN_INVALIDO';
  const obvio = repite(pin) || corrida(pin) || DEL_TECLADO.has(pin) || pareceFecha(pin);
  return obvio ? 'PIN_OBVIO' : null;
}

/** One block over and over: 0000, 1212, 123123. */
function repite(pin: string): boolean {
  return [1, 2, 3].some(
    (largo) => pin.length % largo === 0 && pin.slice(0, largo).repeat(pin.length / largo) === pin,
  );
}

/** 1234, 4321, 7890. */
function corrida(pin: string): boolean {
  const pasos = [...pin].slice(1).map((digito, i) => (Number(digito) - Number(pin[i]) + 10) % 10);
  return pasos.every((paso) => paso === 1) || pasos.every((paso) => paso === 9);
}

const esDia = (texto: string) => Number(texto) >= 1 && Number(texto) <= 31;
const esMes = (texto: string) => Number(texto) >= 1 && Number(texto) <= 12;

/** Day and month in either order, a year of a living person, or day, month and year of two digits. */
function pareceFecha(pin: string): boolean {
  const [a = '', b = '', c = ''] = pin.match(/\d\d/g) ?? [];
  if (pin.length === 4)
    return (esDia(a) && esMes(b)) || (esMes(a) && esDia(b)) || /^(19[3-9]|20[0-3])/.test(pin);
  if (pin.length !== 6) return false;
  return (esDia(a) && esMes(b)) || (esMes(a) && esDia(b)) || (esMes(b) && esDia(c));
}
