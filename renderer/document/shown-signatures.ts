import type { SignatureReport } from '../../contract/verdict.ts';

/** Up to so many signatures are all shown at once. */
export const mostAtOnce = 4;

/**
 * Of many signatures those that a reader needs first, in the document's order: what isn't valid, then from the first
 * on.
 */
export function shownSignatures(signatures: readonly SignatureReport[]): readonly SignatureReport[] {
  if (signatures.length <= mostAtOnce) return signatures;
  const doubtful = signatures.filter(({ verdict }) => verdict !== 'valid');
  const sound = signatures.filter(({ verdict }) => verdict === 'valid');
  const chosen = new Set([...doubtful, ...sound].slice(0, mostAtOnce));
  return signatures.filter((signature) => chosen.has(signature));
}

/**
 * A signature, and those of the number and the date that the same certificate made, of which the same is to be said.
 */
export interface SignatureGroup {
  readonly signature: SignatureReport;
  readonly alike: readonly SignatureReport[];
}

/**
 * Most offices sign four times, with number and date as signatures of their own: a clerk reads of leader and seal, and
 * that number and date are the seal's. Whatever differs from the seal in anything that matters keeps its own card, and
 * so does each of two numbers or two dates: that there are two must be seen.
 */
export function signatureGroups(signatures: readonly SignatureReport[]): SignatureGroup[] {
  const isOnly = ({ role }: SignatureReport) => signatures.filter((one) => one.role === role).length === 1;
  const seals = signatures.filter(({ role }) => role === 'agency');
  const sealOf = (one: SignatureReport) =>
    (one.role === 'number' || one.role === 'date') && isOnly(one)
      ? seals.find((seal) => isAlike(seal, one))
      : undefined;
  return signatures
    .filter((signature) => sealOf(signature) === undefined)
    .map((signature) => ({ signature, alike: signatures.filter((one) => sealOf(one) === signature) }));
}

function isAlike(seal: SignatureReport, other: SignatureReport): boolean {
  const said = ({ verdict, reasons, intact, trusted, revocation }: SignatureReport) =>
    JSON.stringify([verdict, [...reasons].sort(), intact, trusted, revocation]);
  const digest = seal.signer?.certificateDigest;
  return digest !== undefined && digest === other.signer?.certificateDigest && said(seal) === said(other);
}
