import { type FormEvent, useId, useState } from 'react';
import { failureMessage } from '../../contract/messages/message.ts';
import type { TokenReference } from '../../contract/token.ts';
import { useTokens } from '../core/queries.ts';
import { findToken } from '../token/key-choice.ts';
import { LockedBanner } from '../token/TriesWarning.tsx';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { FocusPlace } from '../ui/FocusPlace.tsx';
import { timeText } from '../words/format.ts';
import { common } from '../words/screens.ts';
import { careWords, changePinWords } from '../words/token.ts';
import styles from './ChangePinDialog.module.css';
import { ChangePinFields } from './ChangePinFields.tsx';
import { type PinChangeOutcome, usePinChange } from './use-pin-change.ts';

/** Another PIN for a token; stays open until the person has read how it ended. */
export function ChangePinDialog({ token: reference, onClose }: { token: TokenReference; onClose(): void }) {
  const tokens = useTokens().data;
  const token = tokens ? findToken(tokens, reference) : null;
  const change = usePinChange(reference, token);
  const formId = useId();
  const { outcome, underWay } = change;
  // Kept, since the token may be pulled out while it is asked.
  const [name] = useState(token?.label || careWords.unnamed);
  const isDone = outcome?.kind === 'done';
  const asks = token !== null && !token.flags.pinLocked && !isDone;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // This dialog may stand inside another form, as React sees it: that one must not be sent.
    event.stopPropagation();
    void change.submit();
  };
  // While the token works there is nothing to go back from, and the outcome has to be seen.
  const close = () => {
    if (!underWay) onClose();
  };
  return (
    <DialogFrame
      title={changePinWords.title(name)}
      onClose={close}
      actions={
        <>
          <ActionButton onPress={close} isDisabled={underWay}>
            {asks ? common.cancel : common.close}
          </ActionButton>
          {asks && (
            <ActionButton type="submit" form={formId} look="primary" isPending={underWay}>
              {underWay ? changePinWords.underWay : changePinWords.submit}
            </ActionButton>
          )}
        </>
      }
    >
      {outcome && (
        <FocusPlace>
          <Outcome outcome={outcome} />
        </FocusPlace>
      )}
      {underWay && (
        <FocusPlace>
          <Banner tone="info" title={changePinWords.underWay} announce>
            <p>{changePinWords.wait}</p>
            {change.onPad && <p>{changePinWords.padNow}</p>}
          </Banner>
        </FocusPlace>
      )}
      {!token && !isDone && !underWay && <Banner tone="doubt" title={changePinWords.gone} announce />}
      {token?.flags.pinLocked && !isDone && <LockedBanner />}
      {token && asks && !underWay && (
        <form id={formId} className={styles.form} onSubmit={submit} noValidate>
          <ChangePinFields token={token} change={change} />
        </form>
      )}
    </DialogFrame>
  );
}

/** How the change went, or that nobody can say. */
function Outcome({ outcome }: { outcome: PinChangeOutcome }) {
  if (outcome.kind === 'done') {
    return (
      <Banner tone="good" title={changePinWords.done(timeText(outcome.at))} announce>
        <p>{changePinWords.doneAdvice}</p>
      </Banner>
    );
  }
  if (!outcome.unclear) return <FailureBanner failure={outcome.failure} heading={changePinWords.failed} />;
  return (
    <Banner tone="doubt" title={changePinWords.unclear} announce>
      <p>{failureMessage(outcome.failure).happened}</p>
      <p>{changePinWords.unclearAdvice}</p>
    </Banner>
  );
}
