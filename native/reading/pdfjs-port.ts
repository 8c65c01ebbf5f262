/** What PDF.js' two halves say to each other. */
interface Message {
  readonly action?: string;
  readonly sourceName: string;
  readonly targetName: string;
  readonly data?: unknown;
  readonly [key: string]: unknown;
}

type Listener = (event: { data: Message }) => void;

/** The name that every document goes by, so that what two of them are made of is named alike. */
const documentName = 'd';

/** One end of a line between PDF.js' halves in one thread, as much of a MessagePort as they use. */
export class PdfjsPort {
  readonly #listeners = new Set<Listener>();
  #send: (message: Message, transfer: readonly unknown[]) => void = () => undefined;

  /** Where what is posted here goes. */
  leadTo(send: (message: Message, transfer: readonly unknown[]) => void): void {
    this.#send = send;
  }

  postMessage(message: Message, transfer: readonly unknown[] | null = null): void {
    this.#send(message, transfer ?? []);
  }

  addEventListener(_name: string, listener: Listener, { signal }: { signal?: AbortSignal } = {}): void {
    this.#listeners.add(listener);
    signal?.addEventListener('abort', () => this.#listeners.delete(listener));
  }

  removeEventListener(_name: string, listener: Listener): void {
    this.#listeners.delete(listener);
  }

  /** Later than now: neither half expects an answer before it has gone on. */
  deliver(message: Message): void {
    setImmediate(() => {
      for (const listener of this.#listeners) listener({ data: message });
    });
  }
}

/** An object that a page is drawn with: its name, its kind, and what it is. */
export type OnObject = (name: string, kind: string, value: unknown) => void;

/**
 * A line whose one end shows documents and whose other end reads them. Objects for drawing (pictures, fonts, patterns)
 * are told to `onObject` instead of being handed on, since nothing is drawn.
 */
export function pdfjsLine(onObject: OnObject): { readonly showing: PdfjsPort; readonly reading: PdfjsPort } {
  const [showing, reading] = [new PdfjsPort(), new PdfjsPort()];
  let shownName = documentName;
  showing.leadTo((message, transfer) => {
    const { action, data } = message;
    if (action === 'GetDocRequest' && hasName(data)) {
      shownName = data.docId;
      reading.deliver(cloned({ ...message, data: { ...data, docId: documentName } }, transfer));
      return;
    }
    const isNamed = message.sourceName === shownName;
    reading.deliver(cloned(isNamed ? { ...message, sourceName: documentName } : message, transfer));
  });
  reading.leadTo((message, transfer) => {
    const object = objectIn(message);
    if (object) onObject(...object);
    else {
      const isNamed = message.targetName === documentName;
      showing.deliver(cloned(isNamed ? { ...message, targetName: shownName } : message, transfer));
    }
  });
  return { showing, reading };
}

function hasName(data: unknown): data is { docId: string } {
  return typeof data === 'object' && data !== null && 'docId' in data && typeof data.docId === 'string';
}

/** Whether a picture is already there is a question, which goes on: no, since none is kept. */
function objectIn({ action, data }: Message): Parameters<OnObject> | null {
  if ((action !== 'obj' && action !== 'commonobj') || !Array.isArray(data)) return null;
  const [name, kind, value] = action === 'obj' ? [data[0], data[2], data[3]] : data;
  return kind === 'CopyLocalImage' ? null : [String(name), String(kind), value];
}

function cloned(message: Message, transfer: readonly unknown[]): Message {
  const buffers = transfer.filter((item) => item instanceof ArrayBuffer);
  return structuredClone(message, { transfer: buffers });
}
