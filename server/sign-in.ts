import { X509Certificate } from 'node:crypto';
import type { Person } from '../contract/document.ts';
import { AppError } from '../contract/failure.ts';
import type { Challenge, OpenedSession } from '../contract/province.ts';
import { fingerprintOf } from '../native/verification/index.ts';
import type { CertificateWatch } from './certificate-watch.ts';
import type { Challenges } from './challenges.ts';
import { networkOf } from './client-address.ts';
import type { Clock } from './clock.ts';
import type { Directory } from './directory.ts';
import type { CertificateStanding, IdentityCheck } from './identity-check.ts';
import { RateLimit } from './rate-limit.ts';
import type { SecurityLog } from './security-log.ts';
import type { Sessions } from './sessions.ts';

/**
 * Failures of one network that are told apart, in ten minutes; beyond them it is only told that there were too many.
 */
const failuresPerWindow = 20;
const failureWindowMs = 10 * 60 * 1000;
/** Sessions that one certificate's holder may open in two minutes: each asks the authority's responders. */
const openingsPerWindow = 30;
const openingWindowMs = 2 * 60 * 1000;

export interface SignInParts {
  readonly challenges: Challenges;
  readonly sessions: Sessions;
  readonly directory: Directory;
  readonly identityCheck: IdentityCheck;
  readonly watch: CertificateWatch;
  readonly securityLog: SecurityLog;
  readonly clock: Clock;
}

/**
 * Signing in with a token: a person is whoever can sign this server's statement with a certificate registered to them.
 *
 * Certificates are public, so that nothing counts against one before its key has proved itself: what is unsigned or
 * forged counts against the network that it came from, and even there a right signature still opens. Only then is the
 * certificate counted.
 */
export class SignIn {
  readonly #parts: SignInParts;
  readonly #failures: RateLimit;
  readonly #openings: RateLimit;

  constructor(parts: SignInParts) {
    this.#parts = parts;
    this.#failures = new RateLimit(failuresPerWindow, failureWindowMs, parts.clock);
    this.#openings = new RateLimit(openingsPerWindow, openingWindowMs, parts.clock);
  }

  /** Fails with `sign-in-refused` {reason: 'unknown-certificate' | 'too-many'} or `input-invalid`. */
  challenge(certificate: string, address: string): Challenge {
    const { fingerprint } = this.#counted(address, null, () => this.#known(certificate));
    return this.#parts.challenges.create(fingerprint);
  }

  /**
   * Opens a session, or fails: `sign-in-refused` {reason: 'unknown-certificate' | 'challenge' | 'signature' |
   * 'too-many' | 'revocation-unknown'}, or `certificate-revoked`, `certificate-expired`, `certificate-not-yet-valid`,
   * `certificate-untrusted`.
   */
  async open(
    answer: { challengeId: string; certificate: string; signature: string },
    address: string,
  ): Promise<OpenedSession> {
    const { challenges, sessions, identityCheck, watch, securityLog } = this.#parts;
    const { certificate, fingerprint, person } = this.#counted(address, null, () =>
      this.#known(answer.certificate),
    );
    this.#counted(address, fingerprint, () => this.#prove(answer, certificate, fingerprint));
    // Before the first wait, or the same answer sent twice at once would open two sessions.
    challenges.use(answer.challengeId);
    if (!this.#openings.admits(fingerprint)) throw refused('too-many', { retryable: true });
    try {
      requireStanding(await identityCheck.standing(certificate));
    } catch (error) {
      this.#record(fingerprint, address, error);
      throw error;
    }
    watch.seenGood(fingerprint);
    // Taken off the register meanwhile?
    if (this.#parts.directory.personByCertificate(fingerprint)?.id !== person.id) {
      securityLog.add({
        event: 'sign-in-failed',
        who: fingerprint,
        detail: { address, reason: 'deregistered' },
      });
      throw refused('unknown-certificate');
    }
    const notAfter = certificate.validToDate;
    const opened = sessions.open({ person: person.id, certificate: fingerprint, notAfter, address });
    return { ...opened, person };
  }

  #prove(
    answer: { challengeId: string; signature: string },
    certificate: X509Certificate,
    fingerprint: string,
  ): void {
    const statement = this.#parts.challenges.statementOf(answer.challengeId, fingerprint);
    if (!statement) throw refused('challenge');
    const signature = Buffer.from(answer.signature, 'base64');
    if (!this.#parts.identityCheck.signatureFits({ certificate, statement, signature }))
      throw refused('signature');
  }

  /** What fails here was proved by nobody: it counts against the network alone. */
  #counted<T>(address: string, fingerprint: string | null, attempt: () => T): T {
    try {
      return attempt();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const isMany = !this.#failures.admits(networkOf(address));
      // One entry for each that is told apart, or whoever floods the server would flood the log.
      if (isMany) throw refused('too-many', { retryable: true });
      this.#record(fingerprint, address, error);
      throw error;
    }
  }

  #record(fingerprint: string | null, address: string, error: unknown): void {
    const { code, params } = AppError.from(error);
    const reason = String(params['reason'] ?? '');
    this.#parts.securityLog.add({
      event: 'sign-in-failed',
      who: fingerprint,
      detail: { address, code, reason },
    });
  }

  #known(base64: string): { certificate: X509Certificate; fingerprint: string; person: Person } {
    const certificate = parsed(base64);
    const fingerprint = fingerprintOf(certificate);
    const person = this.#parts.directory.personByCertificate(fingerprint);
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
