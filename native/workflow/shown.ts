import type { OfficialDocument } from '../../contract/document.ts';
import { assertShown, type ShownDocument } from '../../contract/shown.ts';
import { type DeskFacts, fileAtDesk } from './desk-facts.ts';

/**
 * Fails with `document-changed` where a document, or its file at this desk, isn't what the person was shown any more.
 */
export function assertAsShown(document: OfficialDocument, facts: DeskFacts, shown: ShownDocument): void {
  const digest = fileAtDesk(document, facts)?.digest ?? null;
  assertShown(shown, { version: document.version, digest, changedAt: document.updatedAt });
}
