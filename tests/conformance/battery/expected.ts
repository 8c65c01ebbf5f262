import { agencyKey, type Cell, type Level, levels, type SignerName, signers } from './axes.ts';
import { emptyField } from './base-files.ts';
import type { Verdicts } from './verdicts.ts';

/**
 * What all judges are to say of a cell. Where one of them can't judge, what it says instead stands here as well, with the
 * reason: it is asked about every cell all the same, and a newer version that has learnt it fails the test.
 */
export function expectedOf(cell: Cell): Verdicts {
  const entries = entriesOf(cell);
  return {
    pdfsig: entries.map((entry) => `${entry.field}: ${pdfsigOn(entry)}`),
    openssl: entries.flatMap(opensslOn),
    qpdf: [],
    mutool: entries.map(mutoolOn),
    ours: ['valid', ...entries.map(oursOn)],
  };
}

interface Signature {
  readonly kind: 'signature';
  readonly field: string;
  readonly by: SignerName;
  /** Whether nothing was added after it. */
  readonly isLast: boolean;
  readonly hasStamp: boolean;
  readonly level: Level;
}

interface DocumentStamp {
  readonly kind: 'document time stamp';
  readonly field: string;
  readonly isLast: boolean;
}

type Entry = Signature | DocumentStamp;

/** The signatures and document time stamps of a cell's file, in the order in which they were made. */
function entriesOf({ signer, field, level }: Cell): Entry[] {
  // Validation data is a revision of its own behind the signatures, and so is a stamp around them.
  const isLast = !isAtLeast(level, 'lt');
  const first = (hasStamp: boolean, own: Level): Signature => ({
    ...{ kind: 'signature', field: 'antin-signature', by: agencyKey, hasStamp, level: own, isLast: false },
  });
  const signature = (name: string): Signature => ({
    ...{ kind: 'signature', field: name, by: signer, hasStamp: isAtLeast(level, 't'), level, isLast },
  });
  const stamp = (name: string, isNewest: boolean): DocumentStamp => ({
    ...{ kind: 'document time stamp', field: name, isLast: isNewest },
  });
  const archive = level === 'lta' ? [stamp('antin-timestamp', true)] : [];
  switch (field) {
    case 'new field':
      return [signature('antin-signature'), ...archive];
    case 'existing field':
      return [signature(emptyField), ...archive];
    case 'after another signature':
      return [
        // Never stamped in place: for LT a stamp around the whole file has to prove when it was there.
        first(false, isLast ? 'b' : level),
        signature('antin-signature-2'),
        ...(isLast ? [] : [stamp('antin-timestamp', false)]),
        ...(level === 'lta' ? [stamp('antin-timestamp-2', true)] : []),
      ];
    case 'certified P=2':
      return [first(true, isLast ? 't' : level), signature('antin-signature-2'), ...archive];
  }
}

function isAtLeast(level: Level, least: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(least);
}

function pdfsigOn({ kind, isLast }: Entry): string {
  const coverage = isLast ? 'Total document signed' : 'Not total document signed';
  // poppler 22.12 knows no ETSI.RFC3161 ("Unable to validate this type of signature"). openssl judges these.
  if (kind === 'document time stamp') return `Signature has not yet been verified.; ${coverage}`;
  return `Signature is Valid. Certificate is Trusted.; ${coverage}`;
}

function opensslOn(entry: Entry): string[] {
  if (entry.kind === 'document time stamp') return ['document time stamp: verified'];
  return entry.hasStamp ? ['signature: verified', 'its time stamp: verified'] : ['signature: verified'];
}

function mutoolOn(entry: Entry): string {
  // mupdf 1.21 takes fields with a document time stamp for empty ones. openssl judges these.
  if (entry.kind === 'document time stamp') return 'Signature is not signed.';
  // It verifies by OpenSSL's PKCS7 functions, which know no PSS. pdfsig, openssl's CMS and we judge these.
  if (entry.by === 'PSS') return 'Digest error: Unknown error.';
  return entry.isLast
    ? 'The document is unchanged since signing.'
    : 'The signature is valid but there have been edits since signing.';
}

function oursOn(entry: Entry): string {
  const coverage = entry.isLast ? 'file' : 'revision';
  return entry.kind === 'signature'
    ? `${entry.field}: valid, ${signers[entry.by].algorithm}, ${entry.level}, ${coverage}`
    : `${entry.field}: valid, ${stampAlgorithm}, none, ${coverage}`;
}

/** The lab's time-stamp authority has an RSA key. */
const stampAlgorithm = 'RSA-PKCS1v15 SHA-256';
