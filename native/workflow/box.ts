import type { DocumentBox } from '../../contract/desktop.ts';
import type { OfficialDocument, Role } from '../../contract/document.ts';
import { type DeskFacts, onItsWay } from './desk-facts.ts';

/**
 * The boxes that a document lies in for a role. `toSign` and `toIssue` hold what waits for this person's hand and let
 * go of it once the deciding act is on its way; `incoming` and `outgoing` hold everything of their kind (văn bản đến,
 * văn bản đi).
 */
export function boxesOf(document: OfficialDocument, role: Role, facts: DeskFacts): readonly DocumentBox[] {
  if (document.kind === 'incoming') return ['incoming'];
  const act = onItsWay(facts)?.act;
  // NĐ 30/2020 Đ13: the leader's decision is the signature, or giving the draft back (Đ10.3).
  const waitsForLeader =
    role === 'leader' && document.state === 'awaitingSignature' && act !== 'approve' && act !== 'return';
  if (waitsForLeader) return ['toSign', 'outgoing'];
  // Đ14: number, registration, seal and issue are one errand of the clerk's; it ends with issuing (Đ18), or giving it back.
  const waitsForClerk =
    role === 'clerk' &&
    (document.state === 'awaitingNumber' || document.state === 'awaitingSeal') &&
    act !== 'issue' &&
    act !== 'return';
  return waitsForClerk ? ['toIssue', 'outgoing'] : ['outgoing'];
}
