import { useState } from 'react';
import { useTokens } from '../core/queries.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { tokenWords } from '../words/screens.ts';
import { TokenPanel } from './TokenPanel.tsx';

/** The way to the tokens' panel; in the top bar, where its chip says the rest, the picture alone. */
export function PanelButton({ iconOnly = false }: { iconOnly?: boolean }) {
  const tokens = useTokens().data;
  const [open, setOpen] = useState(false);
  return (
    <>
      <ActionButton look="quiet" icon="info" iconOnly={iconOnly} onPress={() => setOpen(true)}>
        {tokenWords.details}
      </ActionButton>
      {open && tokens && <TokenPanel tokens={tokens} onClose={() => setOpen(false)} />}
    </>
  );
}
