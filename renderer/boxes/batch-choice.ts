import type { DocumentCard } from '../../contract/desktop.ts';
import { blockingFinding } from '../../contract/file-finding.ts';
import type { DocumentId } from '../../contract/identity.ts';
import type { ShownFile } from '../../contract/shown.ts';
import type { DocumentSigningAct } from '../../contract/signing-act.ts';

/** Beside a signature that is known to be bad nothing is signed, and nothing that people may be shown differently. */
export function isUnsound({ verdict, findings }: Pick<DocumentCard, 'verdict' | 'findings'>): boolean {
  return verdict === 'invalid' || verdict === 'unreadable' || blockingFinding(findings) !== null;
}

/**
 * What can be done to many documents at once: the leader's signature and the agency's seal. Nothing to one that has
 * to go back; a verdict that isn't there yet stops nobody from choosing.
 */
export function batchAct(
  card: Pick<DocumentCard, 'task' | 'verdict' | 'findings'>,
): DocumentSigningAct | null {
  return isUnsound(card) ? null : signingAct(card);
}

function signingAct({ task }: Pick<DocumentCard, 'task'>): DocumentSigningAct | null {
  if (task === 'sign') return 'approve';
  return task === 'seal' ? 'seal' : null;
}

/** The cards of a box that can be chosen, and what would be done to them; null where there aren't at least two. */
export function batchChoice(
  cards: readonly DocumentCard[],
): { act: DocumentSigningAct; cards: readonly DocumentCard[] } | null {
  const first = cards.find((card) => batchAct(card) !== null);
  const act = first ? batchAct(first) : null;
  if (act === null) return null;
  const choosable = cards.filter((card) => batchAct(card) === act);
  return choosable.length > 1 ? { act, cards: choosable } : null;
}

/** A document chosen for a batch, as the list showed it. */
export interface BatchItemChoice {
  readonly id: DocumentId;
  readonly shown: ShownFile;
}

/** What was chosen, as it stood in the list at that moment; one without a file has nothing to sign. */
export function batchItems(cards: readonly DocumentCard[]): BatchItemChoice[] {
  return cards.flatMap(({ id, version, file: digest }) =>
    digest === null ? [] : [{ id, shown: { version, digest } }],
  );
}
