import { useState } from 'react';
import { useTokens } from '../core/queries.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { careWords } from '../words/token.ts';
import { TokenHelp } from './TokenHelp.tsx';

/** The way to the help from wherever a token is in the way. The dialog gives the focus back to this button. */
export function HelpButton({ look = 'secondary' }: { look?: 'secondary' | 'quiet' }) {
  const tokens = useTokens().data;
  const [open, setOpen] = useState(false);
  return (
    <>
      <ActionButton look={look} icon="question" onPress={() => setOpen(true)}>
        {careWords.help}
      </ActionButton>
      {open && tokens && <TokenHelp tokens={tokens} onClose={() => setOpen(false)} />}
    </>
  );
}
