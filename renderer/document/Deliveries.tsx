import type { DeliveryState, Recipient } from '../../contract/document.ts';
import type { IconName } from '../ui/icon-paths.ts';
import { Status, type Tone } from '../ui/Status.tsx';
import { instantText } from '../words/format.ts';
import { documentWords, listWords } from '../words/screens.ts';
import { deliveryStates } from '../words/vi.ts';
import styles from './Panel.module.css';
import { Section } from './Section.tsx';

const looks: Record<DeliveryState, { tone: Tone; icon: IconName }> = {
  sent: { tone: 'quiet', icon: 'send' },
  arrived: { tone: 'info', icon: 'inbox' },
  registered: { tone: 'good', icon: 'check' },
  refused: { tone: 'bad', icon: 'back' },
};

/** Where a document goes, and once it is issued, how far it has come with each. */
export function Deliveries({ recipients, issued }: { recipients: readonly Recipient[]; issued: boolean }) {
  return (
    <Section title={documentWords.deliveries}>
      <ul className={styles.list}>
        {recipients.map(({ agency, state, at, arrivalNumber, reason }) => (
          <li key={agency.code} className={styles.item}>
            <p>{agency.name}</p>
            {issued && (
              <>
                <Status tone={looks[state].tone} icon={looks[state].icon}>
                  {deliveryStates[state]}
                </Status>
                <p className={styles.quiet}>
                  {at && instantText(at)}
                  {arrivalNumber !== null && ` · ${listWords.arrivalNumber(arrivalNumber)}`}
                </p>
                {reason && <p className={styles.note}>{reason}</p>}
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
