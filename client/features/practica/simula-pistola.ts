/**
 * Types a code as a gun does, for who has neither a gun nor a printed label: the counting screen hears keys and cannot
 * tell, so that what is practised is the real way.
 */
export function simulaPistola(codigo: string): void {
  const campo = document.querySelector<HTMLInputElement>('[data-escaner="codigo"]');
  campo?.focus({ preventScroll: true });
  const target = campo ?? document.body;
  for (const key of [...codigo, 'Enter'])
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}
