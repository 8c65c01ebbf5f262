import type { X509Certificate } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { SigningStep } from '../../contract/batch.ts';
import type { KeyUse } from '../../contract/desktop.ts';
import type { DocumentFile, OfficialDocument } from '../../contract/document.ts';
import type { Failure } from '../../contract/failure.ts';
import type { FileDigest } from '../../contract/identity.ts';
import type { CertificateInfo } from '../../contract/token.ts';
import type { Signer } from '../signing/signer.ts';
import type { FileStore } from '../store/file-store.ts';
import type { SigningPurpose } from '../store/signed-file.ts';
import type { WorkStore } from '../store/work-store.ts';
import type { Connection } from '../sync/connection.ts';
import type { CertificateCheck, Standing } from './certificate-check.ts';
import { assertInDate, openKey, withKey } from './key-use.ts';
import type { CoreParts, DeskStamp } from './ports.ts';
import type { Session } from './session.ts';
import type { SignedResult } from './signing-acts.ts';
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
  readonly use: KeyUse;
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
}

/** NĐ 30/2020 Đ32: a person's key approves, the agency's seals. */
const holders: Readonly<Record<SigningPurpose, CertificateInfo['holder']>> = {
  approval: 'person',
  seal: 'agency',
};

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
   * Signs. The result lies in the store under its digest, with no row that speaks of it: `store`, called in a
   * transaction, writes the row. A crash before leaves a file that nobody will ever send. Fails as token,
   * certificate, PDF and disk do. `warning`: what the person must know of the certificate although it signed.
   */
  async sign(request: SigningRequest): Promise<SignedResult & { readonly warning: Failure | null }> {
    const { files, tokens } = this.#parts;
    const { use, main, purpose, onStep, confirm } = request;
    onStep('reading');
    // Read through first: what gets signed is what the server showed, not what a disk made of it.
    const { path } = await files.check(main.digest);
    const target = files.workPath();
    try {
      const key = await withKey(tokens, use, holders[purpose], async ({ certificate, signer }) => {
        const { chain, warning } = await this.#standing(certificate);
        const { stamp } = request;
        const { signal } = this.#stop;
        await this.#parts.signPdf({
          source: path,
          target,
          signer: await signer(chain),
          stamp,
          signedAt: this.signingTime(),
          signal,
          onStep,
          confirm,
        });
        return { certificate, warning };
      });
      return { ...(await this.adopt(request, target, key.certificate)), warning: key.warning };
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    }
  }

  /** A key logged in for many signatures, and what there is to know of it. Fails as token and certificate do. */
  async open(
    purpose: SigningPurpose,
    use: KeyUse,
  ): Promise<{ readonly signer: Signer; readonly warning: Failure | null }> {
    const key = await openKey(this.#parts.tokens, use, holders[purpose]);
    const { chain, warning } = await this.#standing(key.certificate);
    return { signer: await key.signer(chain), warning };
  }

  /**
   * Takes a signed file into the store, under its digest. No row speaks of it until `store` is called, in a transaction. Fails as
   * the disk does; the file at `target` is left to the caller then.
   */
  async adopt(
    subject: SigningSubject,
    target: string,
    { serialNumber }: X509Certificate,
  ): Promise<SignedResult> {
    const { digest, bytes } = await this.#parts.files.adopt(target);
    return { digest, store: () => this.#store(subject, digest, bytes, serialNumber) };
  }

  /** The time that a signature made now claims: this computer's, which nobody moves by more than a minute (TT 15/2025, PL II). */
  signingTime(): Date {
    return this.#parts.connection.now();
  }

  /** Stops what is being signed; nothing of it stays. */
  close(): void {
    this.#stop.abort();
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
