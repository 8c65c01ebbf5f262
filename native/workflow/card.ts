import type { DocumentCard, DocumentTask, OutboxState } from '../../contract/desktop.ts';
import type { OfficialDocument } from '../../contract/document.ts';
import type { FileDigest } from '../../contract/identity.ts';
import type { FileVerdict } from '../../contract/verdict.ts';

/** A document as one line of a list; `file` is the main one as it stands at this desk. */
export function cardOf(
  document: OfficialDocument,
  file: FileDigest | null,
  task: DocumentTask,
  pending: OutboxState | null,
  verdict: FileVerdict | null,
): DocumentCard {
  const { id, version, kind, type, subject, urgency, state, updatedAt } = document;
  return {
    id,
    version,
    file,
    kind,
    type,
    subject,
    referenceCode: document.reference?.code ?? null,
    arrivalNumber: document.kind === 'incoming' ? document.arrivalNumber : null,
    issuer: document.issuer.name,
    urgency,
    state,
    task,
    updatedAt,
    deliveries:
      document.kind === 'outgoing'
        ? document.recipients.map((each) => ({ agency: each.agency.name, state: each.state }))
        : [],
    pending,
    verdict,
  };
}
