import type { X509Certificate } from 'node:crypto';
import type { IncomingDocument, ReferenceNumber } from '../contract/document.ts';
import type { GateFinding } from '../contract/gate.ts';

/** Someone whose signature a file must carry, by any of the certificates registered to them. */
export interface RequiredSigner {
  who: 'approver' | 'agency';
  certificates: readonly X509Certificate[];
}

export interface SignedFile {
  /** The file that was sent. */
  path: string;
  /** The main file that it must continue, byte for byte. */
  previousPath: string;
  /** In the order in which they sign; the last one must have signed the file as it stands. */
  signers: readonly RequiredSigner[];
  /** What the file's fields for number and date must say; null before the register has given them. */
  reference: ReferenceNumber | null;
}

export interface ArrivedFile {
  path: string;
  /** Its data, to be compared with what the page says. */
  document: IncomingDocument;
  /** Who must have signed it; null for one from outside this province, whose signers aren't registered here. */
  signers: readonly RequiredSigner[] | null;
}

/** Decides whether a signed file may take a document's next step. The rest of the server knows only this port. */
export interface SignedFileCheck {
  /** Fails with `signed-file-rejected` {reason} where it may not. */
  check(file: SignedFile): Promise<void>;
  /** What is to be known of a file that has arrived before it is registered, by weight; empty where nothing is. */
  findings(file: ArrivedFile): Promise<GateFinding[]>;
}
