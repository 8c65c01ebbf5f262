import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { SessionState } from '../../contract/desktop.ts';
import { headlineOf } from '../batch/batch-progress.ts';
import { useActs, useCoreStatus } from '../core/desk-context.ts';
import { useBatch, useConnection, useOutbox, useTokens } from '../core/queries.ts';
import { SignInDialog } from '../sign-in/SignInDialog.tsx';
import { StoreNotice } from '../sign-in/StoreNotice.tsx';
import { loginEndSentence } from '../token/token-standing.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { batchWords } from '../words/batch.ts';
import { common, shellWords } from '../words/screens.ts';
import { actsUnderWay } from '../words/vi.ts';
import { clockWarning } from './connection-line.ts';
import styles from './Notices.module.css';

type SignedIn = Extract<SessionState, { status: 'signedIn' }>;

/** What concerns the whole window, above any screen; each stays for as long as it is so. */
export function Notices({ session }: { session: SignedIn | null }) {
  const core = useCoreStatus();
  const connection = useConnection().data;
  const outbox = useOutbox().data;
  const acts = useActs();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const [signingIn, setSigningIn] = useState(false);
  const batch = useBatch().data;
  const tokens = useTokens().data;
  const ended = loginEndSentence(tokens?.loginEnded);
  const endedAt = tokens?.loginEnded?.at ?? null;
  // Which login's end the person has read of; another one is told again.
  const [dismissed, setDismissed] = useState<string | null>(null);

  const attention = outbox?.filter(({ state }) => state === 'needsAttention').length ?? 0;
  const minutes = connection ? clockWarning(connection) : null;
  const sessionEnded =
    session !== null &&
    (connection?.status === 'signedOut' || connection?.failure?.code.startsWith('session-') === true);
  const elsewhere = [...acts].filter(([id, act]) => act.kind === 'running' && !pathname.endsWith(`/${id}`));

  return (
    <div className={styles.notices}>
      {core === 'stopped' && <Banner tone="doubt" title={shellWords.coreStopped} announce />}
      <StoreNotice />
      {sessionEnded && (
        <Banner
          tone="doubt"
          title={shellWords.sessionEnded}
          announce
          actions={<ActionButton onPress={() => setSigningIn(true)}>{shellWords.signInAgain}</ActionButton>}
        />
      )}
      {ended && endedAt !== dismissed && (
        <Banner
          tone="info"
          title={ended}
          announce
          actions={
            <ActionButton look="quiet" onPress={() => setDismissed(endedAt)}>
              {common.dismiss}
            </ActionButton>
          }
        />
      )}
      {minutes !== null && <Banner tone="doubt" title={shellWords.clock(minutes)} />}
      {attention > 0 && pathname !== '/outbox' && (
        <Banner
          tone="bad"
          title={shellWords.attention(attention)}
          actions={
            <ActionButton onPress={() => void navigate('/outbox')}>{shellWords.openOutbox}</ActionButton>
          }
        />
      )}
      {batch && pathname !== '/batch' && (
        <Banner
          tone={headlineOf(batch).tone}
          title={headlineOf(batch).title}
          actions={<ActionButton onPress={() => void navigate('/batch')}>{batchWords.show}</ActionButton>}
        />
      )}
      {elsewhere.map(([id, { act, subject }]) => (
        <Banner key={id} tone="info" title={actsUnderWay[act]}>
          <p>{subject}</p>
        </Banner>
      ))}
      {signingIn && session && <SignInDialog wanted={session.key} onClose={() => setSigningIn(false)} />}
    </div>
  );
}
