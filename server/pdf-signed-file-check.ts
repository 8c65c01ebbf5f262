import { AppError } from '../contract/failure.ts';
import type { GateFinding } from '../contract/gate.ts';
import type { VerificationReport } from '../contract/verdict.ts';
import { Reader } from '../native/reading/index.ts';
import {
  fieldsInOtherFonts,
  gateFindingsOf,
  readFieldValues,
  verifyPdf,
  withFindings,
} from '../native/verification/index.ts';
import { continues } from './file-prefix.ts';
import { bearsReference, referenceFields } from './printed-reference.ts';
import type { ProvinceTrust } from './province-trust.ts';
import { type Rejection, rejectionOf, roleAmong } from './signature-policy.ts';
import type { ArrivedFile, SignedFile, SignedFileCheck } from './signed-file-check.ts';
import { Turns } from './turns.ts';

/** Hostile files may be slow to read, and responders slow to answer: their senders wait, the others only for a turn. */
const filesAtOnce = 4;
/** What comparing one file may take while others wait for it, in milliseconds. */
const readingBounds = { silenceMs: 20_000, totalMs: 120_000 };

/** The real check: the bytes first, since that costs least, then the signatures. */
export class PdfSignedFileCheck implements SignedFileCheck {
  readonly #trust: ProvinceTrust;
  readonly #obsoleteUntil: string | undefined;
  readonly #turns = new Turns(filesAtOnce);
  readonly #reader = new Reader(readingBounds);

  /** `obsoleteUntil`: the last day on which documents signed with SHA-1 are registered, in Viet Nam (YYYY-MM-DD). */
  constructor(trust: ProvinceTrust, { obsoleteUntil }: { readonly obsoleteUntil?: string | undefined } = {}) {
    this.#trust = trust;
    this.#obsoleteUntil = obsoleteUntil;
  }

  check(file: SignedFile): Promise<void> {
    return this.#turns.take(() => this.#check(file));
  }

  findings({ path, signers, document }: ArrivedFile): Promise<GateFinding[]> {
    return this.#turns.take(async () => {
      const report = await this.#judge(path, { readsPage: true });
      const roleOf = signers ? roleAmong(signers) : undefined;
      return gateFindingsOf(report, { document, roleOf, obsoleteUntil: this.#obsoleteUntil });
    });
  }

  /** The verdict, worsened by what other programs read otherwise. */
  async #judge(path: string, more: { readonly readsPage?: boolean } = {}): Promise<VerificationReport> {
    const [report, { findings }] = await Promise.all([
      verifyPdf(path, { ...this.#trust, ...more }),
      this.#reader.read(path),
    ]);
    return withFindings(report, findings);
  }

  async #check({ path, previousPath, signers, reference }: SignedFile): Promise<void> {
    if (!(await continues(path, previousPath))) throw rejected('not-a-continuation');
    const report = await this.#judge(path);
    const rejection = rejectionOf(report, signers);
    if (rejection) throw rejected(rejection);
    if (!reference) return;
    if (!bearsReference(await readFieldValues(path), reference)) throw rejected('reference-mismatch');
    // What a value says isn't what people see, unless its letters are known.
    const unproven = await fieldsInOtherFonts(path, referenceFields);
    if (unproven.length > 0) throw rejected('appearance-unproven');
  }
}

function rejected(reason: Rejection): AppError {
  return new AppError('signed-file-rejected', { reason });
}
