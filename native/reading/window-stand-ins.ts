import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/**
 * What PDF.js finds in the window and not under Node, as far as it makes its operator lists with it: with these it
 * goes the same ways here as there. Pictures aren't decoded by them: two of the same encoded bytes and size come out
 * as the same picture in any browser, so that a digest stands for them. Everything that fetches reads PDF.js' own data
 * files from the disk, and nothing else: a thread that has these can't reach the network by them.
 */
export function standInForWindow(assets: URL): void {
  const isAsset = (url: string | URL) => String(url).startsWith(assets.href);
  Object.assign(globalThis, {
    OffscreenCanvas: CanvasStandIn,
    ImageData: ImageDataStandIn,
    ImageDecoder: ImageDecoderStandIn,
    // Only named while PDF.js is loaded; drawing, which is never done here, would need them.
    DOMMatrix: class {},
    Path2D: class {},
    fetch: async (url: string | URL) => {
      if (!isAsset(url)) throw new TypeError('nothing is fetched here');
      return new Response(new Uint8Array(await readFile(fileURLToPath(url))));
    },
    XMLHttpRequest: class {
      response: ArrayBuffer | null = null;
      #url = '';
      open(_method: string, url: string): void {
        this.#url = url;
      }
      send(): void {
        if (isAsset(this.#url))
          this.response = Uint8Array.from(readFileSync(fileURLToPath(this.#url))).buffer;
      }
    },
  });
}

/** What the largest canvas holds in Chromium. */
const mostCanvasPixels = 1 << 28;
const mostCanvasSide = 65_535;

/** A picture of which only a digest is known. */
export class PictureStandIn {
  readonly digest: string;
  readonly width: number;
  readonly height: number;

  constructor(pieces: readonly Uint8Array[], note: string, width: number, height: number) {
    const hash = createHash('sha256').update(note);
    for (const piece of pieces) hash.update(piece);
    this.digest = hash.digest('hex');
    this.width = width;
    this.height = height;
  }

  close(): void {
    // Nothing is held.
  }
}

class ImageDataStandIn {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

/** Keeps what is put on it as digests, one after the other; nothing is drawn. */
class CanvasStandIn {
  width: number;
  height: number;
  readonly #pieces: Uint8Array[] = [];

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }

  getContext(): object {
    const isPossible =
      this.width * this.height <= mostCanvasPixels && Math.max(this.width, this.height) <= mostCanvasSide;
    const note = (value: unknown) => this.#pieces.push(Buffer.from(JSON.stringify(value)));
    return {
      // PDF.js asks whether browsers can filter.
      filter: 'none',
      createImageData: (width: number, height: number) =>
        new ImageDataStandIn(new Uint8ClampedArray(width * height * 4), width, height),
      putImageData: ({ data }: ImageDataStandIn, ...place: number[]) => {
        note(place);
        this.#pieces.push(createHash('sha256').update(data).digest());
      },
      drawImage: (picture: unknown, ...place: number[]) => {
        note([picture instanceof PictureStandIn ? picture.digest : null, place]);
      },
      fillRect: (...place: number[]) => note(place),
      // Letters that a field's font lacks are laid out by the browser's: two equal texts come out equally wide
      // anywhere.
      measureText: (text: string) => ({
        width: text.length,
        fontBoundingBoxAscent: 1,
        fontBoundingBoxDescent: 0,
        actualBoundingBoxAscent: 1,
        actualBoundingBoxDescent: 0,
      }),
      getImageData: () => ({ data: Uint8ClampedArray.of(0, 0, 0, isPossible ? 255 : 0) }),
    };
  }

  transferToImageBitmap(): PictureStandIn {
    return new PictureStandIn(this.#pieces, 'canvas', this.width, this.height);
  }
}

interface DecoderOrder {
  readonly data: Uint8Array;
  readonly type: string;
  readonly desiredWidth?: number;
  readonly desiredHeight?: number;
}

class ImageDecoderStandIn {
  readonly #order: DecoderOrder;

  constructor(order: DecoderOrder) {
    this.#order = order;
  }

  static async isTypeSupported(): Promise<boolean> {
    return true;
  }

  async decode(): Promise<{ image: PictureStandIn }> {
    const { data, type, desiredWidth = 0, desiredHeight = 0 } = this.#order;
    const note = `${type} ${desiredWidth} ${desiredHeight}`;
    return { image: new PictureStandIn([data], note, desiredWidth, desiredHeight) };
  }

  close(): void {
    // Nothing is held.
  }
}
