import type { X509Certificate } from 'node:crypto';
import type { KeyUse } from '../../contract/desktop.ts';
import { AppError } from '../../contract/failure.ts';
import type { CertificateInfo } from '../../contract/token.ts';
import type { Signer } from '../signing/signer.ts';
import type { Tokens } from './tokens.ts';

/** A person's key, logged in and looked at. */
export interface ReadyKey {
  readonly certificate: X509Certificate;
  /** The key as the port that signing code knows. `chain`: its issuers, from the certificate's own upwards. */
  signer(chain: readonly X509Certificate[]): Promise<Signer>;
}

/**
 * Fails with `certificate-expired` or `certificate-not-yet-valid` unless the certificate's dates hold `at` that time:
 * nobody signs with a certificate that is out of date, whatever a responder says.
 */
export function assertInDate(certificate: X509Certificate, at: Date): void {
  if (at > certificate.validToDate) {
    throw new AppError('certificate-expired', { notAfter: certificate.validToDate.toISOString() });
  }
  if (at < certificate.validFromDate) {
    throw new AppError('certificate-not-yet-valid', { notBefore: certificate.validFromDate.toISOString() });
  }
}

/**
 * Logs a key's token in, if a PIN came with it or is typed on the token itself, and uses it with nobody else at the token.
 * One PIN is one try; what fails here is never tried again.
 */
export async function withKey<T>(
  tokens: Tokens,
  use: KeyUse,
  holder: CertificateInfo['holder'] | 'any',
  action: (key: ReadyKey) => Promise<T>,
): Promise<T> {
  const { token, certificate: info } = await tokens.find(use.key);
  // A person's key approves, the agency's seals (NĐ 30/2020 Đ32); the other way round would be a valid signature of
  // the wrong hand.
  if (holder !== 'any' && info.holder !== holder)
    throw new AppError('not-permitted', { holder: info.holder });
  // Dates are the server's clock's to judge, not this computer's.
  if (info.refusal?.code === 'certificate-not-for-signing') throw AppError.fromFailure(info.refusal);
  if (!info.hasPrivateKey) throw new AppError('key-missing', { subject: info.subject });
  const { pin = null, lastTryConfirmed = false } = use;
  return tokens.use(async (port) => {
    const { modulePath, tokenSerial } = use.key;
    if (pin !== null || (token.flags.protectedPath && !token.loggedIn)) {
      await port.login({ modulePath, tokenSerial, pin, lastTryConfirmed });
    }
    const certificate = await port.certificate(use.key);
    return action({
      certificate,
      signer: (chain) => port.signer(use.key, chain, { pin, lastTryConfirmed }),
    });
  });
}
