import type { AnchorCertificate } from '../../contract/trust.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { common } from '../words/screens.ts';
import { trustWords } from '../words/trust.ts';
import { AnchorFacts } from './AnchorFacts.tsx';
import styles from './TrustScreen.module.css';

interface TrustDialogProps {
  change: 'add' | 'remove';
  anchor: AnchorCertificate;
  onConfirm(): void;
  onClose(): void;
}

/** The question before whom to trust changes: every verdict of this desk depends on the answer. */
export function TrustDialog({ change, anchor, onConfirm, onClose }: TrustDialogProps) {
  const isAdding = change === 'add';
  return (
    <DialogFrame
      title={isAdding ? trustWords.addTitle : trustWords.removeTitle}
      onClose={onClose}
      actions={
        <>
          <ActionButton onPress={onClose}>{common.cancel}</ActionButton>
          <ActionButton look="danger" onPress={onConfirm}>
            {isAdding ? trustWords.addConfirm : trustWords.removeConfirm}
          </ActionButton>
        </>
      }
    >
      <p className={styles.name}>{anchor.subject}</p>
      <AnchorFacts anchor={anchor} />
      {isAdding && (
        <Banner
          tone={anchor.knownAs ? 'good' : 'doubt'}
          title={anchor.knownAs ? trustWords.knownAs(anchor.knownAs) : trustWords.notKnown}
        />
      )}
      <p>{isAdding ? trustWords.addText : trustWords.removeText}</p>
    </DialogFrame>
  );
}
