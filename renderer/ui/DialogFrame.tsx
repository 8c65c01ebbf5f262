import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import styles from './DialogFrame.module.css';
import { useFocusHome } from './use-focus-home.ts';

interface DialogFrameProps {
  title: string;
  onClose(): void;
  children: ReactNode;
  /** `wide` for a picture beside the fields, `full` for documents side by side; else as wide as a text is read well. */
  size?: 'text' | 'wide' | 'full';
  /** Buttons at the foot, the harmless one first. */
  actions: ReactNode;
}

/**
 * A dialog inside the window, so that it can't open behind it. Esc closes it; a click beside it doesn't, lest something
 * typed be lost. The focus goes to the dialog's first field, or to the dialog itself, never to the button that acts.
 */
export function DialogFrame({ title, onClose, children, actions, size = 'text' }: DialogFrameProps) {
  useFocusHome();
  return (
    <ModalOverlay className={styles.overlay ?? ''} isOpen onOpenChange={(open) => !open && onClose()}>
      <Modal className={`${styles.modal} ${styles[size] ?? ''}`}>
        <Dialog className={styles.dialog ?? ''}>
          <Heading slot="title" level={2} className={styles.title ?? ''}>
            {title}
          </Heading>
          <div className={styles.body}>{children}</div>
          <div className={styles.actions}>{actions}</div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
