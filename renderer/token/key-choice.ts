import type { TokenState } from '../../contract/desktop.ts';
import type { Failure } from '../../contract/failure.ts';
import type { CertificateInfo, KeyReference, TokenInfo } from '../../contract/token.ts';

/** What a key is wanted for: a person's own to sign in and to approve, an agency's to seal (NĐ 30/2020 Đ32). */
export type KeyPurpose = 'signIn' | 'approve' | 'seal';

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

function unfitness({ certificate, token }: KeyChoice, purpose: KeyPurpose, now: Date): Unfitness | null {
  if (!certificate.canSign) return 'cannotSign';
  if (purpose === 'seal' && certificate.holder !== 'agency') return 'personalKey';
  if (purpose !== 'seal' && certificate.holder !== 'person') return 'agencyKey';
  if (new Date(certificate.notAfter) < now) return 'expired';
  if (new Date(certificate.notBefore) > now) return 'notYetValid';
  // Most tokens show private keys only after the login: until then, none seen means nothing.
  if (token.loggedIn && !certificate.hasPrivateKey) return 'keyMissing';
  return null;
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

/**
 * Which keys serve a purpose now, and why the others don't. Certificates of authorities, which tokens often carry along,
 * count as neither.
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
