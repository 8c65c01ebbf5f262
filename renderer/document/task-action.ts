import type { DeskDocument } from '../../contract/desktop.ts';
import type { DocumentAct } from '../core/act-board.ts';

/** Why the primary button can't be pressed now. */
export type Obstacle = 'fileOnItsWay' | 'notVerified' | 'badSignature' | 'noRecipients';

/** What a document's screen offers: at most one primary button, at most one way to give the document back. */
export interface TaskAction {
  primary: DocumentAct;
  obstacle: Obstacle | null;
  /** The verdict doesn't settle whether the document is genuine: the person has to say so. */
  confirmVerdict: boolean;
  giveBack: Extract<DocumentAct, 'return' | 'refuse'> | null;
  /** It may be registered in spite of what was found, with the reason in the person's own words. */
  mayOverride: boolean;
}

/** The parts that most tasks have alike. */
const plain = { obstacle: null, confirmVerdict: false, giveBack: null, mayOverride: false };

function signingObstacle({ fileHeld, verification }: DeskDocument): Obstacle | null {
  if (!fileHeld) return 'fileOnItsWay';
  const verdict = verification?.verdict;
  return verdict === 'invalid' || verdict === 'unreadable' ? 'badSignature' : null;
}

/**
 * NĐ 30/2020 Đ21.1: before it is registered, an incoming document's authenticity and integrity are checked; one that
 * fails goes back through the system, which then is what the screen offers first.
 */
function registerAction({ fileHeld, verification, gate }: DeskDocument): TaskAction {
  const action: TaskAction = { ...plain, primary: 'register', giveBack: 'refuse' };
  if (!fileHeld) return { ...action, obstacle: 'fileOnItsWay' };
  if (gate === null) return { ...action, obstacle: 'notVerified' };
  if (gate.length > 0) return { ...plain, primary: 'refuse', mayOverride: true };
  return { ...action, confirmVerdict: verification?.verdict === 'indeterminate' };
}

function signingAction(primary: 'approve' | 'seal', document: DeskDocument): TaskAction {
  return {
    ...plain,
    primary,
    obstacle: signingObstacle(document),
    giveBack: primary === 'approve' ? 'return' : null,
  };
}

/** The buttons for a document's task; null where nothing is asked of this person. */
export function taskAction(document: DeskDocument): TaskAction | null {
  switch (document.task) {
    case 'sign':
      return signingAction('approve', document);
    case 'seal':
      return signingAction('seal', document);
    case 'assignNumber':
      return { ...plain, primary: 'assignNumber' };
    case 'issue': {
      const recipients = document.document.kind === 'outgoing' ? document.document.recipients : [];
      const obstacle = recipients.length === 0 ? 'noRecipients' : null;
      return { ...plain, primary: 'issue', obstacle };
    }
    case 'register':
      return registerAction(document);
    case 'none':
      return null;
  }
}
