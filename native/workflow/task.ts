import type { DocumentTask } from '../../contract/desktop.ts';
import type { IncomingDocument, OfficialDocument, OutgoingDocument, Role } from '../../contract/document.ts';
import { assertNever } from '../../contract/failure.ts';
import { type DeskFacts, onItsWay, signedHere } from './desk-facts.ts';

/**
 * The one thing that a document asks of a person in this role. The order of the steps is NĐ 30/2020's: the leader
 * signs (Đ13), the system gives number and date (Đ15.3), the clerk seals only after the leader's signature (Đ32) and
 * then issues (Đ18); what comes in is registered by the clerk (Đ22) once it has arrived and been receipted (Đ21).
 */
export function taskOf(document: OfficialDocument, role: Role, facts: DeskFacts): DocumentTask {
  if (onItsWay(facts) !== null) return 'none';
  return document.kind === 'outgoing' ? outgoingTask(document, role, facts) : incomingTask(document, role);
}

function outgoingTask(document: OutgoingDocument, role: Role, facts: DeskFacts): DocumentTask {
  switch (document.state) {
    case 'awaitingSignature':
      return role === 'leader' ? 'sign' : 'none';
    case 'awaitingNumber':
      return role === 'clerk' ? 'assignNumber' : 'none';
    case 'awaitingSeal':
      if (role !== 'clerk') return 'none';
      return signedHere(document, facts, 'seal') ? 'issue' : 'seal';
    case 'issued':
    case 'returned':
      return 'none';
    default:
      return assertNever(document.state);
  }
}

function incomingTask(document: IncomingDocument, role: Role): DocumentTask {
  switch (document.state) {
    case 'arrived':
      return role === 'clerk' ? 'register' : 'none';
    case 'sent':
    case 'registered':
    case 'refused':
      return 'none';
    default:
      return assertNever(document.state);
  }
}
