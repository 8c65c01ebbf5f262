import type { NoteCode } from '../../contract/verdict.ts';
import type { Certificate } from './certificate/certificate.ts';
import type { CertificateJudgement } from './certificate/trust.ts';
import { clockSkewMs } from './clock-skew.ts';
import { vietnamOffsetMs } from './pdf-date.ts';

/** What a signature's notes are made from. */
export interface NotedSignature {
  /** The certificates that the signature itself carries. */
  readonly certificates: readonly Certificate[];
  readonly judgement: CertificateJudgement | null;
  /** The signer's own word, from the signed attributes or the dictionary. */
  readonly claimed: Date | null;
  /** The message marks a local clock's time as UTC, and /M says so: `claimed` is what was meant. */
  readonly isLocalAsUtc: boolean;
  readonly stamp: OwnStamp;
  /** The instant that a stamp proves, else the time of verification: the signature was there by then. */
  readonly noLaterThan: Date;
}

/**
 * The stamp that a signature carries: `untrusted` where it fits, but nobody here vouches for its authority or its
 * time.
 */
export type OwnStamp = 'none' | 'broken' | 'untrusted' | 'trusted';

/**
 * What is put up with, and said, since it makes no signature worse: habits of signing programs, a stamp that proves
 * nothing.
 */
export function notesOf(signature: NotedSignature): NoteCode[] {
  const notes: NoteCode[] = [];
  if (leavesOutIssuers(signature)) notes.push('certificates-left-out');
  if (signature.isLocalAsUtc || isShifted(signature)) notes.push('signing-time-shifted');
  if (signature.stamp === 'untrusted') notes.push('stamp-untrusted');
  return notes;
}

/** CMS with nothing but the signer's certificate, whose issuers had to be found elsewhere (RFC 5652, 5.1 allows it). */
function leavesOutIssuers({ certificates, judgement }: NotedSignature): boolean {
  if (!judgement?.trusted) return false;
  const carried = new Set(certificates.map(({ fingerprint }) => fingerprint));
  return judgement.chain.slice(1, -1).some(({ fingerprint }) => !carried.has(fingerprint));
}

/**
 * Viet Nam's time marked as UTC: a time later than the signature can be, by no more than the seven hours between
 * them.
 */
function isShifted({ claimed, noLaterThan }: NotedSignature): boolean {
  const ahead = claimed ? claimed.getTime() - noLaterThan.getTime() : 0;
  return ahead > clockSkewMs && ahead <= vietnamOffsetMs + clockSkewMs;
}
