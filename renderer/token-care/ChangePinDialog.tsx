import { type FormEvent, useEffect, useId, useRef } from 'react';
import type { TokenReference } from '../../contract/token.ts';
import { useTokens } from '../core/queries.ts';
import { findToken } from '../token/key-choice.ts';
import { LockedBanner } from '../token/TriesWarning.tsx';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
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
      title={changePinWords.title(token?.label || careWords.unnamed)}
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
      {outcome && <Outcome outcome={outcome} />}
      {underWay && <Banner tone="info" title={changePinWords.wait} announce />}
      {!token && !isDone && <Banner tone="doubt" title={changePinWords.gone} announce />}
      {token?.flags.pinLocked && !isDone && <LockedBanner />}
      {token && asks && (
        <form id={formId} className={styles.form} onSubmit={submit} noValidate>
          <ChangePinFields token={token} change={change} />
        </form>
      )}
    </DialogFrame>
  );
}

/** Takes the focus: the fields or the button that had it are gone or empty. */
function Outcome({ outcome }: { outcome: PinChangeOutcome }) {
  const place = useRef<HTMLDivElement>(null);
  const isDone = outcome.kind === 'done';
  useEffect(() => {
    if (isDone) place.current?.focus();
  }, [isDone]);
  if (outcome.kind === 'done') {
    return (
      <div ref={place} tabIndex={-1}>
        <Banner tone="good" title={changePinWords.done(timeText(outcome.at))} announce>
          <p>{changePinWords.doneAdvice}</p>
        </Banner>
      </div>
    );
  }
  return (
    <>
      <FailureBanner failure={outcome.failure} heading={outcome.unclear ? '' : changePinWords.failed} />
      {outcome.unclear && (
        <Banner tone="doubt" title={changePinWords.unclear}>
          <p>{changePinWords.unclearAdvice}</p>
        </Banner>
      )}
    </>
  );
}
