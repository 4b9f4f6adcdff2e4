import { cx } from './cx.ts';
import { Modal, type ModalProps } from './modal.tsx';

export type SheetProps = ModalProps;

/** Longer content: nearly the whole phone from below, a panel at the right on a PC. */
export function Sheet({ className, ...props }: SheetProps) {
  return <Modal {...props} className={cx('sheet', className)} />;
}
