import * as z from 'zod';
import { type FailureParams, failureParams } from './failure.ts';
import { paragraphs } from './plain-text.ts';

/**
 * Why the signatures of a document that has arrived don't suffice to register it (NĐ 30/2020 Đ5, Đ21.1): it has to
 * carry the signature of the person with the authority to sign and the issuing agency's, both genuine.
 * `signer-untrusted`: there is one, but nobody whom this office trusts vouches for its certificate. `signature-weak`:
 * there is one, but by an algorithm that proves nothing any more.
 */
export const signatureFindings = [
  'file-unreadable',
  'signature-invalid',
  'approval-signature-missing',
  'agency-signature-missing',
  'signer-untrusted',
  'signature-weak',
] as const;

/**
 * SHA-1, and nothing but that is held against a signature: told, and registered by a yes for as long as the office's
 * policy puts up with it, `signature-weak` afterwards.
 */
const datedFindings = ['signature-obsolete'] as const;

/**
 * The day, in Viet Nam, through which SHA-1 without a sign of forgery is put up with where an office's policy names
 * none: two of three documents of 2025 and 2026 still bear it, by the State's own tool.
 */
export const obsoleteHashUntil = '2028-12-31';

/** The same of the file itself: people may be shown something else than was signed (`file-finding.ts`). */
const fileFindings = ['file-deceptive'] as const;

/**
 * What a document's data, its page and its signers' certificates say differently; each names both sides in its
 * parameters.
 */
export const comparisonFindings = [
  /** The seal's certificate names plainly another body than the issuer (`seal`, `issuer`). */
  'seal-of-another-body',
  /** It names one that may be the issuer by another name, its parent or its part (`seal`, `issuer`). */
  'seal-name-differs',
  /** NĐ 30/2020 PL I, ô số 2 (`page`, `data`). */
  'issuer-differs',
  /** Ô số 3 (`page`, `data`); several that differ (`page`, `other`). */
  'reference-differs',
  'reference-twice',
  /** Ô số 4, likewise. */
  'date-differs',
  'date-twice',
  /** Ô số 5 (`page`, `data`). */
  'type-differs',
  'subject-differs',
  /** Ô số 7a (`page`, `data`), 7b (`page`, `certificate`). */
  'position-differs',
  'signer-differs',
  /** Letters of another alphabet that look like the data's (`page`). */
  'letters-foreign',
  /** There was nothing to compare with: page 1 is a picture, or can't be read. */
  'page-unread',
] as const;

export const gateCode = z.enum([
  ...signatureFindings,
  ...datedFindings,
  ...fileFindings,
  ...comparisonFindings,
]);
export type GateCode = z.infer<typeof gateCode>;

/** Something found at the gate, with the texts that it speaks of. */
export const gateFinding = z.object({ code: gateCode, params: failureParams });
export type GateFinding = z.infer<typeof gateFinding>;

/**
 * `closes`: the document goes back, unless somebody says why not. `doubts`: whoever registers it is told first, and
 * decides. `notes`: told, no more.
 */
export type GateWeight = 'closes' | 'doubts' | 'notes';

const closing: ReadonlySet<GateCode> = new Set([
  ...signatureFindings,
  ...fileFindings,
  'seal-of-another-body',
]);

/** What a finding means for registering; spelling alone never closes the gate. */
export function gateWeight({ code }: Pick<GateFinding, 'code'>): GateWeight {
  if (closing.has(code)) return 'closes';
  return code === 'page-unread' ? 'notes' : 'doubts';
}

/** The findings of one weight, in their order. */
export function findingsThat(weight: GateWeight, findings: readonly GateFinding[]): GateFinding[] {
  return findings.filter((finding) => gateWeight(finding) === weight);
}

const signatureFinding = z.enum(signatureFindings);
export type SignatureFinding = z.infer<typeof signatureFinding>;

/**
 * A closing finding in the words that every version of this contract knows: to a desk that doesn't compare names,
 * another body's seal is a missing one of the issuer's, as it is by NĐ 30/2020 Đ21.1, and what a deceptive file shows
 * isn't what was signed. Null for one that doesn't close the gate.
 */
export function plainCode({ code }: GateFinding): SignatureFinding | null {
  if (code === 'seal-of-another-body') return 'agency-signature-missing';
  if (code === 'file-deceptive') return 'signature-invalid';
  return signatureFinding.safeParse(code).data ?? null;
}

/** A clerk's decision to register a document all the same, in their own words. */
export const gateOverride = z.object({
  /** What closed the gate, as `plainCode` has it. */
  findings: z.array(signatureFinding).max(16),
  /** All that was found, with its texts; left out by desks that compare nothing. */
  details: z.array(gateFinding).max(32).optional(),
  reason: paragraphs(2000).min(1),
});
export type GateOverride = z.infer<typeof gateOverride>;

/** An override of all that was found by one or several who looked, each thing once. */
export function overrideOf(found: readonly GateFinding[], reason: string): GateOverride {
  const details = distinctFindings(found).slice(0, 32);
  const findings = [...new Set(details.flatMap((finding) => plainCode(finding) ?? []))].slice(0, 16);
  return { findings, details, reason };
}

/** What an override was about, also one from a desk that tells no details. */
export function overriddenFindings({ findings, details }: GateOverride): GateFinding[] {
  const told = new Set((details ?? []).map(plainCode));
  const others = findings.filter((code) => !told.has(code)).map((code) => ({ code, params: {} }));
  return [...(details ?? []), ...others];
}

/** Each finding once; the same thing with other texts is another one. */
export function distinctFindings(findings: readonly GateFinding[]): GateFinding[] {
  const seen = new Map(findings.map((finding) => [JSON.stringify([finding.code, finding.params]), finding]));
  return [...seen.values()];
}

/**
 * What the server answers where it registers nothing: `reason` for every desk, `finding` and its texts for those that
 * show them. Written and read here alone.
 */
export function unsoundParams(finding: GateFinding): FailureParams {
  return { ...finding.params, reason: plainCode(finding) ?? finding.code, finding: finding.code };
}

/** The finding in such an answer; null where there is none that this version knows. */
export function unsoundFinding({ reason, finding, ...params }: FailureParams): GateFinding | null {
  const code = gateCode.safeParse(finding ?? reason).data;
  return code === undefined ? null : { code, params };
}
