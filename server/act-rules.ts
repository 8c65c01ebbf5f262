import type {
  IncomingDocument,
  OfficialDocument,
  OutgoingDocument,
  Person,
  Role,
} from '../contract/document.ts';
import { AppError } from '../contract/failure.ts';
import type { FileDigest } from '../contract/identity.ts';
import { assertShown } from '../contract/shown.ts';
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

/** The document as the person saw it; an act of the program's own saw no file. */
interface Seen {
  version: number;
  basedOn?: FileDigest;
}

/**
 * Lets an act through, or fails: `document-missing` for what isn't on this person's agency's desk (another agency's
 * document looks just like none), `not-permitted` {role} for the wrong hand, `document-state` {state, version} with
 * where the document now stands, `document-changed` with what was seen and what there is.
 */
export function permit(act: OutgoingAct, held: HeldDocument | null, by: Person, seen: Seen): HeldOutgoing;
export function permit(act: IncomingAct, held: HeldDocument | null, by: Person, seen: Seen): HeldIncoming;
export function permit(act: ActName, held: HeldDocument | null, by: Person, seen: Seen): HeldDocument {
  const rule: Rule = rules[act];
  if (!held || held.agency !== by.agency.code || held.document.kind !== rule.kind) {
    throw new AppError('document-missing');
  }
  const states = rule.hands[by.role];
  if (!states) throw new AppError('not-permitted', { role: Object.keys(rule.hands).join(' ') });
  const { document } = held;
  const { state, version, updatedAt: changedAt } = document;
  if (!states.includes(state)) throw new AppError('document-state', { state, version });
  const main = document.files.find(({ part }) => part === 'main') ?? document.files[0];
  const shown = { version: seen.version, digest: seen.basedOn ?? null };
  assertShown(shown, { version, digest: main?.digest ?? null, changedAt });
  return held;
}

/** How a person appears in a history: by office, as on paper. */
export function actorName(person: Person): string {
  return `${person.position}, ${person.agency.name}`;
}
