import type * as Pdfjs from 'pdfjs-dist';
import { pdfAssets, pdfOptions } from '../../contract/pdf-options.ts';
import type { ByteSource } from '../pdf/byte-source.ts';
import { printOf, wholeDigest } from './fingerprint.ts';
import { ObjectPrints } from './object-prints.ts';
import { pdfjsLine } from './pdfjs-port.ts';
import { standInForWindow } from './window-stand-ins.ts';

const assets = new URL('./', import.meta.resolve('pdfjs-dist/package.json'));

/** PDF.js' halves, loaded once the window's stand-ins are there: it looks for them while it is loaded. */
async function loadPdfjs() {
  standInForWindow(assets);
  const { WorkerMessageHandler } = await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  return { pdfjs: await import('pdfjs-dist/legacy/build/pdf.mjs'), WorkerMessageHandler };
}

let loading: ReturnType<typeof loadPdfjs> | null = null;

/** What PDF.js makes of one page. Two pages alike in all of it look alike in the window. */
export interface PageReading {
  /** The page's own object. */
  readonly object: number | null;
  /** Left, bottom, right, top, in user space. */
  readonly view: readonly number[];
  readonly rotation: number;
  readonly userUnit: number;
  /** All that is drawn, what annotations show included, with glyphs, pictures and patterns by content. */
  readonly drawn: string;
  readonly annotations: string;
}

/**
 * A document as PDF.js reads it, with the window's options. Runs only in a thread of its own: hostile files hang it.
 */
export class PdfjsDocument {
  readonly #document: Pdfjs.PDFDocumentProxy;
  readonly #task: Pdfjs.PDFDocumentLoadingTask;
  readonly #worker: Pdfjs.PDFWorker;
  readonly #objects: ObjectPrints;
  /** The operation that names the objects to wait for. */
  readonly #awaits: number;

  private constructor({ document, task, worker, objects, awaits }: Opened) {
    this.#document = document;
    this.#task = task;
    this.#worker = worker;
    this.#objects = objects;
    this.#awaits = awaits;
  }

  /** Rejects with what PDF.js does where it can't open the file. */
  static async open(source: ByteSource, password: string | undefined): Promise<PdfjsDocument> {
    loading ??= loadPdfjs();
    const { pdfjs, WorkerMessageHandler } = await loading;
    const objects = new ObjectPrints();
    const { showing, reading } = pdfjsLine((name, kind, value) => objects.add(name, kind, value));
    WorkerMessageHandler.initializeFromPort(reading);
    const worker = new pdfjs.PDFWorker({
      port: showing as never,
      verbosity: pdfjs.VerbosityLevel.WARNINGS,
    });
    const range = new pdfjs.PDFDataRangeTransport(source.length, null);
    range.requestDataRange = (begin, end) => {
      const bytes = new Uint8Array(end - begin);
      range.onDataRange(begin, bytes.subarray(0, source.readInto(bytes, begin)));
    };
    const task = pdfjs.getDocument({
      range,
      worker,
      ...(password === undefined ? {} : { password }),
      ...pdfOptions,
      ...pdfAssets(assets.href),
      // What it leaves out, it only tells the console (left-out.ts).
      verbosity: pdfjs.VerbosityLevel.WARNINGS,
      useWorkerFetch: true,
      useSystemFonts: true,
      disableFontFace: false,
      isOffscreenCanvasSupported: true,
      isImageDecoderSupported: true,
      disableWorkerRendering: true,
      CanvasFactory: Nothing,
      FilterFactory: Nothing,
    } as Parameters<typeof pdfjs.getDocument>[0]);
    try {
      return new PdfjsDocument({
        document: await task.promise,
        task,
        worker,
        objects,
        awaits: pdfjs.OPS.dependency,
      });
    } catch (error) {
      await task.destroy();
      worker.destroy();
      throw error;
    }
  }

  get pageCount(): number {
    return this.#document.numPages;
  }

  /** The layers and which of them show at first. */
  async layers(): Promise<string> {
    const config = await this.#document.getOptionalContentConfig({ intent: 'display' });
    const groups = [...config].map(([id, { name, visible }]) => ({ id, name, visible }));
    return printOf({ groups, order: config.getOrder() }).digest;
  }

  /** @param number from 1. Rejects where PDF.js can't show the page. */
  async page(number: number): Promise<PageReading> {
    const page = await this.#document.getPage(number);
    const { fnArray, argsArray } = await page.getOperatorList({ intent: 'display' });
    const annotations = await page.getAnnotations();
    await this.#objects.known(
      fnArray.flatMap((code, index) => (code === this.#awaits ? argsArray[index] : [])),
    );
    const drawn = wholeDigest(printOf([fnArray, argsArray]), this.#objects.prints);
    const { view, rotate, userUnit, ref } = page;
    page.cleanup();
    return {
      object: ref?.num ?? null,
      view,
      rotation: rotate,
      userUnit,
      drawn,
      annotations: wholeDigest(printOf(annotations), this.#objects.prints),
    };
  }

  async close(): Promise<void> {
    await this.#task.destroy();
    this.#worker.destroy();
  }
}

interface Opened {
  readonly document: Pdfjs.PDFDocumentProxy;
  readonly task: Pdfjs.PDFDocumentLoadingTask;
  readonly worker: Pdfjs.PDFWorker;
  readonly objects: ObjectPrints;
  readonly awaits: number;
}

/** Stands for what only drawing needs. */
class Nothing {
  destroy(): void {
    // Nothing is held.
  }
}
