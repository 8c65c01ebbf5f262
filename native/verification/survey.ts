import type { PdfDocument } from '../pdf/document.ts';
import type { Trust } from './certificate/trust.ts';
import { Comparison } from './changes/comparison.ts';
import { type Examined, examine, locate } from './examined.ts';
import { findClaims } from './integrity/signature-claim.ts';
import { SignedBytes } from './integrity/signed-bytes.ts';
import { unexplainedBytes } from './integrity/unexplained.ts';
import { readSecurityStore, type SecurityStore } from './security-store.ts';

/** All that a file's bytes say of its signatures, before anybody is trusted or asked. */
export interface Survey {
  /** Oldest first. */
  readonly examined: readonly Examined[];
  readonly store: SecurityStore;
}

/** Examines every signature that the document claims. Throws the reader's failures (`pdf-…`). */
export async function survey(document: PdfDocument, trust: Trust): Promise<Survey> {
  const store = readSecurityStore(document);
  const located = findClaims(document).map((claim) => locate(document, claim));
  const ranges = located.flatMap(({ range, signed }) => (range && signed ? [range] : []));
  const signed = located.flatMap((one) => (one.signed ? [one.signed.document] : []));
  const oldestEnd = Math.min(document.source.length, ...ranges.map(({ end }) => end));
  const facts = {
    document,
    bytes: new SignedBytes(document.source, ranges),
    comparison: new Comparison(document, signed),
    unexplained: unexplainedBytes(document, oldestEnd),
    candidates: [...store.certificates, ...trust.intermediates],
  };
  const examined: Examined[] = [];
  for (const one of located) examined.push(await examine(one, facts));
  return { examined, store };
}
