import { type RefObject, useId } from 'react';
import { Banner } from '../ui/Banner.tsx';
import { pinWords } from '../words/screens.ts';
import type { PinPlan } from './pin-plan.ts';
import styles from './TriesWarning.module.css';

interface TriesWarningProps {
  tries: Extract<PinPlan, { tries: string }>['tries'];
  understood: boolean;
  onUnderstood(understood: boolean): void;
  checkRef?: RefObject<HTMLInputElement | null>;
  /** That the yes is still missing, said beside it. */
  complaint?: string | null;
}

/** What a wrong PIN would cost, before it is tried; the last try needs a second, explicit yes. */
export function TriesWarning({
  tries,
  understood,
  onUnderstood,
  checkRef,
  complaint = null,
}: TriesWarningProps) {
  const id = useId();
  switch (tries) {
    case 'enough':
      return null;
    case 'low':
      return <Banner tone="doubt" title={pinWords.low} />;
    case 'last':
      return (
        <Banner tone="bad" title={pinWords.last}>
          <p>{pinWords.lastAdvice}</p>
          <label className={styles.understood}>
            <input
              ref={checkRef}
              type="checkbox"
              aria-describedby={complaint ? id : undefined}
              className={styles.check}
              checked={understood}
              onChange={(event) => onUnderstood(event.target.checked)}
            />
            {pinWords.understood}
          </label>
          {complaint && (
            <p id={id} className={styles.complaint}>
              {complaint}
            </p>
          )}
        </Banner>
      );
  }
}

/** A locked token isn't asked for anything; who can unlock it is said instead. */
export function LockedBanner() {
  return (
    <Banner tone="bad" title={pinWords.lockedTitle}>
      <p>{pinWords.locked}</p>
    </Banner>
  );
}
