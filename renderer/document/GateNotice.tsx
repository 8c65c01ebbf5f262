import type { DeskDocument } from '../../contract/desktop.ts';
import type { OfficialDocument } from '../../contract/document.ts';
import { gateSentence } from '../../contract/messages/message.ts';
import type { GateFinding } from '../../contract/verdict.ts';
import { Banner } from '../ui/Banner.tsx';
import { instantText } from '../words/format.ts';
import { gateWords } from '../words/gate.ts';
import styles from './Panel.module.css';
import { taskAction } from './task-action.ts';

function Findings({ findings }: { findings: readonly GateFinding[] }) {
  return (
    <ul className={styles.findings}>
      {findings.map((finding) => (
        <li key={finding}>{gateSentence(finding)}</li>
      ))}
    </ul>
  );
}

/** Why a document can't be registered as it is. */
export function GateNotice({ findings, title }: { findings: readonly GateFinding[]; title: string }) {
  return (
    <Banner tone="bad" title={title}>
      <Findings findings={findings} />
    </Banner>
  );
}

/**
 * Why a document goes back first, above the verdict that says so: before everything else that is known of it, but not beside the
 * buttons, where it would leave no room for the verdict in a low window.
 */
export function StopNotice({ document }: { document: DeskDocument }) {
  const stop = taskAction(document)?.stop;
  if (!stop) return null;
  return (
    <div className={styles.notice}>
      {stop === 'gate' ? (
        <GateNotice findings={document.gate ?? []} title={gateWords.closed} />
      ) : (
        <Banner tone="bad" title={gateWords.unsound} />
      )}
    </div>
  );
}

/** What stays with a document that was registered all the same: what was wrong, who decided so, and why. */
export function OverrideNotice({ document }: { document: OfficialDocument }) {
  if (document.kind !== 'incoming' || !document.override) return null;
  const { findings, reason, by, at } = document.override;
  return (
    <div className={styles.notice}>
      <Banner tone="doubt" title={gateWords.overridden}>
        <Findings findings={findings} />
        <p>{gateWords.overriddenReason(reason)}</p>
        <p>{gateWords.overriddenBy(by, instantText(at))}</p>
      </Banner>
    </div>
  );
}
