import { useNavigate } from 'react-router';
import type { OutboxEntry } from '../../contract/desktop.ts';
import { entryText } from '../outbox/entry-text.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { shellWords } from '../words/screens.ts';
import { outboxActs } from '../words/vi.ts';

/** The newest act that the server hasn't confirmed, where it is stuck or waiting. */
export function PendingAct({ entry }: { entry: OutboxEntry }) {
  const navigate = useNavigate();
  const { state, tone, sentences } = entryText(entry);
  return (
    <Banner
      tone={tone}
      title={`${outboxActs[entry.act]}: ${state}`}
      actions={
        entry.state === 'needsAttention' && (
          <ActionButton onPress={() => void navigate('/outbox')}>{shellWords.openOutbox}</ActionButton>
        )
      }
    >
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Banner>
  );
}
