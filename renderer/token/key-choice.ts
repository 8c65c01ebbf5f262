import type { TokenState } from '../../contract/desktop.ts';
import type { Failure } from '../../contract/failure.ts';
import { holderOf, type SigningAct } from '../../contract/signing-act.ts';
import type { CertificateInfo, KeyReference, TokenInfo, TokenReference } from '../../contract/token.ts';

/** What a key is wanted for: a person's own to sign in, and whose an act wants (`holderOf`). */
export type KeyPurpose = 'signIn' | SigningAct;

export interface KeyChoice {
  key: KeyReference;
  certificate: CertificateInfo;
  token: TokenInfo;
}

export type Unfitness = 'expired' | 'notYetValid' | 'agencyKey' | 'personalKey' | 'cannotSign' | 'keyMissing';

export interface UnfitKey {
  choice: KeyChoice;
  why: Unfitness;
}

/** What the plugged-in tokens offer for a purpose. */
export type KeySituation =
  | { kind: 'unusable'; failure: Failure }
  | { kind: 'noToken' }
  | { kind: 'noKey'; unfit: readonly UnfitKey[] }
  | { kind: 'ready'; choices: readonly [KeyChoice, ...KeyChoice[]]; unfit: readonly UnfitKey[] };

/**
 * Whether a certificate was made for signing documents, whatever its dates: those of authorities, which tokens carry
 * along, and those for encryption aren't, and nobody needs to be told about them.
 */
export function isForSigning({ canSign, refusal }: CertificateInfo): boolean {
  return refusal ? refusal.code !== 'certificate-not-for-signing' : canSign;
}

/** Why a certificate can't sign now, whoever holds it. The core's word counts where it gives one. */
export function refusalOf(
  { certificate, token }: Pick<KeyChoice, 'certificate' | 'token'>,
  now: Date,
): Exclude<Unfitness, 'agencyKey' | 'personalKey'> | null {
  if (!isForSigning(certificate)) return 'cannotSign';
  const code = certificate.refusal?.code;
  if (code === 'certificate-expired' || new Date(certificate.notAfter) < now) return 'expired';
  if (code === 'certificate-not-yet-valid' || new Date(certificate.notBefore) > now) return 'notYetValid';
  // Most tokens show private keys only after the login: until then, none seen means nothing.
  if (code === 'key-missing' || (token.loggedIn && !certificate.hasPrivateKey)) return 'keyMissing';
  return certificate.canSign ? null : 'cannotSign';
}

function unfitness(choice: KeyChoice, purpose: KeyPurpose, now: Date): Unfitness | null {
  const { certificate } = choice;
  if (!isForSigning(certificate)) return 'cannotSign';
  const holder = purpose === 'signIn' ? 'person' : holderOf[purpose];
  if (holder === 'agency' && certificate.holder !== 'agency') return 'personalKey';
  if (holder === 'person' && certificate.holder !== 'person') return 'agencyKey';
  return refusalOf(choice, now);
}

/** Every certificate on every token of every module, with the reference that names its key. */
export function allKeys(state: TokenState): KeyChoice[] {
  return state.modules.flatMap(({ path, tokens }) =>
    tokens.flatMap((token) =>
      token.certificates.map((certificate) => ({
        key: { modulePath: path, tokenSerial: token.serial, certificateId: certificate.id },
        certificate,
        token,
      })),
    ),
  );
}

/** The token as it is now; null where it isn't plugged in any more. */
export function findToken(state: TokenState, { modulePath, tokenSerial }: TokenReference): TokenInfo | null {
  const tokens = state.modules.filter(({ path }) => path === modulePath).flatMap((module) => module.tokens);
  return tokens.find(({ serial }) => serial === tokenSerial) ?? null;
}

/**
 * Which keys serve a purpose now, and why the others don't. Certificates of authorities, which tokens often carry
 * along, count as neither.
 */
export function keySituation(state: TokenState, purpose: KeyPurpose, now: Date): KeySituation {
  if (state.problem) return { kind: 'unusable', failure: state.problem };
  if (!state.modules.some(({ tokens }) => tokens.length > 0)) {
    const works = state.modules.some(({ ok }) => ok);
    if (works) return { kind: 'noToken' };
    const failure = state.modules.find(({ error }) => error)?.error;
    return {
      kind: 'unusable',
      failure: failure ?? { code: 'module-missing', params: {}, retryable: false },
    };
  }
  const judged = allKeys(state).map((choice) => ({ choice, why: unfitness(choice, purpose, now) }));
  const unfit = judged.flatMap(({ choice, why }) => (why && why !== 'cannotSign' ? [{ choice, why }] : []));
  const [first, ...others] = judged.flatMap(({ choice, why }) => (why ? [] : [choice]));
  return first ? { kind: 'ready', choices: [first, ...others], unfit } : { kind: 'noKey', unfit };
}

export function sameKey(one: KeyReference, other: KeyReference): boolean {
  return (
    one.modulePath === other.modulePath &&
    one.tokenSerial === other.tokenSerial &&
    one.certificateId === other.certificateId
  );
}

/** The key to offer first: the one asked for if it is there, else the only one; null where the person has to choose. */
export function preferredKey(choices: readonly KeyChoice[], wanted: KeyReference | null): KeyChoice | null {
  const known = wanted && choices.find(({ key }) => sameKey(key, wanted));
  if (known) return known;
  const [only, ...others] = choices;
  return only && others.length === 0 ? only : null;
}
