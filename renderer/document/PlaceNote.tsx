import type { PlannedPlace, StampPlace } from '../../contract/stamp-place.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { placeWords } from '../words/place.ts';
import styles from './PlacePicker.module.css';

interface PlaceNoteProps {
  planned: PlannedPlace;
  /** Null: where the rules put it. */
  chosen: StampPlace | null;
  hintId: string;
  onReset(): void;
}

/** Where the signature will stand, in words, and how to move it. */
export function PlaceNote({ planned, chosen, hintId, onReset }: PlaceNoteProps) {
  const who = planned.isFixed ? placeWords.fixed : chosen ? placeWords.own : placeWords.byRules;
  return (
    <section className={styles.words} aria-label={placeWords.words}>
      <p role="status">
        {who} {placeWords.at(chosen ?? planned)}.
      </p>
      {!planned.isFixed && (
        <p id={hintId} className={styles.quiet}>
          {placeWords.hint}
        </p>
      )}
      {chosen && (
        <div>
          <ActionButton look="quiet" icon="refresh" onPress={onReset}>
            {placeWords.reset}
          </ActionButton>
        </div>
      )}
    </section>
  );
}
