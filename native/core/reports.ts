import type { DocumentFile } from '../../contract/document.ts';
import type { KeptEvidence } from '../../contract/evidence.ts';
import { AppError } from '../../contract/failure.ts';
import type { DocumentId } from '../../contract/identity.ts';
import { plainLine } from '../../contract/plain-text.ts';
import type { VerificationReport } from '../../contract/verdict.ts';
import type { FileStore } from '../store/file-store.ts';
import { saveFile } from '../store/saved-file.ts';
import type { WorkStore } from '../store/work-store.ts';
import { reportPdf, signedExtent } from '../verification/index.ts';
import type { Confirmations } from './confirmations.ts';
import type { Events } from './events.ts';
import { saveFlatCopy } from './flat-copy.ts';
import type { FilePicker, ReadPdf } from './ports.ts';
import type { Session } from './session.ts';
import { vietnameseDay } from './verifier.ts';

/** A file with its verdict: a document's of the server's, or one on this computer. */
export interface CheckedFile {
  readonly subject: string;
  /** Null for a file that belongs to no document of the server's. */
  readonly documentId: DocumentId | null;
  readonly file: DocumentFile | null;
  readonly verification: VerificationReport | null;
  readonly evidence: KeptEvidence | null;
}

export interface ReportsParts {
  /** What has that id, as it stands now. Fails with `document-missing`, and where nobody may see it. */
  readonly checked: (id: DocumentId) => Promise<CheckedFile>;
  readonly files: FileStore;
  readonly work: WorkStore;
  readonly session: Session;
  readonly events: Events;
  readonly picker: () => Pick<FilePicker, 'pickTarget'> | null;
  readonly confirmations: Pick<Confirmations, 'require'>;
  readonly readPdf: ReadPdf;
  readonly now: () => Date;
}

/** What a person does with a verdict: files it, looks at what was signed, has its evidence destroyed. */
export class Reports {
  readonly #parts: ReportsParts;

  constructor(parts: ReportsParts) {
    this.#parts = parts;
  }

  /**
   * Saves the verdict as a PDF where the person says; null where they cancel, or there is no shell to ask them. Fails
   * with `document-state` while there is no verdict, and as writing a file does.
   */
  async save(id: DocumentId): Promise<{ path: string | null }> {
    const { picker, now } = this.#parts;
    const { file, report, evidence } = await this.#verified(id);
    const name = `bao-cao-${savedName(file)}-${vietnameseDay(now())}.pdf`;
    const path = (await picker()?.pickTarget('report', name)) ?? null;
    if (path === null) return { path };
    const checkedAt = new Date(report.checkedAt ?? now());
    // The dialog has asked before another file's place is taken.
    const kept = evidence && { verdict: evidence.verdict, at: new Date(evidence.keptAt) };
    await saveFile(path, reportPdf(report, { ...file, checkedAt, kept }), { replace: true });
    return { path };
  }

  /**
   * Saves the document made new where the person says; null as above. Fails with `document-deceptive` where no copy
   * can help, and as reading a PDF and writing a file do.
   */
  async saveFlatCopy(id: DocumentId): Promise<{ path: string | null }> {
    const { files, picker, readPdf } = this.#parts;
    const { file } = await this.#verified(id);
    const target = (await picker()?.pickTarget('flat-copy', `${savedName(file)}-ban-sao-phang.pdf`)) ?? null;
    if (target === null) return { path: target };
    const { path: source } = await files.locate(file.digest);
    const { signal } = new AbortController();
    await saveFlatCopy({ source, target, replace: true, read: (path) => readPdf(path, { signal }) });
    return { path: target };
  }

  /**
   * How many of the file's first bytes are the document as that signature saw it. Fails with `pdf-revision-missing`
   * where it covers no whole revision.
   */
  async signedVersion(id: DocumentId, field: string): Promise<{ file: DocumentFile }> {
    const { file } = await this.#verified(id);
    const { path } = await this.#parts.files.locate(file.digest);
    return { file: { ...file, bytes: signedExtent(path, field) } };
  }

  /**
   * Destroys what the verdict rested on, with the person's yes; the audit keeps that it was done. Fails with
   * `document-state` where nothing is kept, and with `cancelled`.
   */
  async destroyEvidence(id: DocumentId): Promise<void> {
    const { work, session, events, now, confirmations } = this.#parts;
    const { file, evidence, subject, documentId } = await this.#verified(id);
    if (evidence === null) throw new AppError('document-state');
    await confirmations.require({ step: 'destroyEvidence', subject });
    const personId = session.current?.person.id ?? null;
    work.transaction(() => {
      work.evidence.destroy(file.digest, now());
      const detail = { digest: file.digest };
      work.audit.add({ event: 'evidenceDestroy', personId, documentId, detail }, now());
    });
    // The write-ahead log still has the pages as they were.
    work.checkpoint();
    for (const topic of ['documents', 'files'] as const) events.publish(topic);
  }

  async #verified(
    id: DocumentId,
  ): Promise<CheckedFile & { readonly file: DocumentFile; readonly report: VerificationReport }> {
    const checked = await this.#parts.checked(id);
    const { file, verification: report } = checked;
    if (file === null || report === null) throw new AppError('document-state');
    return { ...checked, file, report };
  }
}

/** As long, and of such characters, as every system takes. */
function savedName({ name }: DocumentFile): string {
  return plainLine(name.replace(/\.pdf$/i, '').replace(/[<>:"/\\|?*]/g, '-'), 80);
}
