import type { SignatureReport } from '../../contract/verdict.ts';

/** Up to so many signatures are all shown at once. */
export const mostAtOnce = 4;

/** Of many signatures those that a reader needs first, in the document's order: what isn't valid, then from the first on. */
export function shownSignatures(signatures: readonly SignatureReport[]): readonly SignatureReport[] {
  if (signatures.length <= mostAtOnce) return signatures;
  const doubtful = signatures.filter(({ verdict }) => verdict !== 'valid');
  const sound = signatures.filter(({ verdict }) => verdict === 'valid');
  const chosen = new Set([...doubtful, ...sound].slice(0, mostAtOnce));
  return signatures.filter((signature) => chosen.has(signature));
}
