import { cx } from './cx.ts';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

/**
 * The look of a button for anything that acts like one (a router link, a file label).
 * `primary` is the signal colour: one a screen, ≥ 56 px; the others are ≥ 48 px.
 */
export function buttonClass(
  options: { variant?: ButtonVariant; block?: boolean; tall?: boolean } = {},
): string {
  const { variant = 'secondary', block = false, tall = variant === 'primary' } = options;
  return cx('btn', `btn-${variant}`, tall && 'btn-tall', block && 'w-full');
}
