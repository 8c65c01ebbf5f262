import { AppError, type FailureCode } from '../../contract/failure.ts';
import { PdfDocument } from '../pdf/document.ts';
import type { Encryption } from '../pdf/encryption/encryption.ts';
import { type Increment, RevisionWriter } from '../pdf/revision-writer.ts';
import { requireOneReading } from '../verification/findings/file-findings.ts';
import { agreeTerms, carryOut, referencesFor } from './agreement.ts';
import { applyStamp } from './apply-stamp.ts';
import { contentsRoom } from './contents-room.ts';
import { requireSigningAllowed } from './permission.ts';
import { placeholderDictionary } from './signature-dictionary.ts';
import { withField } from './signature-field.ts';
import type { CertificationLevel, SignatureWishes, SignerIdentity } from './signature-terms.ts';
import type { DigestAlgorithm } from './signer.ts';
import type { Stamp } from './stamp.ts';
import { commonName, organisationsOf } from './subject.ts';

/** A revision with room for a signature that isn't made yet. */
export interface Layout {
  readonly increment: Increment;
  readonly field: string;
  /** Object number of the signature dictionary. */
  readonly number: number;
  /** Bytes of /Contents. */
  readonly room: number;
  readonly digestAlgorithm: DigestAlgorithm;
  readonly certification: CertificationLevel | null;
  readonly recovered: boolean;
  /** The source's bytes, where they are few enough to be held: what was laid out is then what is copied and hashed. */
  readonly original: Uint8Array | null;
  /** What opens the source; null where it isn't protected. */
  readonly encryption: Encryption | null;
}

/**
 * Bytes up to which a file is read at once, and its copy written and read back so; larger ones go by the system's
 * copy.
 */
const smallFile = 1 << 20;

export interface LayoutRequest extends SignatureWishes {
  readonly source: string;
  readonly stamp: Stamp;
  readonly signer: SignerIdentity;
  /** Claimed signing time; now where left out. */
  readonly signedAt?: Date;
  /** Opens a protected source; the target opens with the same. */
  readonly password?: string | undefined;
  /** Bytes of /Contents at least, where an answer turned out longer than was thought. */
  readonly room?: number;
}

/**
 * Reads what the update needs and lays it out with room for the signature. Where the cross-reference is broken it is
 * rebuilt, and the update carries it whole. Throws the reader's failures (`pdf-…`) and `file-…`, and what forbids this
 * signature: `pdf-signing-forbidden`, `pdf-field-…`, `pdf-seed-value`, `pdf-certification-refused`, `pdf-unsupported`,
 * `document-deceptive`.
 */
export function readAndLayOut(request: LayoutRequest): Layout {
  return withDocument(request, (document) => layOut(document, request));
}

/** Opens a file as it is opened for signing, closes it after `act`, and passes on what that returns or throws. */
export function withDocument<T>(
  file: Pick<LayoutRequest, 'source' | 'password'>,
  act: (document: PdfDocument) => T,
): T {
  const closing = (document: PdfDocument) => {
    try {
      return act(document);
    } finally {
      document.close();
    }
  };
  try {
    return closing(PdfDocument.open(file.source, file));
  } catch (error) {
    if (!(error instanceof AppError) || !mayBeMended.has(error.code)) throw error;
    const recovered = orNull(() => PdfDocument.recover(file.source, file));
    if (!recovered) throw error;
    return closing(recovered);
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
  const { signer, signedAt = new Date() } = request;
  const { catalogRef, recovered } = document;
  if (!catalogRef) throw new AppError('pdf-damaged', {});
  requireSigningAllowed(document);
  requireOneReading(document);
  const stamp = withField(document, request.stamp, signer);
  const writer = new RevisionWriter(document);
  // What stands in it depends on the field, which the stamp finds or makes.
  const signature = writer.reserve();
  const field = applyStamp(
    {
      writer,
      signature,
      signerName: commonName(signer.certificate),
      organisations: organisationsOf(signer.certificate),
      signedAt,
    },
    stamp,
  );
  const terms = agreeTerms(document, { field, stamp, signer, wishes: request });
  const { digestAlgorithm, certification } = terms;
  const room = Math.max(contentsRoom(signer, digestAlgorithm), request.room ?? 0);
  const references = referencesFor(terms, catalogRef);
  writer.set(signature, placeholderDictionary({ ...terms, signedAt, references }, room));
  carryOut(writer, terms, { field, signature });
  const increment = writer.build();
  const { source, encryption } = document;
  return {
    ...{ increment, field, number: signature.number, room, digestAlgorithm, certification, recovered },
    ...{ original: source.length <= smallFile ? source.read(0, source.length) : null, encryption },
  };
}
