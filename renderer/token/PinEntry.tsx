import { type RefObject, useEffect, useState } from 'react';
import { Icon } from '../ui/Icon.tsx';
import { pinWords } from '../words/screens.ts';
import styles from './PinEntry.module.css';
import { PinField } from './PinField.tsx';
import type { PinPlan } from './pin-plan.ts';
import { LockedBanner, TriesWarning } from './TriesWarning.tsx';

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
  const [capsLock, setCapsLock] = useState(false);
  // Ready to type; but a last try begins with its confirmation.
  const begins = plan.asks === 'field' && plan.tries !== 'last';
  useEffect(() => {
    if (begins) fieldRef.current?.focus();
  }, [begins, fieldRef]);
  if (plan.asks === 'nothing') return <p>{pinWords.open}</p>;
  if (plan.asks === 'elsewhere') return <p>{pinWords.elsewhere}</p>;
  if (plan.asks === 'locked') return <LockedBanner />;
  return (
    <div className={styles.entry}>
      <TriesWarning tries={plan.tries} understood={understood} onUnderstood={onUnderstood} />
      {plan.asks === 'pad' ? (
        <p className={styles.pad}>
          <Icon name="token" size={1.6} />
          {pinWords.pad}
        </p>
      ) : (
        <PinField
          label={pinWords.label}
          fieldRef={fieldRef}
          hint={pinWords.hint}
          invalid={complaint !== null}
          onCapsLock={setCapsLock}
        />
      )}
      <p className={styles.complaint} role="status">
        {complaint ?? (capsLock && plan.asks === 'field' ? pinWords.capsLock : '')}
      </p>
    </div>
  );
}
