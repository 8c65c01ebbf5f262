import type { DeskDocument } from '../../contract/desktop.ts';
import { blockingFinding } from '../../contract/file-finding.ts';
import { findingsThat } from '../../contract/gate.ts';
import type { FileDigest } from '../../contract/identity.ts';
import type { DocumentAct } from '../core/act-board.ts';

/** Why the primary button can't be pressed now. */
export type Obstacle = 'fileOnItsWay' | 'notShown' | 'notVerified' | 'checkFailed' | 'noRecipients';

/**
 * Why a document goes back first: what the gate found, a signature on it that is invalid, or a file that people may
 * be shown differently.
 */
export type Stop = 'gate' | 'badSignature' | 'deceptive';

/** What a document's screen offers: at most one primary button, at most one way to give the document back. */
export interface TaskAction {
  primary: DocumentAct;
  obstacle: Obstacle | null;
  /** Verdict and page leave open whether the document is what its data say: the person has to say so. */
  confirmVerdict: boolean;
  giveBack: Extract<DocumentAct, 'return' | 'refuse'> | null;
  /**
   * Giving it back is what the screen offers first. What the gate stops may be registered all the same, with a
   * reason.
   */
  stop: Stop | null;
}

/** The parts that most tasks have alike. */
const plain = { obstacle: null, confirmVerdict: false, giveBack: null, stop: null };

function hasBadSignature({ verification }: DeskDocument): boolean {
  return verification?.verdict === 'invalid' || verification?.verdict === 'unreadable';
}

/**
 * NĐ 30/2020 Đ21.1: before it is registered, an incoming document's authenticity and integrity are checked; one that
 * fails goes back through the system, which then is what the screen offers first.
 */
function registerAction({ fileHeld, verification, gate, checkFailed }: DeskDocument): TaskAction {
  const action: TaskAction = { ...plain, primary: 'register', giveBack: 'refuse' };
  if (!fileHeld) return { ...action, obstacle: 'fileOnItsWay' };
  if (gate === null) return { ...action, obstacle: checkFailed ? 'checkFailed' : 'notVerified' };
  if (findingsThat('closes', gate).length > 0) return { ...plain, primary: 'refuse', stop: 'gate' };
  const isDoubtful = verification?.verdict === 'indeterminate' || findingsThat('doubts', gate).length > 0;
  return { ...action, confirmVerdict: isDoubtful };
}

/**
 * Beside a signature that is invalid, or in a file that programs read differently, nothing is signed, numbered or
 * issued: the document goes back to whoever drafted it.
 */
function outgoingAction(
  primary: 'approve' | 'assignNumber' | 'seal' | 'issue',
  document: DeskDocument,
  drawn: FileDigest | null,
): TaskAction {
  if (hasBadSignature(document)) return { ...plain, primary: 'return', stop: 'badSignature' };
  if (blockingFinding(document.verification?.findings))
    return { ...plain, primary: 'return', stop: 'deceptive' };
  return { ...plain, primary, obstacle: obstacleOf(primary, document, drawn), giveBack: 'return' };
}

/** What isn't before anybody's eyes is neither signed nor sealed nor issued. */
function obstacleOf(
  act: DocumentAct,
  { document, file, fileHeld }: DeskDocument,
  drawn: FileDigest | null,
): Obstacle | null {
  if (act === 'assignNumber') return null;
  if (act === 'issue' && (document.kind !== 'outgoing' || document.recipients.length === 0))
    return 'noRecipients';
  if (!fileHeld) return 'fileOnItsWay';
  return drawn === null || drawn !== file?.digest ? 'notShown' : null;
}

/**
 * The buttons for a document's task; null where nothing is asked of this person. `drawn`: the file whose pages are on
 * the screen.
 */
export function taskAction(document: DeskDocument, drawn: FileDigest | null): TaskAction | null {
  switch (document.task) {
    case 'sign':
      return outgoingAction('approve', document, drawn);
    case 'seal':
    case 'assignNumber':
    case 'issue':
      return outgoingAction(document.task, document, drawn);
    case 'register':
      return registerAction(document);
    case 'none':
      return null;
  }
}
