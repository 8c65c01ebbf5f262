import type { IncomingDocument, OfficialDocument, OutgoingDocument, Role } from '../../contract/document.ts';
import { AppError } from '../../contract/failure.ts';
import { type DeskFacts, onItsWay, signedHere } from './desk-facts.ts';

/** What a person can do to a document at this desk. */
export type DeskAct = 'approve' | 'return' | 'assignNumber' | 'seal' | 'issue' | 'register' | 'refuse';

interface OutgoingRule {
  /** In which states whose hand may do it. */
  readonly hands: Partial<Record<Role, readonly OutgoingDocument['state'][]>>;
  /** Whether it needs the agency's seal put on here, or must come before it. */
  readonly sealed?: boolean;
}

interface IncomingRule {
  readonly hands: Partial<Record<Role, readonly IncomingDocument['state'][]>>;
}

/** Who may do what in which state; anything that isn't listed isn't allowed. */
const outgoingRules: Readonly<Record<Exclude<DeskAct, 'register' | 'refuse'>, OutgoingRule>> = {
  /** NĐ 30/2020 Đ13: signed by the person with the authority to. */
  approve: { hands: { leader: ['awaitingSignature'] } },
  /**
   * Đ10.3: a draft that needs work goes back through the system, with what to change. So does, by the clerk, what can't be
   * numbered, sealed or issued as it was signed; a number that it has by then stays its own (Đ15.3: no gaps).
   */
  return: { hands: { leader: ['awaitingSignature'], clerk: ['awaitingNumber', 'awaitingSeal'] } },
  /** Đ15.3: given by the system, after the signature. */
  assignNumber: { hands: { clerk: ['awaitingNumber'] } },
  /** Đ32.2: by the clerk in person, only after the authorised person's signature. */
  seal: { hands: { clerk: ['awaitingSeal'] }, sealed: false },
  /** Đ14, Đ18: issued after the agency's signature. */
  issue: { hands: { clerk: ['awaitingSeal'] }, sealed: true },
};

const incomingRules: Readonly<Record<'register' | 'refuse', IncomingRule>> = {
  /** Đ22: registered after its receipt (Đ21), never before. */
  register: { hands: { clerk: ['arrived'] } },
  /** Đ21.2: returned through the system where it isn't authentic, not whole, or not for this agency. */
  refuse: { hands: { clerk: ['arrived'] } },
};

function isIncomingAct(act: DeskAct): act is keyof typeof incomingRules {
  return act === 'register' || act === 'refuse';
}

/**
 * Fails with `not-permitted` where this role never does the act, and with `document-state` where the document isn't
 * at that step or another act on it is still on its way.
 */
export function assertPermitted(
  act: DeskAct,
  document: OfficialDocument,
  role: Role,
  facts: DeskFacts,
): void {
  const rule = isIncomingAct(act) ? incomingRules[act] : outgoingRules[act];
  const states: readonly OfficialDocument['state'][] | undefined = rule.hands[role];
  if (!states) throw new AppError('not-permitted');
  const kind = isIncomingAct(act) ? 'incoming' : 'outgoing';
  if (document.kind !== kind || !states.includes(document.state) || onItsWay(facts) !== null) {
    throw new AppError('document-state');
  }
  const sealed = isIncomingAct(act) ? undefined : outgoingRules[act].sealed;
  if (sealed !== undefined && sealed !== (signedHere(document, facts, 'seal') !== null)) {
    throw new AppError('document-state');
  }
}
