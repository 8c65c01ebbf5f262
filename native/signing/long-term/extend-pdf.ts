import { basename } from 'node:path';
import { AppError } from '../../../contract/failure.ts';
import type { SignatureReport, VerificationReport } from '../../../contract/verdict.ts';
import { assertNotInput } from '../../disk/same-file.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { readTrust, type TrustOptions } from '../../verification/certificate/trust.ts';
import type { ValidationData } from '../../verification/evidence-recorder.ts';
import { survey } from '../../verification/survey.ts';
import { gatherValidationData, missingFor } from '../../verification/validation-data.ts';
import { judge } from '../../verification/verify-pdf.ts';
import { StopWatch } from '../stop-watch.ts';
import { TargetFile } from '../target-file.ts';
import type { TimeStampAuthority } from '../time-stamp/authority.ts';
import type { StampToken } from '../time-stamp/response.ts';
import { appendDocumentStamp } from './document-time-stamp.ts';
import { GrowingFile } from './growing-file.ts';
import { requireLevel, requireNotWorse } from './outcome.ts';
import { type StoredCounts, storeRevision } from './security-store.ts';
import { stampSignature, type Unstamped, unstamped } from './signature-stamp.ts';

/** PAdES baseline levels above B (EN 319 142-1, 6). */
export type ExtendedLevel = 't' | 'lt' | 'lta';

export interface ExtendRequest {
  readonly source: string;
  /** Where the extended file is to be. The source is never touched. */
  readonly target: string;
  readonly level: ExtendedLevel;
  /** Null: no stamp can be got; enough where none is missing. */
  readonly authority: TimeStampAuthority | null;
  /** Whom to trust and ask about certificates. LT and LTA need anchors. */
  readonly trust: TrustOptions;
  readonly password?: string | undefined;
  /** An existing target is replaced only where this is true. */
  readonly replace?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface ExtendedPdf {
  readonly level: ExtendedLevel;
  /** What our own verification says of the written file, asking nobody. */
  readonly signatures: readonly Pick<SignatureReport, 'field' | 'type' | 'level' | 'timestampAt'>[];
  /** Time stamps that were added, as their authority dates them. */
  readonly stampedAt: readonly Date[];
  readonly added: StoredCounts;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Milliseconds. */
  readonly timings: { readonly readMs: number; readonly networkMs: number; readonly writeMs: number };
}

/**
 * Raises a signed file to baseline T, LT or LTA, or renews the archive stamp of one that is there already. T puts a
 * stamp into the last signature; LT adds the validation data of all signatures and stamps; LTA a document time stamp
 * around it all. What is stored was verified before; what is written is verified from its own data before it gets its
 * name.
 *
 * All or nothing: a file that only looks checkable for years is worse than one that plainly isn't, so nothing is
 * written where a piece of data can't be had.
 *
 * Throws `signature-missing`, `signature-unsound`, `timestamp-…`, `signature-room-too-small` (T alone),
 * `validation-data-missing`, the reader's failures (`pdf-…`), `output-is-input`, `file-exists`, `disk-full`,
 * `write-failed`, `cancelled`. No target is left then.
 */
export async function extendPdf(request: ExtendRequest): Promise<ExtendedPdf> {
  const { source, target, replace = false } = request;
  assertNotInput(target, [source]);
  const file = await TargetFile.create(target, replace, source);
  try {
    const extension = new Extension(request, await GrowingFile.copy(source, file, request));
    const extended = await extension.run();
    await file.commit();
    return extended;
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/** One file's way to its level. */
class Extension {
  readonly #request: ExtendRequest;
  readonly #file: GrowingFile;
  readonly #stamps: StampToken[] = [];
  #added: StoredCounts = { certificates: 0, ocsps: 0, crls: 0 };

  constructor(request: ExtendRequest, file: GrowingFile) {
    this.#request = request;
    this.#file = file;
  }

  async run(): Promise<ExtendedPdf> {
    const { level } = this.#request;
    const watch = new StopWatch();
    const bytesIn = this.#file.length;
    const { report: before, open } = await this.#file.read((document) => this.#look(document));
    requireSound(before, this.#request.source);
    const readMs = watch.lap();
    await this.#stampSignatures(open);
    if (level !== 't') await this.#store();
    if (level === 'lta') await this.#archive();
    const networkMs = watch.lap();
    await this.#file.file.flush();
    const { report } = await this.#file.read((document) => this.#look(document));
    requireNotWorse(before, report);
    requireLevel(report, level);
    return {
      level,
      signatures: report.signatures.map(({ field, type, level: own, timestampAt }) => {
        return { field, type, level: own, timestampAt };
      }),
      stampedAt: this.#stamps.map(({ check }) => check.time),
      added: this.#added,
      bytesIn,
      bytesOut: this.#file.length,
      timings: { readMs, networkMs, writeMs: watch.lap() },
    };
  }

  /** The document as it stands, judged from its own data. */
  async #look(document: PdfDocument): Promise<{ report: VerificationReport; open: Unstamped[] }> {
    const trust = readTrust({ ...this.#request.trust, offline: true });
    const found = await survey(document, trust);
    const report = await judge(document, found, trust);
    return { report, open: unstamped(found, document.revisions.length) };
  }

  /** Baseline T. For LT, signatures that no stamp can be put into any more get one around them. */
  async #stampSignatures(open: readonly Unstamped[]): Promise<void> {
    const { level, signal } = this.#request;
    const last = open.find(({ isLast }) => isLast);
    const [late] = open.filter(({ isLast }) => !isLast);
    if (level === 't' && late && !last) throw new AppError('timestamp-too-late', { field: late.field });
    const hasRoom = last !== undefined && (await this.#putInto(last));
    if (level !== 'lt' || (hasRoom && !late) || open.length === 0) return;
    const { token } = await appendDocumentStamp(this.#file, this.#authority(), {
      mayStand: async () => true,
      signal,
    });
    this.#stamps.push(token);
  }

  /** Whether the stamp found room; for T it must. */
  async #putInto(last: Unstamped): Promise<boolean> {
    const { level, signal } = this.#request;
    try {
      this.#stamps.push(await stampSignature(this.#file, last, this.#authority(), signal));
      return true;
    } catch (error) {
      const isFull = error instanceof AppError && error.code === 'signature-room-too-small';
      if (!isFull || level === 't') throw error;
      return false;
    }
  }

  /** Baseline LT. */
  async #store(): Promise<void> {
    const { trust } = this.#request;
    const { report, data } = await this.#file.read((document) => gatherValidationData(document, trust));
    for (const { field, verdict, reasons } of report.signatures) {
      if (verdict !== 'valid') throw missing(field, reasons[0]);
    }
    await this.#append(data);
  }

  /** Baseline LTA. The stamp's own authority must be checkable from the data that it covers. */
  async #archive(): Promise<void> {
    const { trust, signal } = this.#request;
    const mayStand = async ({ check }: StampToken): Promise<boolean> => {
      const lacking = await this.#file.read((document) => missingFor(document, check, trust));
      if (lacking?.reason) throw missing('', lacking.reason);
      if (lacking) await this.#append(lacking.data);
      return lacking === null;
    };
    const { token } = await appendDocumentStamp(this.#file, this.#authority(), { mayStand, signal });
    this.#stamps.push(token);
  }

  async #append(data: ValidationData): Promise<void> {
    const revision = await this.#file.read((document) => storeRevision(document, data));
    if (!revision) return;
    await this.#file.append(revision.increment.bytes);
    const { certificates, ocsps, crls } = this.#added;
    const { counts } = revision;
    this.#added = {
      certificates: certificates + counts.certificates,
      ocsps: ocsps + counts.ocsps,
      crls: crls + counts.crls,
    };
  }

  #authority(): TimeStampAuthority {
    const { authority } = this.#request;
    if (!authority) throw new AppError('input-invalid', { field: '--tsa' });
    return authority;
  }
}

function missing(field: string, reason: string | undefined): AppError {
  return new AppError('validation-data-missing', { field, ...(reason === undefined ? {} : { reason }) });
}

/** Nothing is added to what is broken: it would lend it a look of care. */
function requireSound({ verdict, signatures }: VerificationReport, source: string): void {
  if (verdict === 'unsigned') throw new AppError('signature-missing', { file: basename(source) });
  if (verdict === 'unreadable') throw new AppError('pdf-damaged', { file: basename(source) });
  const broken = signatures.find((one) => one.verdict === 'invalid' || !one.intact);
  const [reason] = broken?.reasons ?? [];
  if (broken) throw new AppError('signature-unsound', { field: broken.field, ...(reason && { reason }) });
}
