import type { ConsentQuestion } from '../../contract/consent.ts';
import { Icon } from '../ui/Icon.tsx';
import { consentWords } from '../words/consent.ts';
import { dayText } from '../words/format.ts';
import styles from './SignerCard.module.css';

/** Whose key signs, and on which token it is. */
export function SignerCard({ question }: { question: ConsentQuestion }) {
  const { act, certificate, token } = question;
  const { subject, organisation, notAfter } = certificate;
  return (
    <section className={styles.card} aria-label={consentWords.signer}>
      <Icon name={act === 'seal' ? 'seal' : 'person'} size={1.8} />
      <div>
        <p className={styles.subject}>{subject}</p>
        {organisation && organisation !== subject && <p>{organisation}</p>}
        <p className={styles.quiet}>{consentWords.token(token.label || token.serial)}</p>
        <p className={styles.quiet}>{consentWords.until(dayText(notAfter))}</p>
      </div>
    </section>
  );
}
