import { rm } from 'node:fs/promises';
import type { KeyUse, SigningStep } from '../../contract/desktop.ts';
import type { DocumentFile, OfficialDocument } from '../../contract/document.ts';
import type { Failure } from '../../contract/failure.ts';
import type { FileDigest } from '../../contract/identity.ts';
import type { FileStore } from '../store/file-store.ts';
import type { SigningPurpose } from '../store/signed-file.ts';
import type { WorkStore } from '../store/work-store.ts';
import type { Connection } from '../sync/connection.ts';
import type { CertificateCheck } from './certificate-check.ts';
import { assertInDate, withKey } from './key-use.ts';
import type { CoreParts, DeskStamp, TrustOptions } from './ports.ts';
import type { Session } from './session.ts';
import type { Stamping } from './stamping.ts';
import type { Tokens } from './tokens.ts';

export interface SigningRequest {
  readonly document: OfficialDocument;
  readonly main: DocumentFile;
  readonly purpose: SigningPurpose;
  readonly use: KeyUse;
  readonly stamp: DeskStamp;
  readonly onStep: (step: SigningStep) => void;
}

export interface SigningParts extends Pick<CoreParts, 'signPdf' | 'now'> {
  readonly tokens: Tokens;
  readonly files: FileStore;
  readonly work: WorkStore;
  readonly stamping: Stamping;
  readonly session: Session;
  readonly connection: Connection;
  readonly anchors: TrustOptions['anchors'];
  readonly check: CertificateCheck;
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
   * Signs. The result lies in the store under its digest, with no row that speaks of it: `store`, called in a
   * transaction, writes the row. A crash before leaves a file that nobody will ever send. Fails as token,
   * certificate, PDF and disk do. `warning`: what the person must know of the certificate although it signed.
   */
  async sign(
    request: SigningRequest,
  ): Promise<{ digest: FileDigest; store: () => void; warning: Failure | null }> {
    const { files, tokens } = this.#parts;
    const { use, main, purpose, onStep } = request;
    onStep('reading');
    // Read through first: what gets signed is what the server showed, not what a disk made of it.
    const { path } = await files.check(main.digest);
    const target = files.workPath();
    const holder = purpose === 'approval' ? 'person' : 'agency';
    try {
      const { serial, warning } = await withKey(tokens, use, holder, async ({ certificate, signer }) => {
        const { serverNow, offline } = this.#circumstances();
        assertInDate(certificate, serverNow);
        const trust = { anchors: this.#parts.anchors, time: serverNow, offline };
        const standing = await this.#parts.check.standing(certificate, trust);
        const { stamp } = request;
        const { signal } = this.#stop;
        await this.#parts.signPdf({
          source: path,
          target,
          signer: await signer(standing.chain),
          stamp,
          signedAt: serverNow,
          signal,
          onStep,
        });
        return { serial: certificate.serialNumber, warning: standing.warning };
      });
      const { digest, bytes } = await files.adopt(target);
      return { digest, store: () => this.#store(request, digest, bytes, serial), warning };
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    }
  }

  /** Stops what is being signed; nothing of it stays. */
  close(): void {
    this.#stop.abort();
  }

  #circumstances(): { serverNow: Date; offline: boolean } {
    const { connection } = this.#parts;
    return { serverNow: connection.serverNow(), offline: !connection.line.online };
  }

  #store(request: SigningRequest, digest: FileDigest, bytes: number, serial: string): void {
    const { work, session, now } = this.#parts;
    const { document, main, purpose } = request;
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
