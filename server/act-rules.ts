import type {
  IncomingDocument,
  OfficialDocument,
  OutgoingDocument,
  Person,
  Role,
} from '../contract/document.ts';
import { AppError } from '../contract/failure.ts';
import type { HeldDocument } from './documents.ts';

interface Rule {
  kind: OfficialDocument['kind'];
  /** In which states whose hand may do it. */
  hands: Partial<Record<Role, readonly OfficialDocument['state'][]>>;
}

/** Who may do what, when: the whole workflow in one table (order of acts: NĐ 30/2020 Đ14, Đ18, Đ21, Đ22). */
const rules = {
  approve: { kind: 'outgoing', hands: { leader: ['awaitingSignature'] } },
  /** By the leader instead of signing; by the clerk where what was signed can't be numbered, sealed or issued. */
  return: {
    kind: 'outgoing',
    hands: { leader: ['awaitingSignature'], clerk: ['awaitingNumber', 'awaitingSeal'] },
  },
  assignNumber: { kind: 'outgoing', hands: { clerk: ['awaitingNumber'] } },
  issue: { kind: 'outgoing', hands: { clerk: ['awaitingSeal'] } },
  acknowledge: { kind: 'incoming', hands: { clerk: ['sent'] } },
  register: { kind: 'incoming', hands: { clerk: ['arrived'] } },
  refuse: { kind: 'incoming', hands: { clerk: ['arrived'] } },
} as const satisfies Record<string, Rule>;

export type ActName = keyof typeof rules;
type OutgoingAct = 'approve' | 'return' | 'assignNumber' | 'issue';
type IncomingAct = 'acknowledge' | 'register' | 'refuse';

export interface HeldOutgoing extends HeldDocument {
  document: OutgoingDocument;
}
export interface HeldIncoming extends HeldDocument {
  document: IncomingDocument;
}

/**
 * Lets an act through, or fails: `document-missing` for what isn't on this person's agency's desk (another agency's
 * document looks just like none), `not-permitted` {role} for the wrong hand, `document-state` {state, version} with
 * where the document now stands.
 */
export function permit(
  act: OutgoingAct,
  held: HeldDocument | null,
  by: Person,
  version: number,
): HeldOutgoing;
export function permit(
  act: IncomingAct,
  held: HeldDocument | null,
  by: Person,
  version: number,
): HeldIncoming;
export function permit(act: ActName, held: HeldDocument | null, by: Person, version: number): HeldDocument {
  const rule: Rule = rules[act];
  if (!held || held.agency !== by.agency.code || held.document.kind !== rule.kind) {
    throw new AppError('document-missing');
  }
  const states = rule.hands[by.role];
  if (!states) throw new AppError('not-permitted', { role: Object.keys(rule.hands).join(' ') });
  const { document } = held;
  if (document.version !== version || !states.includes(document.state)) {
    throw new AppError('document-state', { state: document.state, version: document.version });
  }
  return held;
}

/** How a person appears in a history: by office, as on paper. */
export function actorName(person: Person): string {
  return `${person.position}, ${person.agency.name}`;
}
