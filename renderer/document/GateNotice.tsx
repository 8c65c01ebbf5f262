import type { DeskDocument } from '../../contract/desktop.ts';
import type { OfficialDocument } from '../../contract/document.ts';
import { gateSentence } from '../../contract/messages/message.ts';
import { verdictSentence } from '../../contract/messages/verdict-report.ts';
import type { GateFinding } from '../../contract/verdict.ts';
import { Banner } from '../ui/Banner.tsx';
import { instantText } from '../words/format.ts';
import { gateWords } from '../words/gate.ts';
import styles from './Panel.module.css';

function Findings({ findings }: { findings: readonly GateFinding[] }) {
  return (
    <ul>
      {findings.map((finding) => (
        <li key={finding}>{gateSentence(finding)}</li>
      ))}
    </ul>
  );
}

/** Why a document can't be registered as it is, beside the button that gives it back. */
export function GateNotice({ findings, title }: { findings: readonly GateFinding[]; title: string }) {
  return (
    <Banner tone="bad" title={title}>
      <Findings findings={findings} />
    </Banner>
  );
}

/** Why nothing more is done to an outgoing document, beside the button that gives it back. */
export function UnsoundNotice({ document: { verification } }: { document: DeskDocument }) {
  return (
    <Banner tone="bad" title={gateWords.unsound}>
      {verification && <p>{verdictSentence(verification)}</p>}
    </Banner>
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
