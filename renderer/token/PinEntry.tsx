import { type KeyboardEvent, type RefObject, useEffect, useId, useState } from 'react';
import { Banner } from '../ui/Banner.tsx';
import { Icon } from '../ui/Icon.tsx';
import { pinWords } from '../words/screens.ts';
import styles from './PinEntry.module.css';
import type { PinPlan } from './pin-plan.ts';

interface PinEntryProps {
  plan: PinPlan;
  /** The field itself is the only place where the PIN is: it never becomes React state. */
  fieldRef: RefObject<HTMLInputElement | null>;
  understood: boolean;
  onUnderstood(understood: boolean): void;
  /** What is missing before the PIN can be used; read out beside the field. */
  complaint: string | null;
}

/** Asks for the PIN as the token allows it now, and says before each try what a wrong one would cost. */
export function PinEntry({ plan, fieldRef, understood, onUnderstood, complaint }: PinEntryProps) {
  const id = useId();
  const [capsLock, setCapsLock] = useState(false);
  // Ready to type; but a last try begins with its confirmation.
  const begins = plan.asks === 'field' && plan.tries !== 'last';
  useEffect(() => {
    if (begins) fieldRef.current?.focus();
  }, [begins, fieldRef]);
  if (plan.asks === 'nothing') return <p>{pinWords.open}</p>;
  if (plan.asks === 'locked') {
    return (
      <Banner tone="bad" title={pinWords.lockedTitle}>
        <p>{pinWords.locked}</p>
      </Banner>
    );
  }
  const noteCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <div className={styles.entry}>
      {plan.tries === 'low' && <Banner tone="doubt" title={pinWords.low} />}
      {plan.tries === 'last' && (
        <Banner tone="bad" title={pinWords.last}>
          <p>{pinWords.lastAdvice}</p>
          <label className={styles.understood}>
            <input
              type="checkbox"
              className={styles.check}
              checked={understood}
              onChange={(event) => onUnderstood(event.target.checked)}
            />
            {pinWords.understood}
          </label>
        </Banner>
      )}
      {plan.asks === 'pad' ? (
        <p className={styles.pad}>
          <Icon name="token" size={1.6} />
          {pinWords.pad}
        </p>
      ) : (
        <div className={styles.fieldGroup}>
          <label htmlFor={id} className={styles.label}>
            {pinWords.label}
          </label>
          <input
            id={id}
            ref={fieldRef}
            type="password"
            className={styles.field}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={128}
            aria-describedby={`${id}-hint`}
            aria-invalid={complaint !== null}
            onKeyDown={noteCapsLock}
            onKeyUp={noteCapsLock}
          />
          <p id={`${id}-hint`} className={styles.hint}>
            {pinWords.hint}
          </p>
        </div>
      )}
      <p className={styles.complaint} role="status">
        {complaint ?? (capsLock && plan.asks === 'field' ? pinWords.capsLock : '')}
      </p>
    </div>
  );
}
