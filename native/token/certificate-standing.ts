import { AppError } from '../../contract/failure.ts';
import type { CertificateInfo, ModuleInfo, TokenInfo } from '../../contract/token.ts';

const dayMs = 86_400_000;

/** Why a certificate can't sign at this time, by itself; whether it is revoked is asked elsewhere. */
function refusalOf(certificate: CertificateInfo, token: TokenInfo, now: Date): AppError | null {
  const { subject, notBefore, notAfter } = certificate;
  if (!certificate.canSign) return new AppError('certificate-not-for-signing', { subject });
  if (now > new Date(notAfter)) return new AppError('certificate-expired', { subject, notAfter });
  if (now < new Date(notBefore)) return new AppError('certificate-not-yet-valid', { subject, notBefore });
  // Before a login most tokens hide their keys: until then, none seen means nothing.
  if (token.loggedIn && !certificate.hasPrivateKey) return new AppError('key-missing', { subject });
  return null;
}

/**
 * Each certificate with whether it can sign at this time, why not, and the days that it has left. `canSign` as it comes from the token
 * process speaks of the key usage alone; there it is kept while the token stays the same, and days go by.
 */
export function withStanding(module: ModuleInfo, now: Date): ModuleInfo {
  const tokens = module.tokens.map((token) => ({
    ...token,
    certificates: token.certificates.map((certificate) => {
      const refusal = refusalOf(certificate, token, now)?.toFailure() ?? null;
      const daysLeft = Math.floor((Date.parse(certificate.notAfter) - now.getTime()) / dayMs);
      return { ...certificate, canSign: refusal === null, refusal, daysLeft };
    }),
  }));
  return { ...module, tokens };
}
