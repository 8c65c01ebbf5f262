import type { DeskDocument, SessionState } from '../../contract/desktop.ts';
import type { FileDigest } from '../../contract/identity.ts';
import { reachable } from '../ui/reachable.ts';
import { documentWords } from '../words/screens.ts';
import { ActionBar } from './ActionBar.tsx';
import { ActOutcome } from './ActOutcome.tsx';
import { checkedDocument } from './checked-file.ts';
import { Deliveries } from './Deliveries.tsx';
import { Facts } from './Facts.tsx';
import { DifferenceNotice, OverrideNotice, StopNotice } from './GateNotice.tsx';
import { History } from './History.tsx';
import styles from './Panel.module.css';
import { PendingAct } from './PendingAct.tsx';
import { Signatures } from './Signatures.tsx';
import { StampStanding } from './StampStanding.tsx';

interface PanelProps {
  document: DeskDocument;
  /** The file whose pages are drawn beside it; null where none are. */
  drawn: FileDigest | null;
  session: Extract<SessionState, { status: 'signedIn' }>;
  /** Opens a page of the main file, from 1. */
  onGo(page: number): void;
}

/** What is known of a document, and at its foot what to do with it. */
export function Panel({ document: desk, drawn, session, onGo }: PanelProps) {
  const { document } = desk;
  return (
    <section className={styles.panel} aria-label={documentWords.panel}>
      <section ref={reachable} className={styles.scroll} aria-label={documentWords.panelRead} data-region>
        <StopNotice document={desk} />
        <DifferenceNotice document={desk} />
        <OverrideNotice document={document} />
        <Signatures checked={checkedDocument(desk)} onGo={onGo}>
          <StampStanding document={desk} />
        </Signatures>
        <Facts document={document} />
        {document.kind === 'outgoing' && document.recipients.length > 0 && (
          <Deliveries recipients={document.recipients} issued={document.state === 'issued'} />
        )}
        <History entries={document.history} />
      </section>
      <div className={styles.foot}>
        <div className={styles.news}>
          <ActOutcome id={document.id} waiting={desk.pending?.act ?? null} />
          {desk.pending && <PendingAct entry={desk.pending} />}
        </div>
        <ActionBar document={desk} drawn={drawn} session={session} />
      </div>
    </section>
  );
}
