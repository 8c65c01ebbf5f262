import type { X509Certificate } from 'node:crypto';
import { AppError } from '../contract/failure.ts';
import { verifyPdf } from '../native/verification/index.ts';
import { continues } from './file-prefix.ts';
import { type Rejection, rejectionOf } from './signature-policy.ts';
import type { SignedFile, SignedFileCheck } from './signed-file-check.ts';

/** The real check: the bytes first, since that costs least, then the signatures. One file at a time. */
export class PdfSignedFileCheck implements SignedFileCheck {
  readonly #anchors: readonly X509Certificate[];
  #queue: Promise<unknown> = Promise.resolve();

  constructor(anchors: readonly X509Certificate[]) {
    this.#anchors = anchors;
  }

  /** Hostile files may be slow to read; in a queue they cost their senders time, and the server one file's memory. */
  check(file: SignedFile): Promise<void> {
    const checked = this.#queue.then(() => this.#check(file));
    this.#queue = checked.catch(() => undefined);
    return checked;
  }

  async #check({ path, previousPath, signers }: SignedFile): Promise<void> {
    if (!(await continues(path, previousPath))) throw rejected('not-a-continuation');
    const report = await verifyPdf(path, { anchors: [...this.#anchors] });
    const rejection = rejectionOf(report, signers);
    if (rejection) throw rejected(rejection);
  }
}

function rejected(reason: Rejection): AppError {
  return new AppError('signed-file-rejected', { reason });
}
