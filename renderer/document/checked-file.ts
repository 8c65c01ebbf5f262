import type { DeskDocument } from '../../contract/desktop.ts';
import type { DocumentFile } from '../../contract/document.ts';
import type { KeptEvidence } from '../../contract/evidence.ts';
import type { DocumentId } from '../../contract/identity.ts';
import type { LocalFile } from '../../contract/local-file.ts';
import type { VerificationReport } from '../../contract/verdict.ts';
import { documentWords } from '../words/screens.ts';
import { typeName } from '../words/type-name.ts';

/** A file with its verdict, wherever it comes from: a document of the server's, or a file on this computer. */
export interface CheckedFile {
  readonly id: DocumentId;
  /** What people call it: a document's subject, a file's name. */
  readonly subject: string;
  /** What tells it from others of that subject, above and below it. */
  readonly above: string | null;
  readonly below: string | null;
  /** Number and issuer, or the folder, in one line for a message. */
  readonly origin: string;
  readonly file: DocumentFile | null;
  readonly fileHeld: boolean;
  readonly verification: VerificationReport | null;
  readonly checkFailed: boolean;
  readonly evidence: KeptEvidence | null;
  /** One's own work: a copy can be made in its place, and that nobody has signed it yet is no news. */
  readonly isOwn: boolean;
}

export function checkedDocument(desk: DeskDocument): CheckedFile {
  const { document, file, fileHeld, verification, checkFailed = false, evidence } = desk;
  const number = document.reference?.code;
  const numbered = number ? ` · ${documentWords.reference}: ${number}` : '';
  return {
    ...{ id: document.id, subject: document.subject, file, fileHeld, verification, checkFailed, evidence },
    ...{ above: `${typeName(document.type)}${numbered}`, below: document.issuer.name },
    origin: [number, document.issuer.name].filter(Boolean).join(' – '),
    isOwn: document.kind === 'outgoing',
  };
}

export function checkedLocalFile(local: LocalFile): CheckedFile {
  const { id, name: subject, folder: below, file, verification, checkFailed, evidence } = local;
  return {
    ...{ id, subject, file, verification, checkFailed, evidence, below, above: null },
    ...{ fileHeld: file !== null, isOwn: true, origin: below ?? '' },
  };
}
