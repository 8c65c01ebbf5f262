import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { ConsentQuestion } from '../../contract/consent.ts';
import { type PinKey, type SealedPin, sealPin } from '../../contract/sealed-pin.ts';
import { PinField } from '../token/PinField.tsx';
import { TriesWarning } from '../token/TriesWarning.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { Icon } from '../ui/Icon.tsx';
import { consentWords } from '../words/consent.ts';
import { pinWords } from '../words/screens.ts';
import styles from './ConsentForm.module.css';

interface ConsentFormProps {
  id: string;
  question: ConsentQuestion;
  /** Whether a yes counts yet. */
  settled: boolean;
  /** The token is at work on what was given. */
  working: boolean;
  /** The PIN leaves its field at once; sealing it goes on in the promise. */
  onConfirm(pin: Promise<SealedPin | null>, lastTryConfirmed: boolean): void;
}

/** The field is empty before anything is waited for; the bytes are cleared whether or not sealing works. */
function takePin(field: HTMLInputElement, key: PinKey): Promise<SealedPin> {
  const pin = new TextEncoder().encode(field.value);
  field.value = '';
  return sealPin(pin, key);
}

/** The PIN as the token wants it now, what a wrong one would cost, and why the last one did not serve. */
export function ConsentForm({ id, question, settled, working, onConfirm }: ConsentFormProps) {
  const { pin, failure, documents } = question;
  const field = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const check = useRef<HTMLInputElement>(null);
  const [understood, setUnderstood] = useState(false);
  const [complaint, setComplaint] = useState<string | null>(null);
  const [capsLock, setCapsLock] = useState(false);
  const tries = pin.asks === 'nothing' ? 'enough' : pin.tries;

  // Asked anew: the last yes to a last try doesn't count again.
  useEffect(() => {
    setUnderstood(false);
    setComplaint(null);
    if (question.pin.asks !== 'field') return;
    if (question.pin.tries === 'last') check.current?.focus();
    else field.current?.focus();
  }, [question]);

  // Where there is no field to press Enter in, Enter confirms all the same; one that is held down doesn't.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isFree = event.target instanceof HTMLElement && !event.target.closest('button, input, [role]');
      if (event.key === 'Enter' && !event.repeat && isFree) form.current?.requestSubmit();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!settled || working) return;
    const missing =
      tries === 'last' && !understood
        ? pinWords.understoodMissing
        : pin.asks === 'field' && !field.current?.value
          ? pinWords.missing
          : null;
    setComplaint(missing);
    if (missing) {
      (missing === pinWords.missing ? field : check).current?.focus();
      return;
    }
    const sealed = pin.asks === 'field' && field.current ? takePin(field.current, pin.sealFor) : null;
    onConfirm(Promise.resolve(sealed), tries === 'last');
  };

  return (
    <form id={id} ref={form} className={styles.form} onSubmit={submit} noValidate>
      {/* Before a last try its own warning says it all. */}
      {failure && !working && tries !== 'last' && (
        <FailureBanner failure={failure} heading={consentWords.tryFailed} />
      )}
      <TriesWarning
        tries={tries === 'low' && failure ? 'enough' : tries}
        understood={understood}
        onUnderstood={setUnderstood}
        checkRef={check}
      />
      {pin.asks === 'nothing' && <p>{consentWords.standing}</p>}
      {pin.asks === 'pad' && (
        <p className={styles.pad}>
          <Icon name="token" size={1.6} />
          {working ? consentWords.workingPad : pinWords.pad}
        </p>
      )}
      {pin.asks === 'field' && (
        <>
          {documents.length > 1 && <p>{consentWords.onePin}</p>}
          <PinField
            label={pinWords.label}
            fieldRef={field}
            hint={pinWords.hint}
            invalid={complaint !== null}
            onCapsLock={setCapsLock}
          />
        </>
      )}
      <p className={styles.complaint} role="status">
        {working ? '' : (complaint ?? (capsLock ? pinWords.capsLock : ''))}
      </p>
      {working && (
        <p className={styles.working} role="status">
          {consentWords.working}
        </p>
      )}
    </form>
  );
}
