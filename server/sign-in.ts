import { X509Certificate } from 'node:crypto';
import type { Person } from '../contract/document.ts';
import { AppError } from '../contract/failure.ts';
import type { Challenge, OpenedSession } from '../contract/province.ts';
import { fingerprintOf } from '../native/verification/index.ts';
import type { Challenges } from './challenges.ts';
import type { Directory } from './directory.ts';
import type { CertificateStanding, IdentityCheck } from './identity-check.ts';
import type { Sessions } from './sessions.ts';

/** Signing in with a token: a person is whoever can sign this server's statement with a certificate registered to them. */
export class SignIn {
  readonly #challenges: Challenges;
  readonly #sessions: Sessions;
  readonly #directory: Directory;
  readonly #check: IdentityCheck;

  constructor(parts: {
    challenges: Challenges;
    sessions: Sessions;
    directory: Directory;
    identityCheck: IdentityCheck;
  }) {
    this.#challenges = parts.challenges;
    this.#sessions = parts.sessions;
    this.#directory = parts.directory;
    this.#check = parts.identityCheck;
  }

  challenge(certificate: string, address: string): Challenge {
    const { fingerprint } = this.#known(certificate);
    return this.#challenges.create(fingerprint, address);
  }

  /**
   * Opens a session, or fails: `sign-in-refused` {reason: 'unknown-certificate' | 'challenge' | 'signature' |
   * 'revocation-unknown'}, or `certificate-revoked`, `certificate-expired`, `certificate-not-yet-valid`, `certificate-untrusted`.
   */
  async open(answer: {
    challengeId: string;
    certificate: string;
    signature: string;
  }): Promise<OpenedSession> {
    const { certificate, fingerprint, person } = this.#known(answer.certificate);
    const statement = this.#challenges.statementOf(answer.challengeId, fingerprint);
    if (!statement) throw refused('challenge');
    const signature = Buffer.from(answer.signature, 'base64');
    if (!this.#check.signatureFits({ certificate, statement, signature })) throw refused('signature');
    // Before the first wait, or the same answer sent twice at once would open two sessions.
    this.#challenges.use(answer.challengeId);
    requireStanding(await this.#check.standing(certificate));
    const { bearer, expiresAt } = this.#sessions.open(person.id, certificate.validToDate);
    return { bearer, expiresAt, person };
  }

  #known(base64: string): { certificate: X509Certificate; fingerprint: string; person: Person } {
    const certificate = parsed(base64);
    const fingerprint = fingerprintOf(certificate);
    const person = this.#directory.personByCertificate(fingerprint);
    if (!person) throw refused('unknown-certificate');
    return { certificate, fingerprint, person };
  }
}

function refused(reason: string, options: { retryable?: boolean } = {}): AppError {
  return new AppError('sign-in-refused', { reason }, options);
}

function parsed(base64: string): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'));
  } catch (cause) {
    throw new AppError('input-invalid', { field: 'certificate' }, { cause });
  }
}

/** "Unknown" is not "good": while nobody can say that a token wasn't reported stolen, it opens nothing. */
function requireStanding({ trusted, revocation, reasons }: CertificateStanding): void {
  if (revocation === 'revoked' || reasons.includes('certificate-revoked')) {
    throw new AppError('certificate-revoked');
  }
  if (reasons.includes('certificate-expired')) throw new AppError('certificate-expired');
  if (reasons.includes('certificate-not-yet-valid')) throw new AppError('certificate-not-yet-valid');
  if (!trusted) throw new AppError('certificate-untrusted');
  if (revocation !== 'good') throw refused('revocation-unknown', { retryable: true });
}
