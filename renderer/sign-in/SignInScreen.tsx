import { type FormEvent, useEffect, useState } from 'react';
import type { TokenState } from '../../contract/desktop.ts';
import { useDesk } from '../core/desk-context.ts';
import { failureOf } from '../core/failure-of.ts';
import { useConnection, useTokens } from '../core/queries.ts';
import { KeyEntryFields } from '../token/KeyEntryFields.tsx';
import { TokenPicture } from '../token/TokenPicture.tsx';
import { useKeyEntry } from '../token/use-key-entry.ts';
import { HelpButton } from '../token-care/HelpButton.tsx';
import { PanelButton } from '../token-care/PanelButton.tsx';
import { ActionButton } from '../ui/ActionButton.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { markReady } from '../ui/ready.ts';
import { SealMark } from '../ui/SealMark.tsx';
import { fileWords } from '../words/local-file.ts';
import { common, signInWords } from '../words/screens.ts';
import styles from './SignInScreen.module.css';
import { StoreNotice } from './StoreNotice.tsx';
import { useSignIn } from './use-sign-in.ts';

/** The way in: a token, its PIN, one button. Shows live what the token is doing. */
export function SignInScreen({ onFiles }: { onFiles(): void }) {
  const tokens = useTokens();
  const settled = !tokens.isPending;
  useEffect(() => {
    if (settled) markReady();
  }, [settled]);
  return (
    <main className={styles.screen} tabIndex={-1}>
      <div className={styles.card}>
        <header className={styles.brand}>
          <SealMark size={3.2} />
          <div>
            <p className={styles.name}>{common.appName}</p>
            <p className={styles.tagline}>{signInWords.tagline}</p>
          </div>
        </header>
        <h1>{signInWords.title}</h1>
        <StoreNotice />
        {tokens.error && <FailureBanner failure={failureOf(tokens.error)} />}
        {tokens.isPending && <p role="status">{signInWords.searching}</p>}
        {tokens.data && <SignInForm tokens={tokens.data} />}
        {tokens.data && (
          <div className={styles.care}>
            <HelpButton look="quiet" />
            <PanelButton />
          </div>
        )}
        <div className={styles.files}>
          <ActionButton icon="document" onPress={onFiles}>
            {fileWords.fromSignIn}
          </ActionButton>
          <p>{fileWords.fromSignInHint}</p>
        </div>
      </div>
    </main>
  );
}

function SignInForm({ tokens }: { tokens: TokenState }) {
  const entry = useKeyEntry(tokens, 'signIn');
  const { signIn, failure, underWay } = useSignIn();
  // Why whoever was at work stands here again; nothing after a sign-out of their own.
  const ended = useConnection().data?.failure;
  const told = failure ?? (ended?.code.startsWith('session-') ? ended : null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const taken = underWay ? null : entry.take();
    if (taken && !(await signIn(taken.use))) entry.fieldRef.current?.focus();
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {told && <FailureBanner failure={told} />}
      <KeyEntryFields
        purpose="signIn"
        entry={entry}
        noToken={<NoToken stuck={entry.stuck} />}
        offersHelp={false}
      />
      {entry.situation.kind === 'ready' ? (
        <ActionButton type="submit" look="primary" isDisabled={!entry.usable || underWay}>
          {underWay ? signInWords.underWay : signInWords.submit}
        </ActionButton>
      ) : (
        <CheckAgain />
      )}
    </form>
  );
}

function NoToken({ stuck }: { stuck: string | null }) {
  return (
    <div className={styles.noToken} role="status">
      <TokenPicture />
      <p className={styles.insert}>{signInWords.insert}</p>
      <p>{signInWords.insertHint}</p>
      {stuck && <p className={styles.stuck}>{stuck}</p>}
    </div>
  );
}

function CheckAgain() {
  const { core, queries } = useDesk();
  const [looking, setLooking] = useState(false);
  const look = async () => {
    setLooking(true);
    try {
      const state = await core.call((client, options) => client.tokens.refresh({}, options));
      queries.setQueryData(['tokens'], state);
    } catch {
      // The reason is shown by the question that is asked anew here.
      await queries.invalidateQueries({ queryKey: ['tokens'] });
    } finally {
      setLooking(false);
    }
  };
  return (
    <ActionButton icon="refresh" onPress={() => void look()} isPending={looking}>
      {looking ? signInWords.searching : signInWords.checkAgain}
    </ActionButton>
  );
}
