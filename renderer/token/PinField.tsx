import { type KeyboardEvent, type RefObject, useId } from 'react';
import styles from './PinField.module.css';

interface PinFieldProps {
  label: string;
  /** The field itself is the only place where the PIN is: it never becomes React state. */
  fieldRef: RefObject<HTMLInputElement | null>;
  hint?: string;
  /** Id of further text that describes it. */
  describedBy?: string;
  /** What is wrong with what was typed, shown under the field. */
  complaint?: string | null;
  invalid?: boolean;
  onInput?: () => void;
  onCapsLock?: (on: boolean) => void;
}

/** Where a PIN is typed: never shown, never completed, never kept by the browser. */
export function PinField({
  label,
  fieldRef,
  hint,
  describedBy,
  complaint = null,
  invalid = complaint !== null,
  onInput,
  onCapsLock,
}: PinFieldProps) {
  const id = useId();
  const noteCapsLock = (event: KeyboardEvent) => onCapsLock?.(event.getModifierState('CapsLock'));
  const descriptions = [complaint ? `${id}-complaint` : null, hint ? `${id}-hint` : null, describedBy]
    .filter(Boolean)
    .join(' ');
  return (
    <div className={styles.group}>
      <label htmlFor={id} className={styles.label}>
        {label}
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
        aria-describedby={descriptions || undefined}
        aria-invalid={invalid}
        onInput={onInput}
        onKeyDown={noteCapsLock}
        onKeyUp={noteCapsLock}
      />
      {complaint && (
        <p id={`${id}-complaint`} className={styles.complaint}>
          {complaint}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
