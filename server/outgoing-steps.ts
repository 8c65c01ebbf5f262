import type {
  DocumentFile,
  HistoryEntry,
  IncomingDocument,
  OutgoingDocument,
  Person,
  Recipient,
  ReferenceNumber,
} from '../contract/document.ts';
import type { AgencyCode, DocumentId } from '../contract/identity.ts';
import { actorName } from './act-rules.ts';

/**
 * What each act makes of an outgoing document: pure steps from one version to the next. Whether the act is allowed is
 * asked before (act-rules.ts); nothing here touches the database.
 */
function next(
  document: OutgoingDocument,
  change: Partial<OutgoingDocument>,
  entry: Omit<HistoryEntry, 'at'>,
  at: string,
): OutgoingDocument {
  return {
    ...document,
    ...change,
    version: document.version + 1,
    updatedAt: at,
    history: [...document.history, { at, ...entry }],
  };
}

/** The main file of a document; the contract asks for at least one file, the seed for exactly one main file. */
export function mainFile(document: { files: readonly DocumentFile[] }): DocumentFile | null {
  return document.files.find(({ part }) => part === 'main') ?? null;
}

/** The signed file takes the place, and the name, of the one that it continues. */
function withMainFile(document: OutgoingDocument, file: { digest: DocumentFile['digest']; bytes: number }) {
  return document.files.map((held) => (held.part === 'main' ? { ...held, ...file } : held));
}

/** `certificates`: fingerprints of those registered to whoever approves. */
export function approved(
  document: OutgoingDocument,
  by: Person,
  file: { digest: DocumentFile['digest']; bytes: number },
  certificates: readonly string[],
  at: string,
): OutgoingDocument {
  const approval = { by: actorName(by), at, file: file.digest, certificates: [...certificates] };
  return next(
    document,
    { state: 'awaitingNumber', files: withMainFile(document, file), approval },
    { act: 'approve', actor: actorName(by), note: '' },
    at,
  );
}

export function returned(
  document: OutgoingDocument,
  by: Person,
  reason: string,
  at: string,
): OutgoingDocument {
  return next(document, { state: 'returned' }, { act: 'return', actor: actorName(by), note: reason }, at);
}

export function numbered(
  document: OutgoingDocument,
  by: Person,
  reference: ReferenceNumber,
  at: string,
): OutgoingDocument {
  return next(
    document,
    { state: 'awaitingSeal', reference },
    { act: 'assignNumber', actor: actorName(by), note: reference.code },
    at,
  );
}

export function issued(
  document: OutgoingDocument,
  by: Person,
  file: { digest: DocumentFile['digest']; bytes: number },
  agencies: readonly Recipient['agency'][],
  at: string,
): OutgoingDocument {
  const recipients = agencies.map(
    (agency): Recipient => ({ agency, state: 'sent', at, arrivalNumber: null, reason: null }),
  );
  return next(
    document,
    { state: 'issued', files: withMainFile(document, file), recipients },
    { act: 'issue', actor: actorName(by), note: '' },
    at,
  );
}

/** The incoming document that one recipient gets: the issued files, and none of the issuer's inner history. */
export function delivered(
  document: OutgoingDocument,
  reference: ReferenceNumber,
  id: DocumentId,
): IncomingDocument {
  const { type, subject, urgency, issuer, signerPosition, files, updatedAt } = document;
  return {
    kind: 'incoming',
    id,
    version: 1,
    type,
    subject,
    urgency,
    issuer,
    signerPosition,
    files,
    history: [{ at: updatedAt, act: 'issue', actor: issuer.name, note: reference.code }],
    updatedAt,
    state: 'sent',
    reference,
    issuedAt: updatedAt,
    arrivalNumber: null,
    registeredAt: null,
    reason: null,
  };
}

/**
 * The sender's side of a status package (QĐ 28/2018/QĐ-TTg): the recipient's line follows, and the version rises so
 * that the sender's desk sees it. The history stays the issuer's own.
 */
export function withDelivery(
  document: OutgoingDocument,
  agency: AgencyCode,
  delivery: Omit<Recipient, 'agency'>,
  at: string,
): OutgoingDocument {
  return {
    ...document,
    version: document.version + 1,
    updatedAt: at,
    recipients: document.recipients.map((recipient) =>
      recipient.agency.code === agency ? { ...recipient, ...delivery } : recipient,
    ),
  };
}
