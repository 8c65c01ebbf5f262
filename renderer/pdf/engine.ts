import {
  GlobalWorkerOptions,
  getDocument,
  PDFDataRangeTransport,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
  TextLayer,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { pdfAssets, pdfOptions } from '../../contract/pdf-options.ts';

/**
 * The only file that touches PDF.js; loaded when the first document is opened. Its worker and data files come from the
 * page's own origin. A PDF is hostile: this version of PDF.js has no eval, forms' scripts and XFA stay off, images are
 * bounded, and no signature is judged here.
 */
export type { PDFDocumentProxy };
export { TextLayer };

GlobalWorkerOptions.workerSrc = workerUrl;

/** Where renderer/vite-plugin copies PDF.js' data files to, beside the page. */
const assets = new URL('pdfjs/', document.baseURI).href;

/**
 * Asks for the parts of the file that PDF.js needs, so that a scan of 1 GB isn't held in memory to show a page of it.
 */
class FileRanges extends PDFDataRangeTransport {
  readonly #url: string;
  readonly #stop = new AbortController();
  readonly #onFailure: (cause: unknown) => void;

  constructor(url: string, bytes: number, onFailure: (cause: unknown) => void) {
    super(bytes, null);
    this.#url = url;
    this.#onFailure = onFailure;
  }

  override requestDataRange(begin: number, end: number): void {
    this.#fetch(begin, end).catch((cause: unknown) => {
      if (!this.#stop.signal.aborted) this.#onFailure(cause);
    });
  }

  override abort(): void {
    this.#stop.abort();
  }

  async #fetch(begin: number, end: number): Promise<void> {
    const response = await fetch(this.#url, {
      headers: { Range: `bytes=${begin}-${end - 1}` },
      signal: this.#stop.signal,
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    // A server may answer with the whole file.
    this.onDataRange(begin, response.status === 206 ? bytes : bytes.slice(begin, end));
  }
}

export interface OpenedPdf {
  document: Promise<PDFDocumentProxy>;
  /** Ends the worker's part and frees its memory. */
  close(): void;
}

/** Opens a file for showing. `onFailure` is told when a part of it can't be fetched later on. */
export function openPdf(url: string, bytes: number, onFailure: (cause: unknown) => void): OpenedPdf {
  let task: PDFDocumentLoadingTask | null = null;
  const ranges = new FileRanges(url, bytes, (cause) => {
    onFailure(cause);
    void task?.destroy();
  });
  task = getDocument({ range: ranges, ...pdfOptions, ...pdfAssets(assets) });
  const opened = task;
  // A document that is still being opened is closed once it is open: PDF.js' worker, ended in between, rejects a
  // promise that nobody can catch.
  const destroy = () => opened.destroy();
  return { document: opened.promise, close: () => void opened.promise.then(destroy, destroy) };
}
