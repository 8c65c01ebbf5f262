import { parentPort } from 'node:worker_threads';
import { AppError } from '../../contract/failure.ts';
import { FileSource } from '../pdf/byte-source.ts';
import { PdfDocument } from '../pdf/document.ts';
import { compare } from './comparison.ts';
import { listenToPdfjs } from './left-out.ts';
import { writePlainCopy } from './plain-copy.ts';
import type { Order, Told } from './protocol.ts';
import { SpillingCopy } from './spilling-copy.ts';

/**
 * The thread that compares: the only place where PDF.js runs outside of the window. Whoever started it ends it when it
 * takes too long.
 */
const port = parentPort;
if (!port) throw new Error('started as a program instead of a thread');
listenToPdfjs();
// Pictures that are still decoded while their document is closed reject promises that nobody holds any more.
process.on('unhandledRejection', () => undefined);
port.on('message', (order: Order) => {
  const tell = (told: Told) => port.postMessage(told);
  perform(order, tell).then(
    (how) => tell({ kind: 'ended', how }),
    (error: unknown) => {
      if (isOfFile(error)) tell({ kind: 'ended', how: 'exhausted' });
      else if (error instanceof AppError) tell({ kind: 'failed', code: error.code, params: error.params });
      // Our own fault must show: the thread ends with it.
      else setImmediate(() => raise(error));
    },
  );
});

async function perform(order: Order, tell: (told: Told) => void): Promise<'done' | 'unread'> {
  const raw = new FileSource(order.path);
  try {
    const readings = documentsOf(raw, order);
    for (const [index, document] of readings.entries()) {
      await compareWith(document, raw, { ...order, spill: `${order.spill}-${index}` }, tell);
    }
    return readings.length === 0 ? 'unread' : 'done';
  } finally {
    raw.close();
  }
}

/**
 * Every reading of ours that something rests on: what signing opens, and, where that is rebuilt or beside its place,
 * both what is rebuilt and what verifying opens.
 */
function documentsOf(raw: FileSource, { path, password }: Order): PdfDocument[] {
  const strict = tried(() => PdfDocument.read(raw, { password }));
  if (strict) return [strict];
  const lenient = tried(() => PdfDocument.read(raw, { password, lenient: true }));
  const recovered = tried(() => PdfDocument.recover(path, { password }));
  return [lenient, recovered].filter((document) => document !== null);
}

function tried(open: () => PdfDocument): PdfDocument | null {
  try {
    return open();
  } catch (error) {
    if (isOfFile(error)) return null;
    throw error;
  }
}

async function compareWith(
  document: PdfDocument,
  raw: FileSource,
  { password, spill }: Order,
  tell: (told: Told) => void,
): Promise<void> {
  const copy = new SpillingCopy(spill);
  try {
    writePlainCopy(document, copy);
    const plain = copy.source();
    try {
      for await (const step of compare(document, raw, plain, password)) tell(step);
    } finally {
      plain.close();
    }
  } finally {
    copy.close();
    if (document.source !== raw) document.close();
  }
}

function raise(error: unknown): never {
  throw error;
}

function isOfFile(error: unknown): boolean {
  return (error instanceof AppError && error.code.startsWith('pdf-')) || error instanceof RangeError;
}
