import type { DeskDocument } from '../../contract/desktop.ts';
import type { OfficialDocument } from '../../contract/document.ts';
import { findingsThat, type GateFinding, overriddenFindings } from '../../contract/gate.ts';
import { gateSentence } from '../../contract/messages/message.ts';
import { Banner } from '../ui/Banner.tsx';
import type { Tone } from '../ui/Status.tsx';
import { findingWords } from '../words/finding.ts';
import { instantText } from '../words/format.ts';
import { gateWords } from '../words/gate.ts';
import styles from './Panel.module.css';
import { taskAction } from './task-action.ts';

function Findings({ findings }: { findings: readonly GateFinding[] }) {
  const sentences = [...new Set(findings.map((finding) => gateSentence(finding)))];
  return (
    <ul className={styles.findings}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

interface GateNoticeProps {
  findings: readonly GateFinding[];
  title: string;
  tone?: Tone;
}

/** What was found, a sentence each; nothing where nothing was. */
export function GateNotice({ findings, title, tone = 'bad' }: GateNoticeProps) {
  if (findings.length === 0) return null;
  return (
    <Banner tone={tone} title={title}>
      <Findings findings={findings} />
    </Banner>
  );
}

/**
 * Why a document goes back first, above the verdict that says so: before everything else that is known of it, but not
 * beside the buttons, where it would leave no room for the verdict in a low window.
 */
export function StopNotice({ document }: { document: DeskDocument }) {
  const stop = taskAction(document, null)?.stop;
  if (!stop) return null;
  return (
    <div className={styles.notice}>
      {stop === 'gate' ? (
        <GateNotice findings={findingsThat('closes', document.gate ?? [])} title={gateWords.closed} />
      ) : (
        <Banner tone="bad" title={stop === 'deceptive' ? findingWords.stop : gateWords.unsound} />
      )}
    </div>
  );
}

/** Where page, data and certificates say different things, in a document that still waits for somebody. */
export function DifferenceNotice({ document }: { document: DeskDocument }) {
  const { task, gate, differences } = document;
  const found = task === 'none' ? [] : (gate ?? differences ?? []);
  const [doubts, notes] = [findingsThat('doubts', found), findingsThat('notes', found)];
  if (doubts.length + notes.length === 0) return null;
  return (
    <div className={styles.notice}>
      <GateNotice tone="doubt" findings={doubts} title={gateWords.differs} />
      {doubts.length === 0 && <GateNotice tone="quiet" findings={notes} title={gateWords.notCompared} />}
    </div>
  );
}

/** What stays with a document that was registered all the same: what was wrong, who decided so, and why. */
export function OverrideNotice({ document }: { document: OfficialDocument }) {
  if (document.kind !== 'incoming' || !document.override) return null;
  const { reason, by, at } = document.override;
  return (
    <div className={styles.notice}>
      <Banner tone="doubt" title={gateWords.overridden}>
        <Findings findings={overriddenFindings(document.override)} />
        <p>{gateWords.overriddenReason(reason)}</p>
        <p>{gateWords.overriddenBy(by, instantText(at))}</p>
      </Banner>
    </div>
  );
}
