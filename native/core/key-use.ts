import type { X509Certificate } from 'node:crypto';
import type { KeyUse } from '../../contract/desktop.ts';
import { AppError } from '../../contract/failure.ts';
import type { CertificateInfo, TokenInfo } from '../../contract/token.ts';
import type { Signer } from '../signing/signer.ts';
import type { Connection } from '../sync/connection.ts';
import type { TokenPort } from './ports.ts';
import type { Tokens } from './tokens.ts';

/** `anew`: the token itself asks for the PIN again, whatever login stands. */
export type TokenUse = KeyUse & { readonly anew?: boolean };

/** A person's key, logged in and looked at. */
export interface ReadyKey {
  readonly certificate: X509Certificate;
  /** The key as the port that signing code knows. `chain`: its issuers, from the certificate's own upwards. */
  signer(chain: readonly X509Certificate[]): Promise<Signer>;
}

/** The two clocks that a certificate's dates are held against. */
export type Clocks = Pick<Connection, 'now' | 'serverNow' | 'clockFault'>;

/**
 * Fails with `certificate-expired` or `certificate-not-yet-valid` unless the certificate's dates hold by this
 * computer's clock and by the server's: nobody signs with a certificate that is out of date, whatever a responder
 * says, and neither a clock put back nor a server's answer makes it good. Where the two clocks disagree about it,
 * `clock-differs` {minutes, reason}.
 */
export function assertInDate(certificate: X509Certificate, clocks: Clocks): void {
  const own = dateFault(certificate, clocks.now());
  const server = dateFault(certificate, clocks.serverNow());
  const fault = clocks.clockFault();
  if (fault && (own === null) !== (server === null)) {
    throw new AppError('clock-differs', { ...fault.params, reason: 'clock-out-of-date' });
  }
  if (own ?? server) throw own ?? server;
}

function dateFault(certificate: X509Certificate, at: Date): AppError | null {
  if (at > certificate.validToDate) {
    return new AppError('certificate-expired', { notAfter: certificate.validToDate.toISOString() });
  }
  if (at < certificate.validFromDate) {
    return new AppError('certificate-not-yet-valid', { notBefore: certificate.validFromDate.toISOString() });
  }
  return null;
}

/**
 * Fails unless this key may be used for this, with `not-permitted`, `certificate-not-for-signing` or `key-missing`:
 * before anything is asked of the token, or of the person.
 */
export async function assertUsable(
  tokens: Pick<Tokens, 'find'>,
  use: Pick<KeyUse, 'key'>,
  holder: CertificateInfo['holder'] | 'any',
): Promise<TokenInfo> {
  const { token, certificate: info } = await tokens.find(use.key);
  // A person's key approves, the agency's seals (NĐ 30/2020 Đ32); the other way round would be a valid signature of
  // the wrong hand.
  if (holder !== 'any' && info.holder !== holder)
    throw new AppError('not-permitted', { holder: info.holder });
  // Dates are the server's clock's to judge, not this computer's.
  if (info.refusal?.code === 'certificate-not-for-signing') throw AppError.fromFailure(info.refusal);
  if (!info.hasPrivateKey) throw new AppError('key-missing', { subject: info.subject });
  return token;
}

/** Logs in where a PIN came with the key or is typed on the token itself. One PIN is one try. */
async function logIn(
  { tokens, port }: { tokens: Tokens; port: TokenPort },
  use: TokenUse,
  token: TokenInfo,
): Promise<X509Certificate> {
  const { modulePath, tokenSerial } = use.key;
  const { pin = null, lastTryConfirmed = false, anew = false } = use;
  if (pin !== null || (token.flags.protectedPath && (anew || !token.loggedIn))) {
    await port.login({ modulePath, tokenSerial, pin, lastTryConfirmed }).catch((thrown: unknown) => {
      tokens.pinRefused();
      throw thrown;
    });
    tokens.pinGiven(use.key);
  }
  return port.certificate(use.key);
}

function signerOf(port: TokenPort, use: KeyUse, chain: readonly X509Certificate[]): Promise<Signer> {
  const { pin = null, lastTryConfirmed = false } = use;
  return port.signer(use.key, chain, { pin, lastTryConfirmed });
}

/**
 * Logs a key's token in, if a PIN came with it or is typed on the token itself, and uses it with nobody else at the
 * token. One PIN is one try; what fails here is never tried again.
 */
export async function withKey<T>(
  tokens: Tokens,
  use: TokenUse,
  holder: CertificateInfo['holder'] | 'any',
  action: (key: ReadyKey) => Promise<T>,
): Promise<T> {
  const token = await assertUsable(tokens, use, holder);
  return tokens.use(async (port) => {
    const certificate = await logIn({ tokens, port }, use, token);
    return action({ certificate, signer: (chain) => signerOf(port, use, chain) });
  });
}

/**
 * The same for a key that is used for long: others get their turn at the token between two signatures, above all
 * whoever ends the login because the screen was locked.
 */
export async function openKey(
  tokens: Tokens,
  use: TokenUse,
  holder: CertificateInfo['holder'] | 'any',
): Promise<ReadyKey> {
  const token = await assertUsable(tokens, use, holder);
  const certificate = await tokens.use((port) => logIn({ tokens, port }, use, token));
  return {
    certificate,
    async signer(chain) {
      const signer = await tokens.use((port) => signerOf(port, use, chain));
      return { ...signer, sign: (algorithm, data) => tokens.use(() => signer.sign(algorithm, data)) };
    },
  };
}
