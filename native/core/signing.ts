import type { X509Certificate } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { SigningStep } from '../../contract/batch.ts';
import type { ConsentDocument } from '../../contract/consent.ts';
import { AppError, type Failure } from '../../contract/failure.ts';
import type { FileDigest } from '../../contract/identity.ts';
import { holderOf, type SigningAct, type StampWish } from '../../contract/signing-act.ts';
import type { KeyReference } from '../../contract/token.ts';
import type { Signer } from '../signing/signer.ts';
import type { Stamp } from '../signing/stamp.ts';
import type { FileStore } from '../store/file-store.ts';
import type { Connection } from '../sync/connection.ts';
import type { CertificateCheck, Standing } from './certificate-check.ts';
import type { Consent } from './consent.ts';
import { assertInDate, assertUsable, openKey, withKey } from './key-use.ts';
import type { CoreParts } from './ports.ts';
import type { Session } from './session.ts';
import type { Tokens } from './tokens.ts';
import type { TrustStore } from './trust-store.ts';

/** A key asked to sign: what for, and what the page had typed into the stamp. */
export interface KeyWish {
  readonly act: SigningAct;
  readonly key: KeyReference;
  readonly wish: StampWish | null;
}

export interface SigningRequest extends KeyWish {
  /** The file in the store that is signed. */
  readonly digest: FileDigest;
  /** What the person is asked to agree to. */
  readonly asked: ConsentDocument;
  readonly stamp: Stamp;
  readonly onStep: (step: SigningStep) => void;
  /** Asked right before the token is; what it throws ends the signature. */
  readonly confirm: () => void;
}

export interface SigningParts extends Pick<CoreParts, 'signPdf' | 'now'> {
  readonly tokens: Tokens;
  readonly files: FileStore;
  readonly session: Session;
  readonly connection: Connection;
  readonly trust: Pick<TrustStore, 'anchors'>;
  readonly check: CertificateCheck;
  readonly consent: Pick<Consent, 'ask'>;
}

/** A signed file that was taken into the store; `serial`: of the certificate that signed. */
export interface MadeFile {
  readonly digest: FileDigest;
  readonly bytes: number;
  readonly serial: string;
}

/**
 * Puts a signature on a file of the store and takes the result into it. What the result is for is the caller's to
 * write down.
 */
export class Signing {
  readonly #parts: SigningParts;
  readonly #stop = new AbortController();

  constructor(parts: SigningParts) {
    this.#parts = parts;
  }

  /**
   * Signs, once the person has agreed. The result lies in the store under its digest, with no row that speaks of it: a
   * crash before the caller has written one leaves a file that nobody will ever send. Fails as consent, token,
   * certificate, PDF and disk do. `warning`: what the person must know of the certificate although it signed.
   */
  async sign(request: SigningRequest): Promise<MadeFile & { readonly warning: Failure | null }> {
    const { files, tokens, consent } = this.#parts;
    const { digest, act, key: reference, wish: stampWish, onStep, stamp, confirm } = request;
    // Read through before it is shown, and again before it is signed: both are what the server gave, not what a disk
    // made of it.
    await files.check(digest);
    const looked = await this.#look(act, reference);
    const stillHere = this.#presence();
    const target = files.workPath();
    const wish = { act, stamp: stampWish, key: reference, documents: [request.asked], resumed: false };
    onStep('confirming');
    try {
      const key = await consent.ask({ ...wish, warning: looked.warning }, (use, accepted) => {
        stillHere();
        return withKey(tokens, use, holderOf[act], async ({ certificate, signer }) => {
          assertSame(certificate, looked.certificate);
          accepted();
          onStep('reading');
          const { path } = await files.check(digest);
          const { chain, warning } = await this.#standing(certificate);
          await this.#parts.signPdf({
            ...{ source: path, target, stamp, onStep, confirm },
            signer: await signer(chain),
            signedAt: this.signingTime(),
            signal: this.#stop.signal,
          });
          return { certificate, warning };
        });
      });
      return { ...(await this.adopt(target, key.certificate)), warning: key.warning };
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    }
  }

  /**
   * A key logged in for many signatures, once the person has agreed to `documents`, and what there is to know of it.
   * Fails as consent, token and certificate do.
   */
  async open(
    { act, key, wish: stamp }: KeyWish,
    documents: readonly ConsentDocument[],
    resumed = false,
  ): Promise<{ readonly signer: Signer; readonly warning: Failure | null }> {
    const { tokens, consent } = this.#parts;
    const looked = await this.#look(act, key);
    const stillHere = this.#presence();
    const wish = { act, stamp, key, documents, resumed, warning: looked.warning };
    return consent.ask(wish, async (use, accepted) => {
      stillHere();
      const opened = await openKey(tokens, use, holderOf[act]);
      assertSame(opened.certificate, looked.certificate);
      accepted();
      const { chain, warning } = await this.#standing(opened.certificate);
      return { signer: await opened.signer(chain), warning };
    });
  }

  /**
   * Takes a signed file into the store, under its digest. Fails as the disk does; the file at `target` is left to the
   * caller then.
   */
  async adopt(target: string, { serialNumber: serial }: X509Certificate): Promise<MadeFile> {
    return { ...(await this.#parts.files.adopt(target)), serial };
  }

  /**
   * The time that a signature made now claims: this computer's, which nobody moves by more than a minute (TT 15/2025,
   * PL II).
   */
  signingTime(): Date {
    return this.#parts.connection.now();
  }

  /** Stops what is being signed; nothing of it stays. */
  close(): void {
    this.#stop.abort();
  }

  /**
   * What the person must know of a key before they agree; one that may not sign fails here, before anybody types a
   * PIN for it.
   */
  async #look(
    act: SigningAct,
    key: KeyReference,
  ): Promise<{ readonly certificate: X509Certificate; readonly warning: Failure | null }> {
    const { tokens } = this.#parts;
    await assertUsable(tokens, { key }, holderOf[act]);
    const certificate = await tokens.certificate(key);
    const { warning } = await this.#standing(certificate);
    return { certificate, warning };
  }

  /**
   * Fails with `session-missing` once whoever is signed in now, or nobody, isn't any more: a window may stand open for
   * minutes.
   */
  #presence(): () => void {
    const { session } = this.#parts;
    const before = session.current?.person.id;
    return () => {
      if (session.current?.person.id !== before) throw new AppError('session-missing');
    };
  }

  async #standing(certificate: X509Certificate): Promise<Standing> {
    const { connection, trust, check, session } = this.#parts;
    const { anchors } = trust;
    const time = connection.now();
    assertInDate(certificate, connection);
    // While nobody is signed in nothing is known of the line: then it is tried.
    const offline = session.current !== null && !connection.line.online;
    const standing = await check.standing(certificate, { anchors, time, offline });
    const warning = standing.warning ?? connection.clockFault()?.toFailure() ?? null;
    return { ...standing, warning };
  }
}

/**
 * The certificate that the person was shown is the one that signs: tokens change places in a reader within a second.
 */
function assertSame(certificate: X509Certificate, shown: X509Certificate): void {
  if (certificate.fingerprint256 !== shown.fingerprint256) throw new AppError('token-missing');
}
