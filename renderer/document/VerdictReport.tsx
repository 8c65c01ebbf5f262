import { useState } from 'react';
import type { VerificationReport } from '../../contract/verdict.ts';
import { actDeadlineMs } from '../core/core-connection.ts';
import { useDesk } from '../core/desk-context.ts';
import { failureOf } from '../core/failure-of.ts';
import { ErrandBanner } from '../token-care/ErrandBanner.tsx';
import type { ErrandOutcome } from '../token-care/use-errand.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { copyText } from '../ui/copy-text.ts';
import { FocusPlace } from '../ui/FocusPlace.tsx';
import { verdictWords } from '../words/verdict.ts';
import type { CheckedFile } from './checked-file.ts';
import styles from './Panel.module.css';
import { verdictAsText } from './verdict-text.ts';

/** Takes the verdict elsewhere: as a PDF to be filed or printed, or as text for a message to whoever signed. */
export function VerdictReport({ checked, report }: { checked: CheckedFile; report: VerificationReport }) {
  const { core } = useDesk();
  const [isSaving, setSaving] = useState(false);
  const [outcome, setOutcome] = useState<ErrandOutcome | null>(null);
  const { id } = checked;
  const save = async () => {
    if (isSaving) return;
    setSaving(true);
    setOutcome(null);
    try {
      const { path } = await core.call((client) => client.documents.saveReport({ id }), actDeadlineMs);
      setOutcome(
        path === null
          ? { kind: 'nothing', note: verdictWords.notSaved }
          : { kind: 'done', note: verdictWords.saved(path) },
      );
    } catch (thrown) {
      setOutcome({ kind: 'failed', heading: verdictWords.saveFailed, failure: failureOf(thrown) });
    } finally {
      setSaving(false);
    }
  };
  const copy = () => {
    const isCopied = copyText(verdictAsText(checked, report));
    setOutcome({
      kind: isCopied ? 'done' : 'nothing',
      note: verdictWords[isCopied ? 'copied' : 'notCopied'],
    });
  };
  return (
    <>
      <div className={styles.ways}>
        <ActionButton icon="save" isPending={isSaving} onPress={() => void save()}>
          {isSaving ? verdictWords.saving : verdictWords.save}
        </ActionButton>
        <ActionButton look="quiet" icon="copy" onPress={copy}>
          {verdictWords.copy}
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
