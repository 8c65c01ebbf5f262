import type { ReasonCode, SignatureReport } from '../../contract/verdict.ts';
import type { PdfDocument } from '../pdf/document.ts';
import { PdfName, PdfString } from '../pdf/object.ts';
import type { Certificate } from './certificate/certificate.ts';
import type { Changes, Comparison } from './changes/comparison.ts';
import { exceeds, readPermission } from './changes/permission.ts';
import { checkByteRange, type SignedRange } from './integrity/byte-range.ts';
import type { SignatureClaim } from './integrity/signature-claim.ts';
import type { Span } from './integrity/signature-place.ts';
import type { SignedBytes } from './integrity/signed-bytes.ts';
import { openSigned, type SignedRevision } from './integrity/signed-revision.ts';
import { type ContentsCheck, checkContents } from './signature-content.ts';

/** A claim with what it covers; null where that can't even be told. */
export interface Located {
  readonly claim: SignatureClaim;
  readonly range: SignedRange | null;
  readonly contents: Uint8Array;
  readonly signed: SignedRevision | null;
  readonly reasons: readonly ReasonCode[];
}

/** Finds what a claimed signature covers, before anything is hashed. */
export function locate(document: PdfDocument, claim: SignatureClaim): Located {
  const reasons: ReasonCode[] = claim.ambiguous ? ['structure-ambiguous'] : [];
  const nothing = { claim, range: null, contents: new Uint8Array(), signed: null };
  if (!claim.value) return { ...nothing, reasons: [...reasons, 'byte-range-malformed'] };
  const checked = checkByteRange(claim.value, claim.places, document.source);
  if ('reason' in checked) return { ...nothing, reasons: [...reasons, checked.reason] };
  const { range, contents } = checked;
  const signed = openSigned(document, range);
  if (!signed) reasons.push('not-whole-revision');
  if ([...(claim.places?.values() ?? [])].some((spans) => spans.length > 1))
    reasons.push('structure-ambiguous');
  return { claim, range, contents, signed, reasons };
}

/** All that can be said of one signature without asking whom to trust. */
export interface Examined extends Located {
  readonly checked: ContentsCheck;
  readonly coverage: SignatureReport['coverage'];
  readonly changes: Changes;
  readonly integrityReasons: readonly ReasonCode[];
}

export interface FileFacts {
  readonly document: PdfDocument;
  readonly bytes: SignedBytes;
  readonly comparison: Comparison;
  readonly unexplained: readonly Span[];
  readonly candidates: readonly Certificate[];
}

/** What a signature covers and what changed behind it, whoever made it and over whatever digest. */
export interface Standing {
  readonly coverage: SignatureReport['coverage'];
  readonly changes: Changes;
  readonly reasons: readonly ReasonCode[];
}

/** Checks a signature's mathematics, what it covers, and what changed behind it. */
export async function examine(located: Located, facts: FileFacts): Promise<Examined> {
  const { claim, range, signed } = located;
  const checked: ContentsCheck =
    range && signed
      ? await checkContents(
          subFilterOf(claim),
          located.contents,
          facts.bytes.content(range),
          facts.candidates,
        )
      : { kind: 'failed', reasons: [] };
  const { coverage, changes, reasons } = standingOf(located, facts);
  const ofContents = checked.kind === 'failed' ? checked.reasons : checked.check.reasons;
  // What a document time stamp stands over is the file, as a signature's message digest does.
  const isObsolete = checked.kind === 'timeStamp' && checked.check.imprintIsObsolete;
  const ofImprint: readonly ReasonCode[] = isObsolete ? ['hash-obsolete'] : [];
  const integrityReasons = [...new Set([...located.reasons, ...ofContents, ...ofImprint, ...reasons])];
  return { ...located, checked, coverage, changes, integrityReasons };
}

/** What can be said without a single digest: its cost follows the changes, not the file. */
export function standingOf(located: Located, facts: Omit<FileFacts, 'bytes' | 'candidates'>): Standing {
  const { claim, range, signed } = located;
  const reasons = new Set<ReasonCode>(located.reasons);
  const changes = signed ? compare(signed, facts) : { level: 'other' as const, findings: [] };
  if (signed) {
    const permission = readPermission(signed.document, signed.claim);
    // Comments are accepted only where the signer expressly allowed them (DocMDP 3).
    const mayComment = permission.upTo === 'annotations';
    if (changes.level === 'other' || (changes.level === 'annotations' && !mayComment))
      reasons.add('changed-after-signing');
    if (exceeds(changes, permission)) reasons.add('change-not-permitted');
    if (changes.findings.some(({ isUnproven }) => isUnproven)) reasons.add('appearance-unproven');
  }
  if (!claim.present) reasons.add('changed-after-signing');
  if (range && facts.unexplained.some(({ start }) => start >= range.end)) reasons.add('unexplained-bytes');
  const coversFile = range?.end === facts.document.source.length;
  const coverage = !signed ? 'partial' : coversFile ? 'file' : 'revision';
  return { coverage, changes, reasons: [...reasons] };
}

function compare(
  { document, claim }: SignedRevision,
  { comparison }: Pick<FileFacts, 'comparison'>,
): Changes {
  const { upTo } = readPermission(document, claim);
  return comparison.compare(document, upTo === 'formFilling' || upTo === 'annotations');
}

export function subFilterOf({ value }: SignatureClaim): string {
  const subFilter = value?.get('SubFilter');
  return subFilter instanceof PdfName ? subFilter.value : '';
}

/** The text of an entry of the signature dictionary. */
export function entryText({ value }: SignatureClaim, key: string): string {
  const entry = value?.get(key);
  return entry instanceof PdfString ? entry.toText() : '';
}
