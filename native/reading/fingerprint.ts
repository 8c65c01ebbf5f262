import { createHash, type Hash } from 'node:crypto';
import { PictureStandIn } from './window-stand-ins.ts';

/** How PDF.js names pictures, masks, patterns and fonts: numbers given as they come, so that they say nothing. */
const objectName = /^(?:g_d_\w+|(?:img|mask|pattern)_p\d+_\w+)$/;
const fontNames = /g_d_[fs]\d+/g;
const depthLimit = 200;

/**
 * What a value of PDF.js' is, whatever its objects are called: a digest of everything in it, and the objects that it
 * names, in order, for which their own prints are still to be put in.
 */
export interface Print {
  readonly digest: string;
  readonly names: readonly string[];
}

/** Takes the print of anything that can be sent between threads. Two values of one print show the same. */
export function printOf(value: unknown): Print {
  const writer = new PrintWriter();
  writer.write(value, 0);
  return { digest: writer.digest(), names: writer.names };
}

/**
 * The digest of a print with what it names put in. What nobody knows stands for itself: it was text that looks like a
 * name, or an object that never came, and then it is missing on this side.
 */
export function wholeDigest(print: Print, objects: ReadonlyMap<string, Print>): string {
  const known = new Map<string, string>();
  const resolve = (name: string, depth: number): string => {
    const done = known.get(name);
    if (done !== undefined) return done;
    const object = objects.get(name);
    if (!object || depth > depthLimit) return `?${name}`;
    // A glyph that paints itself by its own font would never end.
    known.set(name, 'itself');
    const digest = combined(object, depth + 1);
    known.set(name, digest);
    return digest;
  };
  const combined = ({ digest, names }: Print, depth: number): string => {
    const hash = createHash('sha256').update(digest);
    for (const name of names) hash.update(resolve(name, depth)).update('\n');
    return hash.digest('hex');
  };
  return combined(print, 0);
}

/** Feeds a value into a hash so that no two different ones give the same bytes. */
class PrintWriter {
  readonly names: string[] = [];
  readonly #hash: Hash = createHash('sha256');
  /** Small pieces are gathered: a call for each number would take longer than the hash. */
  #text: string[] = [];

  digest(): string {
    this.#flush();
    return this.#hash.digest('hex');
  }

  write(value: unknown, depth: number): void {
    if (depth > depthLimit) throw new RangeError('nested too deeply');
    if (typeof value === 'string') this.#string(value);
    else if (typeof value !== 'object' || value === null)
      this.#put(Object.is(value, -0) ? 'n0;' : `${typeof value} ${String(value)};`);
    else if (value instanceof PictureStandIn) this.#put(`picture ${value.digest};`);
    else if (ArrayBuffer.isView(value)) this.#bytes(value.constructor.name, viewBytes(value));
    else if (value instanceof ArrayBuffer) this.#bytes('Uint8Array', new Uint8Array(value));
    else if (value instanceof Map || value instanceof Set)
      this.#items(value.constructor.name, [...value], depth);
    else if (Array.isArray(value)) this.#items('Array', value, depth);
    else this.#entries(value, depth);
  }

  #string(text: string): void {
    if (objectName.test(text)) {
      this.names.push(text);
      this.#put('name;');
    } else this.#put(`string ${text.length} ${text};`);
  }

  #bytes(kind: string, bytes: Uint8Array): void {
    this.#put(`${kind} ${bytes.length} `);
    this.#flush();
    this.#hash.update(bytes);
  }

  #items(kind: string, items: readonly unknown[], depth: number): void {
    this.#put(`${kind} ${items.length} `);
    for (const item of items) this.write(item, depth + 1);
  }

  #entries(value: object, depth: number): void {
    const entries = Object.entries(value);
    this.#put(`object ${entries.length} `);
    for (const [key, entry] of entries) {
      this.#put(`${key.length} ${key} `);
      this.write(entry, depth + 1);
    }
  }

  #put(text: string): void {
    this.#text.push(text);
    if (this.#text.length > 4096) this.#flush();
  }

  #flush(): void {
    if (this.#text.length > 0) this.#hash.update(this.#text.join(''));
    this.#text = [];
  }
}

function viewBytes(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** A font as PDF.js hands it on (glyphs, widths, names), without the number that it gave it. */
export function fontPrint(font: unknown): Print {
  const buffer = font && typeof font === 'object' && 'buffer' in font ? font.buffer : null;
  if (!(buffer instanceof ArrayBuffer) || !font) return printOf(font);
  const text = Buffer.from(buffer).toString('latin1').replace(fontNames, 'g_d');
  return printOf({ ...font, buffer: Buffer.from(text, 'latin1') });
}
