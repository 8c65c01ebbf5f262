import type { X509Certificate } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { SigningStep } from '../../contract/batch.ts';
import type { ConsentDocument } from '../../contract/consent.ts';
import type { DocumentFile, OfficialDocument } from '../../contract/document.ts';
import { AppError, type Failure } from '../../contract/failure.ts';
import type { FileDigest } from '../../contract/identity.ts';
import type { CertificateInfo, KeyReference } from '../../contract/token.ts';
import type { Signer } from '../signing/signer.ts';
import type { FileStore } from '../store/file-store.ts';
import type { SigningPurpose } from '../store/signed-file.ts';
import type { WorkStore } from '../store/work-store.ts';
import type { Connection } from '../sync/connection.ts';
import type { CertificateCheck, Standing } from './certificate-check.ts';
import type { Consent } from './consent.ts';
import { assertInDate, assertUsable, openKey, withKey } from './key-use.ts';
import type { CoreParts, DeskStamp } from './ports.ts';
import type { Session } from './session.ts';
import type { SignedResult, SigningAct } from './signing-acts.ts';
import type { Stamping } from './stamping.ts';
import type { Tokens } from './tokens.ts';
import type { TrustStore } from './trust-store.ts';

/** What is signed, and what for. */
export interface SigningSubject {
  readonly document: OfficialDocument;
  readonly main: DocumentFile;
  readonly purpose: SigningPurpose;
}

export interface SigningRequest extends SigningSubject {
  readonly key: KeyReference;
  /** What the person is asked to agree to. */
  readonly asked: ConsentDocument;
  readonly stamp: DeskStamp;
  readonly onStep: (step: SigningStep) => void;
  /** Asked right before the token is; what it throws ends the signature. */
  readonly confirm: () => void;
}

export interface SigningParts extends Pick<CoreParts, 'signPdf' | 'now'> {
  readonly tokens: Tokens;
  readonly files: FileStore;
  readonly work: WorkStore;
  readonly stamping: Stamping;
  readonly session: Session;
  readonly connection: Connection;
  readonly trust: Pick<TrustStore, 'anchors'>;
  readonly check: CertificateCheck;
  readonly consent: Pick<Consent, 'ask'>;
}

/** NĐ 30/2020 Đ32: a person's key approves, the agency's seals. */
const holders: Readonly<Record<SigningPurpose, CertificateInfo['holder']>> = {
  approval: 'person',
  seal: 'agency',
};

const acts: Readonly<Record<SigningPurpose, SigningAct>> = { approval: 'approve', seal: 'seal' };

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
   * Signs, once the person has agreed. The result lies in the store under its digest, with no row that speaks of it:
   * `store`, called in a transaction, writes the row. A crash before leaves a file that nobody will ever send. Fails
   * as consent, token, certificate, PDF and disk do. `warning`: what the person must know of the certificate although
   * it signed.
   */
  async sign(request: SigningRequest): Promise<SignedResult & { readonly warning: Failure | null }> {
    const { files, tokens, consent } = this.#parts;
    const { main, purpose, onStep, stamp, confirm } = request;
    // Read through before it is shown, and again before it is signed: both are what the server gave, not what a disk
    // made of it.
    await files.check(main.digest);
    const looked = await this.#look(purpose, request.key);
    const stillHere = this.#presence();
    const target = files.workPath();
    const wish = { act: acts[purpose], key: request.key, documents: [request.asked], resumed: false };
    onStep('confirming');
    try {
      const key = await consent.ask({ ...wish, warning: looked.warning }, (use, accepted) => {
        stillHere();
        return withKey(tokens, use, holders[purpose], async ({ certificate, signer }) => {
          assertSame(certificate, looked.certificate);
          accepted();
          onStep('reading');
          const { path } = await files.check(main.digest);
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
      return { ...(await this.adopt(request, target, key.certificate)), warning: key.warning };
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
    purpose: SigningPurpose,
    key: KeyReference,
    documents: readonly ConsentDocument[],
    resumed = false,
  ): Promise<{ readonly signer: Signer; readonly warning: Failure | null }> {
    const { tokens, consent } = this.#parts;
    const looked = await this.#look(purpose, key);
    const stillHere = this.#presence();
    const wish = { act: acts[purpose], key, documents, resumed, warning: looked.warning };
    return consent.ask(wish, async (use, accepted) => {
      stillHere();
      const opened = await openKey(tokens, use, holders[purpose]);
      assertSame(opened.certificate, looked.certificate);
      accepted();
      const { chain, warning } = await this.#standing(opened.certificate);
      return { signer: await opened.signer(chain), warning };
    });
  }

  /**
   * Takes a signed file into the store, under its digest. No row speaks of it until `store` is called, in a
   * transaction. Fails as the disk does; the file at `target` is left to the caller then.
   */
  async adopt(
    subject: SigningSubject,
    target: string,
    { serialNumber }: X509Certificate,
  ): Promise<SignedResult> {
    const { digest, bytes } = await this.#parts.files.adopt(target);
    return { digest, store: () => this.#store(subject, digest, bytes, serialNumber) };
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
    purpose: SigningPurpose,
    key: KeyReference,
  ): Promise<{ readonly certificate: X509Certificate; readonly warning: Failure | null }> {
    const { tokens } = this.#parts;
    await assertUsable(tokens, { key }, holders[purpose]);
    const certificate = await tokens.certificate(key);
    const { warning } = await this.#standing(certificate);
    return { certificate, warning };
  }

  /** Fails with `session-missing` once whoever is here now has signed out: a window may stand open for minutes. */
  #presence(): () => void {
    const { session } = this.#parts;
    const { person } = session.require();
    return () => {
      if (session.require().person.id !== person.id) throw new AppError('session-missing');
    };
  }

  async #standing(certificate: X509Certificate): Promise<Standing> {
    const { connection, trust, check } = this.#parts;
    const { anchors } = trust;
    const time = connection.now();
    assertInDate(certificate, connection);
    const standing = await check.standing(certificate, { anchors, time, offline: !connection.line.online });
    const warning = standing.warning ?? connection.clockFault()?.toFailure() ?? null;
    return { ...standing, warning };
  }

  #store(subject: SigningSubject, digest: FileDigest, bytes: number, serial: string): void {
    const { work, session, now } = this.#parts;
    const { document, main, purpose } = subject;
    const personId = session.require().person.id;
    const file = {
      documentId: document.id,
      purpose,
      sourceDigest: main.digest,
      digest,
      bytes,
      name: main.name,
    };
    work.signedFiles.add(file, personId, now());
    // The approval is sent at once, so there is no time for a stamp; the seal's stamp covers it, too.
    if (purpose === 'seal') this.#parts.stamping.add(document.id, digest);
    const event = purpose === 'approval' ? 'sign' : 'seal';
    const detail = { digest, source: main.digest, certificate: serial };
    work.audit.add({ event, personId, documentId: document.id, detail }, now());
  }
}

/**
 * The certificate that the person was shown is the one that signs: tokens change places in a reader within a second.
 */
function assertSame(certificate: X509Certificate, shown: X509Certificate): void {
  if (certificate.fingerprint256 !== shown.fingerprint256) throw new AppError('token-missing');
}
