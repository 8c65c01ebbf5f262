import type { Agency } from '../../../contract/document.ts';
import type { GateFinding } from '../../../contract/gate.ts';
import type { SignatureReport, SignerInfo } from '../../../contract/verdict.ts';
import { agencyRelation, isParent } from './agency-name.ts';
import { type BodyRelation, bodyName, isBusiness, nearest, placeOf } from './body-name.ts';

/**
 * Holds the agency seals on a document against its issuer (NĐ 30/2020 Đ21.1): one of them has to be the issuer's.
 * Names of seals that nobody vouches for must be left out before: whoever makes a certificate of their own can write
 * any name into it. Null where there is nothing to tell, or no seal.
 */
export function sealFinding(seals: readonly SignatureReport[], issuer: Agency): GateFinding | null {
  const signers = seals.flatMap(({ signer }) => signer ?? []);
  const [first] = signers;
  if (!first) return null;
  const relation = nearest(signers.map((signer) => sealRelation(signer, issuer)));
  if (relation === 'same') return null;
  const params = { seal: namesOf(first).join(', '), issuer: issuer.name };
  return { code: relation === 'other' ? 'seal-of-another-body' : 'seal-name-differs', params };
}

/** What a certificate says whose it is: the body itself first, then those that it belongs to. */
function namesOf({ subject, organisation, organisations }: SignerInfo): string[] {
  return [...new Set([subject, ...(organisations ?? [organisation])])].filter((name) => name !== '');
}

function sealRelation(signer: SignerInfo, issuer: Agency): BodyRelation {
  const names = namesOf(signer);
  const known = [issuer.name, ...(issuer.aliases ?? [])];
  // A unit's name is what the owner says; the organisation is what was checked.
  if (names.some(isBusiness) && !known.some(isBusiness)) return 'other';
  const bodies = names.map(bodyName);
  const around = [...bodies.flatMap(({ places }) => places), ...(signer.places ?? []).flatMap(placeOf)];
  const [own, ...above] = bodies.map((body) => agencyRelation(issuer, body, around));
  if (own === 'same' || own === 'unplaced') return own;
  // A unit's own seal, or that of the agency above.
  const isNear = above.includes('same') || bodies.some((body) => isParent(issuer, body, around));
  return isNear ? 'related' : (own ?? 'other');
}
