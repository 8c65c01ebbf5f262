import { useState } from 'react';
import type { KeptEvidence as Kept } from '../../contract/evidence.ts';
import { verdictText } from '../../contract/messages/message.ts';
import { useDesk } from '../core/desk-context.ts';
import { failureOf } from '../core/failure-of.ts';
import { ErrandBanner } from '../token-care/ErrandBanner.tsx';
import type { ErrandOutcome } from '../token-care/use-errand.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { FocusPlace } from '../ui/FocusPlace.tsx';
import { Status } from '../ui/Status.tsx';
import { instantText, timeText } from '../words/format.ts';
import { common } from '../words/screens.ts';
import { verdictWords } from '../words/verdict.ts';
import type { CheckedFile } from './checked-file.ts';
import { DocumentName } from './DocumentName.tsx';
import styles from './Panel.module.css';

/** What is kept of the verdict until somebody has it destroyed (TT 15/2025 Đ6 K2). */
export function KeptEvidence({ checked }: { checked: CheckedFile }) {
  const { core, queries } = useDesk();
  const [isAsking, setAsking] = useState(false);
  const [outcome, setOutcome] = useState<ErrandOutcome | null>(null);
  const { id, evidence, verification } = checked;
  const destroy = async () => {
    setAsking(false);
    setOutcome(null);
    try {
      await core.call((client, options) => client.documents.destroyEvidence({ id }, options));
      for (const topic of ['documents', 'files']) {
        await queries.invalidateQueries({ queryKey: [topic, 'one', id] });
      }
      setOutcome({ kind: 'done', note: verdictWords.destroyed(timeText(new Date())) });
    } catch (thrown) {
      setOutcome({ kind: 'failed', heading: verdictWords.destroyFailed, failure: failureOf(thrown) });
    }
  };
  return (
    <>
      {outcome && (
        <FocusPlace>
          <ErrandBanner outcome={outcome} />
        </FocusPlace>
      )}
      {evidence && (
        <div className={styles.item}>
          <p className={styles.quiet}>{keptText(evidence)}</p>
          {verification && verification.verdict !== evidence.verdict && (
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
          <DocumentName of={checked} />
          <p>{verdictWords.destroyText}</p>
        </DialogFrame>
      )}
    </>
  );
}

function keptText({ keptAt, certificates, ocsps, crls }: Kept): string {
  const at = instantText(keptAt);
  const isBare = certificates + ocsps + crls === 0;
  return isBare ? verdictWords.keptBare(at) : verdictWords.kept(at, certificates, ocsps, crls);
}
