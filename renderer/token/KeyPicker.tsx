import type { KeyReference } from '../../contract/token.ts';
import { Icon } from '../ui/Icon.tsx';
import { Status } from '../ui/Status.tsx';
import { dayText } from '../words/format.ts';
import { tokenWords } from '../words/screens.ts';
import { careWords } from '../words/token.ts';
import { keyPurposes } from '../words/vi.ts';
import { expiryLook, expiryOf } from './expiry.ts';
import styles from './KeyPicker.module.css';
import { type KeyChoice, type KeyPurpose, sameKey } from './key-choice.ts';

function Certificate({ choice, named }: { choice: KeyChoice; named: boolean }) {
  const { certificate, token } = choice;
  const warning = expiryLook(expiryOf(certificate, new Date()));
  return (
    <span className={styles.certificate}>
      <span className={styles.subject}>{certificate.subject}</span>
      {certificate.organisation && certificate.organisation !== certificate.subject && (
        <span>{certificate.organisation}</span>
      )}
      {named && token.label && <span>{careWords.onToken(token.label)}</span>}
      <span className={styles.quiet}>{tokenWords.until(dayText(certificate.notAfter))}</span>
      {warning && (
        <Status tone={warning.tone} icon={warning.icon}>
          {warning.word}
        </Status>
      )}
    </span>
  );
}

interface KeyPickerProps {
  purpose: KeyPurpose;
  choices: readonly KeyChoice[];
  chosen: KeyChoice | null;
  onChoose(key: KeyReference): void;
}

/** Whose certificate is used; a choice only where there is one to make. */
export function KeyPicker({ purpose, choices, chosen, onChoose }: KeyPickerProps) {
  const [only] = choices;
  if (only && choices.length === 1) {
    return (
      <section className={styles.single} aria-label={keyPurposes[purpose].title}>
        <Icon name={only.certificate.holder === 'agency' ? 'seal' : 'person'} size={1.8} />
        <Certificate choice={only} named={false} />
      </section>
    );
  }
  const severalTokens = new Set(choices.map(({ key }) => key.tokenSerial)).size > 1;
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{keyPurposes[purpose].title}</legend>
      {choices.map((choice) => (
        <label key={`${choice.key.tokenSerial} ${choice.key.certificateId}`} className={styles.option}>
          <input
            type="radio"
            name="certificate"
            className={styles.radio}
            checked={chosen !== null && sameKey(choice.key, chosen.key)}
            onChange={() => onChoose(choice.key)}
          />
          <Certificate choice={choice} named={severalTokens} />
        </label>
      ))}
    </fieldset>
  );
}
