import { useTokens } from '../core/queries.ts';
import { PanelButton } from '../token-care/PanelButton.tsx';
import { tokenWords } from '../words/screens.ts';
import { Chip } from './Chip.tsx';
import styles from './TokenChip.module.css';
import { tokenLine } from './token-line.ts';

/** The token's state, always in sight; its details on demand. */
export function TokenChip() {
  const tokens = useTokens().data;
  if (!tokens) {
    return <Chip label={tokenWords.label} tone="quiet" icon="token" title={tokenWords.checking} />;
  }
  return (
    <div className={styles.chip}>
      <Chip label={tokenWords.label} {...tokenLine(tokens, new Date())} />
      <PanelButton iconOnly />
    </div>
  );
}
