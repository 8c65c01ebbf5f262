import { AppError, assertNever, type FailureCode } from '../../contract/failure.ts';
import { PdfDocument } from '../pdf/document.ts';
import { type Increment, RevisionWriter } from '../pdf/revision-writer.ts';
import { applyApproval } from './approval-stamp.ts';
import { contentsRoom } from './contents-room.ts';
import { defaultDigest } from './mechanism.ts';
import { requireSigningAllowed } from './permission.ts';
import { applyPlain } from './plain-stamp.ts';
import { applySeal } from './seal-stamp.ts';
import { placeholderDictionary } from './signature-dictionary.ts';
import type { DigestAlgorithm, Signer } from './signer.ts';
import type { Stamp } from './stamp.ts';
import type { StampContext } from './stamp-placer.ts';
import { commonName } from './subject.ts';

/** What is known of a signer before it signs; enough to lay a signature out. */
export type SignerIdentity = Omit<Signer, 'sign'>;

/** A revision with room for a signature that isn't made yet. */
export interface Layout {
  readonly increment: Increment;
  readonly field: string;
  /** Object number of the signature dictionary. */
  readonly number: number;
  /** Bytes of /Contents. */
  readonly room: number;
  readonly digestAlgorithm: DigestAlgorithm;
  readonly recovered: boolean;
}

export interface LayoutRequest {
  readonly source: string;
  readonly stamp: Stamp;
  readonly signer: SignerIdentity;
  /** What suits the key where it is left out. */
  readonly digestAlgorithm?: DigestAlgorithm | undefined;
  /** Claimed signing time; now where left out. */
  readonly signedAt?: Date;
  /** Opens a protected source; the target opens with the same. */
  readonly password?: string | undefined;
}

/**
 * Reads what the update needs and lays it out with room for the signature. Where the cross-reference is broken it is
 * rebuilt, and the update carries it whole. Throws the reader's failures (`pdf-…`) and `file-…`.
 */
export function readAndLayOut(request: LayoutRequest): Layout {
  try {
    return layOut(PdfDocument.open(request.source, request), request);
  } catch (error) {
    if (!(error instanceof AppError) || !mayBeMended.has(error.code)) throw error;
    const recovered = orNull(() => PdfDocument.recover(request.source, request));
    if (!recovered) throw error;
    return layOut(recovered, request);
  }
}

/** What a broken cross-reference looks like: damage, or a document without the pages that it should have. */
const mayBeMended: ReadonlySet<FailureCode> = new Set<FailureCode>(['pdf-damaged', 'pdf-page-missing']);

function orNull<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (error instanceof AppError && error.code === 'pdf-damaged') return null;
    throw error;
  }
}

function layOut(document: PdfDocument, request: LayoutRequest): Layout {
  const { stamp, signer, signedAt = new Date() } = request;
  try {
    requireSigningAllowed(document);
    const writer = new RevisionWriter(document);
    const digestAlgorithm = request.digestAlgorithm ?? defaultDigest(signer.certificate);
    const room = contentsRoom(signer, digestAlgorithm);
    const signature = writer.add(placeholderDictionary({ signedAt }, room));
    const field = applyStamp(
      { writer, signature, signerName: commonName(signer.certificate), signedAt },
      stamp,
    );
    const { recovered } = document;
    return { increment: writer.build(), field, number: signature.number, room, digestAlgorithm, recovered };
  } finally {
    document.close();
  }
}

function applyStamp(context: StampContext, stamp: Stamp): string {
  switch (stamp.kind) {
    case 'plain':
      return applyPlain(context, stamp);
    case 'approval':
      return applyApproval(context, stamp);
    case 'seal':
      return applySeal(context, stamp);
    default:
      return assertNever(stamp);
  }
}
