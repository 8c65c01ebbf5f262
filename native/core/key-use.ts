import type { X509Certificate } from 'node:crypto';
import type { KeyUse } from '../../contract/desktop.ts';
import { AppError } from '../../contract/failure.ts';
import type { CertificateInfo } from '../../contract/token.ts';
import type { Log } from './log.ts';
import type { CertificateStatus, TokenPort, ValidateCertificate } from './ports.ts';
import type { Tokens } from './tokens.ts';

/** How long a certificate's status may be asked for before signing goes on without it, in milliseconds. */
const statusDeadlineMs = 10_000;

/** A person's key, logged in and looked at. */
export interface ReadyKey {
  readonly port: TokenPort;
  readonly certificate: X509Certificate;
}

/**
 * What stands in for a status that couldn't be had: signing isn't stopped by a silent responder (TT 15/2025 judges it
 * later).
 */
const unknownStatus: CertificateStatus = { trusted: false, revocation: 'unknown', reasons: [], chain: [] };

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

/** Logs a key's token in, if a PIN came with it, and uses it with nobody else at the token. */
export async function withKey<T>(
  tokens: Tokens,
  use: KeyUse,
  holder: CertificateInfo['holder'] | 'any',
  action: (key: ReadyKey) => Promise<T>,
): Promise<T> {
  const info = await tokens.find(use.key);
  // A person's key approves, the agency's seals (NĐ 30/2020 Đ32); the other way round would be a valid signature of
  // the wrong hand.
  if (holder !== 'any' && info.holder !== holder)
    throw new AppError('not-permitted', { holder: info.holder });
  if (!info.hasPrivateKey) throw new AppError('key-missing');
  return tokens.use(async (port) => {
    const { modulePath, tokenSerial } = use.key;
    if (use.pin) {
      const lastTryConfirmed = use.lastTryConfirmed ?? false;
      await port.login({ modulePath, tokenSerial, pin: use.pin, lastTryConfirmed });
    }
    return action({ port, certificate: await port.certificate(use.key) });
  });
}

/**
 * A certificate's standing before it signs. Fails with `certificate-revoked` or `certificate-expired`; anything less
 * certain is left to the verification that follows, since the offices' lines to the responders are slow.
 */
export async function checkStanding(
  validate: ValidateCertificate,
  certificate: X509Certificate,
  options: Parameters<ValidateCertificate>[1],
  log: Log,
): Promise<CertificateStatus> {
  const { promise: late, resolve } = Promise.withResolvers<CertificateStatus>();
  const timer = setTimeout(() => resolve(unknownStatus), statusDeadlineMs);
  try {
    const status = await Promise.race([validate(certificate, options), late]);
    if (status.revocation === 'revoked' || status.reasons.includes('certificate-revoked')) {
      throw new AppError('certificate-revoked');
    }
    if (status.reasons.includes('certificate-expired')) throw new AppError('certificate-expired');
    return status;
  } catch (error) {
    if (error instanceof AppError) throw error;
    log.failure('certificate.status', error);
    return unknownStatus;
  } finally {
    clearTimeout(timer);
  }
}
