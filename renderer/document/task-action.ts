import type { DeskDocument } from '../../contract/desktop.ts';
import type { DocumentAct } from '../core/act-board.ts';

/** Why the primary button can't be pressed now. */
export type Obstacle = 'fileOnItsWay' | 'notVerified' | 'badSignature' | 'noSignature' | 'noRecipients';

/** What a document's screen offers: at most one primary button, at most one way to give the document back. */
export interface TaskAction {
  primary: DocumentAct;
  obstacle: Obstacle | null;
  /** The verdict doesn't settle whether the document is genuine: the person has to say so. */
  confirmVerdict: boolean;
  giveBack: Extract<DocumentAct, 'return' | 'refuse'> | null;
}

function signingObstacle({ fileHeld, verification }: DeskDocument): Obstacle | null {
  if (!fileHeld) return 'fileOnItsWay';
  const verdict = verification?.verdict;
  return verdict === 'invalid' || verdict === 'unreadable' ? 'badSignature' : null;
}

/**
 * NĐ 30/2020 Đ21.1: before it is registered, an incoming document's authenticity and integrity are checked; one that
 * fails goes back through the system. An unsigned one has nothing that could be authentic.
 */
function registerAction({ fileHeld, verification }: DeskDocument): TaskAction {
  const action: TaskAction = {
    primary: 'register',
    obstacle: null,
    confirmVerdict: false,
    giveBack: 'refuse',
  };
  if (!fileHeld) return { ...action, obstacle: 'fileOnItsWay' };
  switch (verification?.verdict) {
    case undefined:
      return { ...action, obstacle: 'notVerified' };
    case 'valid':
      return action;
    case 'indeterminate':
      return { ...action, confirmVerdict: true };
    case 'unsigned':
      return { ...action, obstacle: 'noSignature' };
    case 'invalid':
    case 'unreadable':
      return { ...action, obstacle: 'badSignature' };
  }
}

function signingAction(primary: 'approve' | 'seal', document: DeskDocument): TaskAction {
  return {
    primary,
    obstacle: signingObstacle(document),
    confirmVerdict: false,
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
      return { primary: 'assignNumber', obstacle: null, confirmVerdict: false, giveBack: null };
    case 'issue': {
      const recipients = document.document.kind === 'outgoing' ? document.document.recipients : [];
      const obstacle = recipients.length === 0 ? 'noRecipients' : null;
      return { primary: 'issue', obstacle, confirmVerdict: false, giveBack: null };
    }
    case 'register':
      return registerAction(document);
    case 'none':
      return null;
  }
}
