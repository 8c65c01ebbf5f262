import { useState } from 'react';
import type { DeskDocument } from '../../contract/desktop.ts';
import { verdictText } from '../../contract/messages/message.ts';
import { actDeadlineMs } from '../core/core-connection.ts';
import { useDesk } from '../core/desk-context.ts';
import { failureOf } from '../core/failure-of.ts';
import { ErrandBanner } from '../token-care/ErrandBanner.tsx';
import type { ErrandOutcome } from '../token-care/use-errand.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { FocusPlace } from '../ui/FocusPlace.tsx';
import { Status } from '../ui/Status.tsx';
import { instantText } from '../words/format.ts';
import { common } from '../words/screens.ts';
import { verdictWords } from '../words/verdict.ts';
import { DocumentName } from './DocumentName.tsx';
import styles from './Panel.module.css';

/** Files the verdict as a PDF, and tells what is kept of it until somebody has that destroyed (TT 15/2025 Đ6 K2). */
export function VerdictReport({ document }: { document: DeskDocument }) {
  const { core, queries } = useDesk();
  const [isSaving, setSaving] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [outcome, setOutcome] = useState<ErrandOutcome | null>(null);
  const { id } = document.document;
  const { evidence } = document;
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
  const destroy = async () => {
    setAsking(false);
    setOutcome(null);
    try {
      const changed = await core.call((client, options) => client.documents.destroyEvidence({ id }, options));
      queries.setQueryData(['documents', 'one', id], changed);
    } catch (thrown) {
      setOutcome({ kind: 'failed', heading: verdictWords.destroyFailed, failure: failureOf(thrown) });
    }
  };
  return (
    <>
      <div className={styles.buttons}>
        <ActionButton icon="save" isPending={isSaving} onPress={() => void save()}>
          {isSaving ? verdictWords.saving : verdictWords.save}
        </ActionButton>
      </div>
      {outcome && (
        <FocusPlace>
          <ErrandBanner outcome={outcome} />
        </FocusPlace>
      )}
      {evidence && (
        <div className={styles.item}>
          <p className={styles.quiet}>
            {verdictWords.kept(
              instantText(evidence.keptAt),
              evidence.certificates,
              evidence.ocsps,
              evidence.crls,
            )}
          </p>
          {document.verification && document.verification.verdict !== evidence.verdict && (
            <>
              <p>{verdictWords.keptVerdict}</p>
              {/* Not in a verdict's colours: today's alone counts. */}
              <Status tone="quiet" icon="clock">
                {verdictText(evidence.verdict).word}
              </Status>
            </>
          )}
          <ActionButton look="quiet" onPress={() => setAsking(true)}>
            {verdictWords.destroy}
          </ActionButton>
        </div>
      )}
      {isAsking && (
        <DialogFrame
          title={verdictWords.destroyTitle}
          onClose={() => setAsking(false)}
          actions={
            <>
              <ActionButton onPress={() => setAsking(false)}>{common.cancel}</ActionButton>
              <ActionButton look="danger" onPress={() => void destroy()}>
                {verdictWords.destroyConfirm}
              </ActionButton>
            </>
          }
        >
          <DocumentName document={document} />
          <p>{verdictWords.destroyText}</p>
        </DialogFrame>
      )}
    </>
  );
}
