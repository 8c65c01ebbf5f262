import { type FormEvent, useId } from 'react';
import type { TokenState } from '../../contract/desktop.ts';
import type { KeyReference } from '../../contract/token.ts';
import { useTokens } from '../core/queries.ts';
import { KeyEntryFields } from '../token/KeyEntryFields.tsx';
import { useKeyEntry } from '../token/use-key-entry.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { common, shellWords, signInWords } from '../words/screens.ts';
import styles from './SignInScreen.module.css';
import { useSignIn } from './use-sign-in.ts';

interface SignInDialogProps {
  wanted: KeyReference;
  onClose(): void;
}

/** Signing in again where the server's session has ended, without leaving what is open. */
export function SignInDialog({ wanted, onClose }: SignInDialogProps) {
  const tokens = useTokens().data;
  return tokens ? <Form tokens={tokens} wanted={wanted} onClose={onClose} /> : null;
}

function Form({ tokens, wanted, onClose }: SignInDialogProps & { tokens: TokenState }) {
  const entry = useKeyEntry(tokens, 'signIn', { wanted });
  const { signIn, failure, underWay } = useSignIn();
  const formId = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const taken = underWay ? null : entry.take();
    if (taken && (await signIn(taken.use))) onClose();
  };
  return (
    <DialogFrame
      title={shellWords.signInAgain}
      onClose={onClose}
      actions={
        <>
          <ActionButton onPress={onClose}>{common.cancel}</ActionButton>
          <ActionButton type="submit" form={formId} look="primary" isDisabled={!entry.usable || underWay}>
            {underWay ? signInWords.underWay : signInWords.submit}
          </ActionButton>
        </>
      }
    >
      <form id={formId} className={styles.form} onSubmit={submit} noValidate>
        {failure && <FailureBanner failure={failure} />}
        <KeyEntryFields purpose="signIn" entry={entry} />
      </form>
    </DialogFrame>
  );
}
