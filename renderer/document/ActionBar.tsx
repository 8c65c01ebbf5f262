import { useId, useState } from 'react';
import type { DeskDocument, SessionState } from '../../contract/desktop.ts';
import type { FileDigest } from '../../contract/identity.ts';
import type { ShownDocument } from '../../contract/shown.ts';
import type { DocumentAct } from '../core/act-board.ts';
import { useActs } from '../core/desk-context.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import type { IconName } from '../ui/icon-paths.ts';
import { gateWords } from '../words/gate.ts';
import { documentWords } from '../words/screens.ts';
import { actLabels, obstacles } from '../words/vi.ts';
import { ActDialog } from './ActDialog.tsx';
import styles from './Panel.module.css';
import { taskAction } from './task-action.ts';

const icons: Record<DocumentAct, IconName> = {
  approve: 'sign',
  assignNumber: 'document',
  seal: 'seal',
  issue: 'send',
  register: 'inbox',
  return: 'back',
  refuse: 'back',
};

interface ActionBarProps {
  document: DeskDocument;
  /** The file whose pages are drawn beside it; null where none are. */
  drawn: FileDigest | null;
  session: Extract<SessionState, { status: 'signedIn' }>;
}

/**
 * The screen's one primary button, and beside it at most the way to give the document back. Why it may be that stands
 * in `StopNotice`.
 */
export function ActionBar({ document, drawn, session }: ActionBarProps) {
  const status = useActs().get(document.document.id);
  // Whatever comes in while a person is asked: they decide on what they saw when they pressed.
  const [asking, setAsking] = useState<{ act: DocumentAct; shown: ShownDocument } | null>(null);
  const obstacleId = useId();
  const action = taskAction(document, drawn);
  const ask = (act: DocumentAct) =>
    setAsking({ act, shown: { version: document.document.version, digest: drawn } });
  const busy = status?.kind === 'running';
  if (!action) {
    return status || document.pending ? null : <p className={styles.quiet}>{documentWords.noTask}</p>;
  }
  const { primary, obstacle, giveBack, stop } = action;
  return (
    <>
      {obstacle && <p id={obstacleId}>{obstacles[obstacle]}</p>}
      <div className={styles.buttons}>
        <ActionButton
          look="primary"
          icon={icons[primary]}
          isDisabled={obstacle !== null || busy}
          describedBy={obstacle ? obstacleId : undefined}
          onPress={() => ask(primary)}
        >
          {actLabels[primary]}
        </ActionButton>
        {giveBack && (
          <ActionButton look="danger" icon={icons[giveBack]} isDisabled={busy} onPress={() => ask(giveBack)}>
            {actLabels[giveBack]}
          </ActionButton>
        )}
        {stop === 'gate' && (
          <ActionButton look="quiet" isDisabled={busy} onPress={() => ask('register')}>
            {gateWords.override}
          </ActionButton>
        )}
      </div>
      {asking && (
        <ActDialog
          act={asking.act}
          shown={asking.shown}
          document={document}
          session={session}
          confirmVerdict={action.confirmVerdict}
          isOverride={stop === 'gate'}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}
