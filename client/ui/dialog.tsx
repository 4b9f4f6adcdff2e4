import { Modal, type ModalProps } from './modal.tsx';

export type DialogProps = ModalProps;

/** A question in the middle of a PC, at the bottom of a phone. */
export function Dialog(props: DialogProps) {
  return <Modal {...props} />;
}
