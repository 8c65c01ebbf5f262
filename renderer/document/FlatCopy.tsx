import { useState } from 'react';
import type { DocumentId } from '../../contract/identity.ts';
import { actDeadlineMs } from '../core/core-connection.ts';
import { useDesk } from '../core/desk-context.ts';
import { failureOf } from '../core/failure-of.ts';
import { ErrandBanner } from '../token-care/ErrandBanner.tsx';
import type { ErrandOutcome } from '../token-care/use-errand.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { FocusPlace } from '../ui/FocusPlace.tsx';
import { findingWords } from '../words/finding.ts';
import styles from './Panel.module.css';

const words = findingWords.flat;

/** The way out for a document that nobody may sign as it is: a copy made new, for its drafter to submit instead. */
export function FlatCopy({ id }: { id: DocumentId }) {
  const { core } = useDesk();
  const [isSaving, setSaving] = useState(false);
  const [outcome, setOutcome] = useState<ErrandOutcome | null>(null);
  const save = async () => {
    if (isSaving) return;
    setSaving(true);
    setOutcome(null);
    try {
      const { path } = await core.call((client) => client.documents.saveFlatCopy({ id }), actDeadlineMs);
      setOutcome(
        path === null ? { kind: 'nothing', note: words.notSaved } : { kind: 'done', note: words.saved(path) },
      );
    } catch (thrown) {
      setOutcome({ kind: 'failed', heading: words.failed, failure: failureOf(thrown) });
    } finally {
      setSaving(false);
    }
  };
  return (
    <>
      <p>{words.what}</p>
      <div className={styles.ways}>
        <ActionButton icon="save" isPending={isSaving} onPress={() => void save()}>
          {isSaving ? words.saving : words.save}
        </ActionButton>
      </div>
      {outcome && (
        <FocusPlace>
          <ErrandBanner outcome={outcome} />
        </FocusPlace>
      )}
    </>
  );
}
