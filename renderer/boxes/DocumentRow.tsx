import { Checkbox } from 'react-aria-components/Checkbox';
import { GridListItem } from 'react-aria-components/GridList';
import type { DocumentCard } from '../../contract/desktop.ts';
import { Icon } from '../ui/Icon.tsx';
import { Status } from '../ui/Status.tsx';
import { selectionWords } from '../words/batch.ts';
import { briefInstant } from '../words/format.ts';
import { listWords } from '../words/screens.ts';
import { typeName } from '../words/type-name.ts';
import { batchAct } from './batch-choice.ts';
import { deliveryCount, looksOf, rowName, urgencyWord } from './card-state.ts';
import styles from './DocumentRow.module.css';
import { Urgency } from './Urgency.tsx';

/** One document in a list: what it is, what it says, where it stands. */
export function DocumentRow({ card, choosable }: { card: DocumentCard; choosable: boolean }) {
  const urgent = urgencyWord(card.urgency);
  const deliveries = deliveryCount(card.deliveries);
  const number = card.referenceCode ? listWords.number(card.referenceCode) : listWords.noNumber;
  return (
    <GridListItem
      id={card.id}
      textValue={card.subject}
      aria-label={rowName(card)}
      className={`${styles.row} ${choosable ? styles.choosable : ''}`}
    >
      {choosable && <Choice card={card} />}
      <div className={styles.what}>
        <p className={styles.above}>
          {urgent && <Urgency word={urgent} />}
          <span className={styles.type}>{typeName(card.type)}</span>
          <span>{number}</span>
          {card.arrivalNumber !== null && <span>{listWords.arrivalNumber(card.arrivalNumber)}</span>}
          <span>{listWords.changed(briefInstant(card.updatedAt, new Date()))}</span>
        </p>
        <p className={styles.subject}>{card.subject}</p>
        <p className={styles.below}>
          <span>{card.issuer}</span>
          {card.kind === 'outgoing' && card.state === 'issued' && deliveries.all > 0 && (
            <span>{listWords.deliveries(deliveries.registered, deliveries.all)}</span>
          )}
          {deliveries.refused > 0 && (
            <span className={styles.refused}>{listWords.refused(deliveries.refused)}</span>
          )}
        </p>
      </div>
      <div className={styles.where}>
        {looksOf(card).map(({ word, tone, icon }) => (
          <Status key={word} tone={tone} icon={icon}>
            {word}
          </Status>
        ))}
      </div>
      <span className={styles.open}>
        <Icon name="chevronRight" />
      </span>
    </GridListItem>
  );
}

/** The box to choose with; a card that can't be chosen leaves its place empty, so that all lines begin alike. */
function Choice({ card }: { card: DocumentCard }) {
  if (batchAct(card) === null) return <span />;
  return (
    <Checkbox
      slot="selection"
      className={styles.choice ?? ''}
      aria-label={selectionWords.select(card.subject)}
    >
      <span className={styles.box} aria-hidden="true">
        <Icon name="tick" size={1.2} />
      </span>
    </Checkbox>
  );
}
