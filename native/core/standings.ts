import type { CertificateStanding } from '../../contract/desktop.ts';
import { AppError, type FailureCode } from '../../contract/failure.ts';
import type { KeyReference } from '../../contract/token.ts';
import type { Connection } from '../sync/connection.ts';
import type { CertificateCheck } from './certificate-check.ts';
import { assertInDate, type Clocks } from './key-use.ts';
import type { Session } from './session.ts';
import type { Tokens } from './tokens.ts';
import type { TrustStore } from './trust-store.ts';

export interface StandingsParts {
  readonly tokens: Pick<Tokens, 'certificate'>;
  readonly check: CertificateCheck;
  readonly session: Pick<Session, 'current'>;
  readonly connection: Clocks & Pick<Connection, 'line'>;
  readonly trust: Pick<TrustStore, 'anchors'>;
}

/** Failures that say something about the certificate, and not that it couldn't be looked at. */
const refusals: ReadonlySet<FailureCode> = new Set([
  'certificate-revoked',
  'certificate-expired',
  'certificate-not-yet-valid',
  'clock-differs',
]);

/** Whether a plugged-in certificate may still sign, found out before anybody types a PIN (TT 15/2025 Đ5 K1). */
export class Standings {
  readonly #parts: StandingsParts;

  constructor(parts: StandingsParts) {
    this.#parts = parts;
  }

  /**
   * Asks the responders once a day. Fails with `token-missing` or `certificate-missing`, and as the token process
   * does.
   */
  async of(key: KeyReference): Promise<CertificateStanding> {
    const { tokens, check, session, connection, trust } = this.#parts;
    const { anchors } = trust;
    const certificate = await tokens.certificate(key);
    const time = connection.now();
    // Before anybody has signed in, nothing is known of the line: then it is tried.
    const offline = session.current !== null && !connection.line.online;
    try {
      assertInDate(certificate, connection);
      const { warning, checkedAt } = await check.standing(certificate, { anchors, time, offline });
      const at = checkedAt.toISOString();
      return warning ? { state: 'unchecked', at, failure: warning } : { state: 'good', at };
    } catch (error) {
      if (!(error instanceof AppError) || !refusals.has(error.code)) throw error;
      return { state: 'refused', at: time.toISOString(), failure: error.toFailure() };
    }
  }
}
