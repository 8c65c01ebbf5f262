import type { ReasonCode } from '../../contract/verdict.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { Comparison } from './changes/comparison.ts';
import { type Located, locate, standingOf, subFilterOf } from './examined.ts';
import { PrefixSource } from './integrity/prefix-source.ts';
import { findClaims } from './integrity/signature-claim.ts';
import { unexplainedBytes } from './integrity/unexplained.ts';
import { checkContents } from './signature-content.ts';

/** A signature that has just been appended, before its file is given to anybody. */
export interface AppendedSignature {
  /** Bytes before it. */
  readonly base: number;
  /** Of everything that it covers, by the hash that it was made with. */
  readonly messageDigest: Uint8Array;
}

/** Which signature isn't as it should be, and why. */
export interface Harm {
  readonly field: string;
  readonly isNew: boolean;
  readonly reasons: readonly ReasonCode[];
}

/**
 * Looks at a file as everybody who checks it will: the new signature must be intact and cover all of it, and none of
 * those before may be worse off than without it. Asks nobody, trusts nobody, and hashes nothing: the caller has just
 * done so. Null where all is well. Throws the reader's failures (`pdf-…`).
 */
export async function harmOf(document: PdfDocument, appended: AppendedSignature): Promise<Harm | null> {
  const standings = standingsIn(document);
  const newest = standings.find(({ located }) => (located.range?.gapStart ?? 0) >= appended.base);
  if (!newest) return { field: '', isNew: true, reasons: ['byte-range-malformed'] };
  // Two fields of one name, say: the document's own fault, and told by every verdict; no reason to refuse what was
  // asked for.
  const ownReasons = newest.reasons.filter((reason) => reason !== 'structure-ambiguous');
  const reasons = [...ownReasons, ...(await faultsOf(newest.located, appended))];
  const { field } = newest.located.claim;
  if (newest.coverage !== 'file') return { field, isNew: true, reasons: [...reasons, 'not-whole-revision'] };
  if (reasons.length > 0) return { field, isNew: true, reasons };
  const troubled = standings.filter((one) => one !== newest && one.reasons.length > 0);
  if (troubled.length === 0) return null;
  // Only now: a file whose signatures all stand needn't be looked at twice.
  const before = new Map(
    standingsIn(document.readAlike(new PrefixSource(document.source, appended.base))).map((one) => [
      one.located.range?.gapStart,
      new Set(one.reasons),
    ]),
  );
  for (const { located, reasons: after } of troubled) {
    const known = before.get(located.range?.gapStart);
    const added = after.filter((reason) => !known?.has(reason));
    if (added.length > 0) return { field: located.claim.field, isNew: false, reasons: added };
  }
  return null;
}

function standingsIn(document: PdfDocument) {
  const all = findClaims(document).map((claim) => locate(document, claim));
  const signed = all.flatMap((one) => (one.signed ? [one.signed.document] : []));
  const ends = all.flatMap(({ range }) => (range ? [range.end] : []));
  const facts = {
    document,
    comparison: new Comparison(document, signed),
    unexplained: unexplainedBytes(document, Math.min(document.source.length, ...ends)),
  };
  return all.map((located) => ({ located, ...standingOf(located, facts) }));
}

/** What is wrong with the message in /Contents and its mathematics. */
async function faultsOf(
  { claim, contents }: Located,
  { messageDigest }: AppendedSignature,
): Promise<readonly ReasonCode[]> {
  const content = {
    digest: () => ({ bytes: messageDigest, collides: false }),
    // Asked for only where a message has no signed attributes, as none of ours.
    async *pieces() {
      yield messageDigest;
    },
  };
  const checked = await checkContents(subFilterOf(claim), contents, content, []);
  return checked.kind === 'failed' ? checked.reasons : checked.check.reasons;
}
