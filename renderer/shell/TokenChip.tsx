import { useState } from 'react';
import { useTokens } from '../core/queries.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { tokenWords } from '../words/screens.ts';
import { Chip } from './Chip.tsx';
import styles from './TokenChip.module.css';
import { TokenDialog } from './TokenDialog.tsx';
import { tokenLine } from './token-line.ts';

/** The token's state, always in sight; its details on demand. */
export function TokenChip() {
  const tokens = useTokens().data;
  const [open, setOpen] = useState(false);
  if (!tokens) {
    return <Chip label={tokenWords.label} tone="quiet" icon="token" title={tokenWords.checking} />;
  }
  return (
    <div className={styles.chip}>
      <Chip label={tokenWords.label} {...tokenLine(tokens, new Date())} />
      <ActionButton look="quiet" icon="info" iconOnly onPress={() => setOpen(true)}>
        {tokenWords.details}
      </ActionButton>
      {open && <TokenDialog tokens={tokens} onClose={() => setOpen(false)} />}
    </div>
  );
}
