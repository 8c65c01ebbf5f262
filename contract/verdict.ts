import * as z from 'zod';
import { failureCode } from './failure.ts';
import { fileFinding } from './file-finding.ts';
import { instant } from './identity.ts';
import { printedFacts } from './printed.ts';

/** One signature's verdict: valid, invalid, or not enough information. */
export const signatureVerdict = z.enum(['valid', 'invalid', 'indeterminate']);
export type SignatureVerdict = z.infer<typeof signatureVerdict>;

/** A file that claims a signature and can't be parsed is `unreadable`, never `unsigned`. */
export const fileVerdict = z.enum(['valid', 'invalid', 'indeterminate', 'unsigned', 'unreadable']);
export type FileVerdict = z.infer<typeof fileVerdict>;

/** Why a verdict isn't plainly "valid"; the words for people stand in the catalogue. */
export const reasonCodes = [
  'digest-mismatch',
  'signature-mismatch',
  'byte-range-malformed',
  'byte-range-overlap',
  /** Another, larger file was signed, of which this one is an extract or the beginning. */
  'signed-larger-file',
  /** Some program wrote the file anew after it was signed: nothing stands where it was. */
  'file-rewritten',
  /**
   * Before the file stands what a `data:application/pdf;base64,` address was decoded to; without it the file is
   * whole.
   */
  'data-prefix',
  'contents-malformed',
  'cms-malformed',
  'signing-certificate-mismatch',
  'algorithm-weak',
  /** SHA-1, and no content made to collide in it: no sign of a forgery, and no longer allowed (TT 15/2025, PL I). */
  'hash-obsolete',
  'hash-collision',
  'algorithm-unsupported',
  'chain-untrusted',
  'chain-invalid',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-revoked',
  'key-usage-unsuitable',
  'revocation-unknown',
  'signing-time-unproven',
  'time-implausible',
  'changed-after-signing',
  'change-not-permitted',
  'not-whole-revision',
  'unexplained-bytes',
  'structure-ambiguous',
  'file-deceptive',
  /**
   * A field filled after the signature shows itself by glyphs of which nobody can tell whether they are its value's.
   */
  'appearance-unproven',
] as const;
export const reasonCode = z.enum(reasonCodes);
export type ReasonCode = z.infer<typeof reasonCode>;

/**
 * What is put up with in a signature and yet to be known, since it doesn't make it worse: habits of signing programs,
 * and a time stamp whose authority nobody here vouches for.
 */
export const noteCode = z.enum(['certificates-left-out', 'signing-time-shifted', 'stamp-untrusted']);
export type NoteCode = z.infer<typeof noteCode>;

export const signerInfo = z.object({
  subject: z.string(),
  /** Whose key it is, by the certificate's name (`contract/holder.ts`): a person's approves, an agency's seals. */
  holder: z.enum(['person', 'agency']).optional(),
  organisation: z.string(),
  /**
   * All organisations and units of its name (O, OU), and all places (L, ST), in their order; left out where it has
   * none.
   */
  organisations: z.array(z.string()).max(20).optional(),
  places: z.array(z.string()).max(20).optional(),
  issuer: z.string(),
  serial: z.string(),
  notBefore: instant,
  notAfter: instant,
  /** SHA-256 of the signing certificate's DER, lower-case hexadecimal: tells it from any other of the same names. */
  certificateDigest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
export type SignerInfo = z.infer<typeof signerInfo>;

/** Where a signature shows itself: millimetres from the visible page's top left corner; pages from 1. */
export const signaturePlace = z.object({
  page: z.int().min(1),
  pageSize: z.object({ width: z.number(), height: z.number() }),
  box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
});
export type SignaturePlace = z.infer<typeof signaturePlace>;

export const signatureReport = z.object({
  field: z.string(),
  type: z.enum(['signature', 'timestamp']),
  verdict: signatureVerdict,
  reasons: z.array(reasonCode),
  /** Left out where there are none. */
  notes: z.array(noteCode).optional(),
  intact: z.boolean(),
  trusted: z.boolean(),
  revocation: z.enum(['good', 'revoked', 'unknown', 'notChecked']),
  coverage: z.enum(['file', 'revision', 'partial']),
  changesAfter: z.enum(['none', 'validationData', 'formFilling', 'annotations', 'other']),
  /** In a person's words, one for each change found in later revisions. */
  changes: z.array(z.string()),
  /**
   * Full names of the fields filled or signed in later revisions, an empty one for whatever else they changed beside
   * validation data. Left out where there is nothing of the kind.
   */
  changedFields: z.array(z.string()).optional(),
  signer: signerInfo.nullable(),
  signedAt: instant.nullable(),
  timestampAt: instant.nullable(),
  algorithm: z.string(),
  /** Where the file was written anew after it was signed: the program that the file names. */
  rewrittenBy: z.string().optional(),
  /**
   * What it stands for: the person's or the agency's by the certificate's name; the number or the date where the agency
   * wrote just that into the head of page 1. Left out where nobody can tell, or vouches for the certificate.
   */
  role: z.enum(['person', 'agency', 'number', 'date']).optional(),
  /** Null where it shows on no page. */
  place: signaturePlace.nullable().optional(),
  level: z.enum(['b', 't', 'lt', 'lta', 'none']),
});
export type SignatureReport = z.infer<typeof signatureReport>;

/** The answer to "is this file what its signers signed?"; a file's verdict is its worst signature's. */
export const verificationReport = z.object({
  verdict: fileVerdict,
  /** When the core found it; left out where the caller knows. */
  checkedAt: instant.optional(),
  /** Why the file is `unreadable`, where that is known: damaged, protected by a password, … */
  failure: failureCode.optional(),
  signatures: z.array(signatureReport),
  /** What could deceive whoever looks at the file, signed or not; left out where there is nothing. */
  findings: z.array(fileFinding).max(100).optional(),
  /** What the page says of itself, where somebody asked. */
  printed: printedFacts.optional(),
});
export type VerificationReport = z.infer<typeof verificationReport>;
