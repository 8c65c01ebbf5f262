import { createHash, type X509Certificate } from 'node:crypto';
import type { KeyUse, SessionState } from '../../contract/desktop.ts';
import type { Person } from '../../contract/document.ts';
import { AppError } from '../../contract/failure.ts';
import { readSignInStatement } from '../../contract/sign-in-statement.ts';
import type { KeyReference } from '../../contract/token.ts';
import type { ContactObserver } from '../sync/bounded-fetch.ts';
import { ProvinceClient } from '../sync/province-client.ts';
import type { ServerPlace } from '../sync/server-line.ts';
import { statementSignature } from './ecdsa.ts';
import { assertInDate, type Clocks, withKey } from './key-use.ts';
import type { Tokens } from './tokens.ts';

/** Somebody who has signed in. The bearer token lives here and in the clients made with it, in memory alone. */
export interface OpenSession {
  readonly person: Person;
  readonly key: KeyReference;
  readonly expiresAt: string;
  readonly bearer: string;
}

/**
 * Opens a session: the token signs the server's statement with the chosen certificate's key, which proves to the
 * server who sits here without a password. Needs the server. Fails with the token's, the certificate's or the
 * server's failures.
 */
export async function openSession(parts: {
  readonly tokens: Tokens;
  readonly use: KeyUse;
  readonly server: ServerPlace;
  readonly observer: ContactObserver;
  readonly clocks: Clocks;
}): Promise<OpenSession> {
  const { tokens, use, server, observer } = parts;
  const client = new ProvinceClient({ ...server, bearer: null, observer });
  return withKey(tokens, use, 'any', async ({ certificate, signer }) => {
    const challenge = await client.challenge(certificate.raw);
    // After the first answer: the server's clock is known now, and this computer's may be years off.
    assertInDate(certificate, parts.clocks);
    assertMeantForUs(challenge.statement, certificate, server.serverUrl);
    const key = await signer([]);
    const signed = await key.sign('sha256', Buffer.from(challenge.statement, 'utf8'));
    const signature = statementSignature(certificate, signed);
    const opened = await client.openSession(challenge.challengeId, certificate.raw, signature);
    const { person, bearer, expiresAt } = opened;
    return { person, bearer, expiresAt, key: use.key };
  });
}

/**
 * A key signs nothing but a statement to sign in, to this very server, with this very certificate. Otherwise a server
 * could have any text signed, or pass on another server's statement and sign in there in this person's name.
 */
function assertMeantForUs(text: string, certificate: X509Certificate, serverUrl: string): void {
  const statement = readSignInStatement(text);
  const fingerprint = createHash('sha256').update(certificate.raw).digest('hex');
  if (statement?.server === new URL(serverUrl).origin && statement.certificate === fingerprint) return;
  throw new AppError('server-nonsense', { detail: statement?.server ?? '' });
}

/** Who is signed in, and why nobody is. */
export class Session {
  #open: OpenSession | null = null;
  #ended: AppError = new AppError('session-missing');

  state(): SessionState {
    if (this.#open === null) return { status: 'signedOut' };
    const { person, key, expiresAt } = this.#open;
    return { status: 'signedIn', person, key, expiresAt };
  }

  get current(): OpenSession | null {
    return this.#open;
  }

  /** Fails with `session-missing` or `session-expired`. */
  require(): OpenSession {
    if (this.#open === null) throw new AppError(this.#ended.code, this.#ended.params);
    return this.#open;
  }

  begin(open: OpenSession): void {
    this.#open = open;
  }

  /** `reason`: why, where it wasn't the person's wish. */
  end(reason: AppError | null): void {
    this.#open = null;
    this.#ended = reason ?? new AppError('session-missing');
  }
}
