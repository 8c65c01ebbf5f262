import { useState } from 'react';
import { actDeadlineMs } from '../core/core-connection.ts';
import { useDesk } from '../core/desk-context.ts';
import { failureOf } from '../core/failure-of.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { FocusPlace } from '../ui/FocusPlace.tsx';
import { helpWords } from '../words/token.ts';
import { ErrandBanner } from './ErrandBanner.tsx';
import type { ErrandOutcome } from './use-errand.ts';

/** Everything that was found, as one file to send to whoever looks after the computer; the person says where it is saved. */
export function SaveDiagnosis() {
  const { core } = useDesk();
  const [saving, setSaving] = useState(false);
  const [outcome, setOutcome] = useState<ErrandOutcome | null>(null);
  const save = async () => {
    if (saving) return;
    setSaving(true);
    setOutcome(null);
    try {
      const { path } = await core.call(
        (client, options) => client.tokens.diagnose({}, options),
        actDeadlineMs,
      );
      setOutcome(
        path === null
          ? { kind: 'nothing', note: helpWords.notSaved }
          : { kind: 'done', note: helpWords.saved(path) },
      );
    } catch (thrown) {
      setOutcome({ kind: 'failed', heading: helpWords.saveFailed, failure: failureOf(thrown) });
    } finally {
      setSaving(false);
    }
  };
  return (
    <>
      <div>
        <ActionButton icon="save" isPending={saving} onPress={() => void save()}>
          {saving ? helpWords.saving : helpWords.save}
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
