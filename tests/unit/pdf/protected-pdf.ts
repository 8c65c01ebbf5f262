import { createCipheriv, createHash } from 'node:crypto';
import { HandmadePdf } from './handmade-pdf.ts';

/** The padding of algorithm 2 (ISO 32000-2, 7.6.4.3.2), with which an empty password is filled up. */
const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

function md5(...pieces: Uint8Array[]): Buffer {
  const hash = createHash('md5');
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

/** RC4 as openssl's legacy provider and every textbook have it; written anew here, to judge ours. */
export function textbookRc4(key: Uint8Array, data: Uint8Array): Buffer {
  const box = [...Array(256).keys()];
  const swap = (a: number, b: number) => {
    const kept = box[a] as number;
    box[a] = box[b] as number;
    box[b] = kept;
  };
  let other = 0;
  for (let index = 0; index < 256; index++) {
    other = (other + (box[index] as number) + (key[index % key.length] as number)) % 256;
    swap(index, other);
  }
  let [one, two] = [0, 0];
  return Buffer.from(
    [...data].map((byte) => {
      one = (one + 1) % 256;
      two = (two + (box[one] as number)) % 256;
      swap(one, two);
      return byte ^ (box[((box[one] as number) + (box[two] as number)) % 256] as number);
    }),
  );
}

/**
 * Revision 4 for the empty password, written down by hand, so that a test says which filter ciphers what. Metadata counts
 * as enciphered.
 */
export class ProtectedPdf {
  readonly #key: Buffer;
  readonly #user: Buffer;
  readonly #owner = Buffer.alloc(32, 7);
  readonly id = Buffer.from('0123456789abcdef');

  constructor() {
    const rights = Buffer.from([0xfc, 0xff, 0xff, 0xff]);
    let key = md5(padding, this.#owner, rights, this.id);
    for (let round = 0; round < 50; round++) key = md5(key);
    this.#key = key;
    let check: Buffer = md5(padding, this.id);
    for (let turn = 0; turn < 20; turn++)
      check = textbookRc4(
        key.map((byte) => byte ^ turn),
        check,
      );
    this.#user = Buffer.concat([check, Buffer.alloc(16)]);
  }

  /** /Encrypt with these entries besides what the key needs: the crypt filters. */
  dictionary(entries: string): string {
    const hex = (bytes: Buffer) => `<${bytes.toString('hex')}>`;
    return `<</Filter/Standard/V 4/R 4/Length 128/P -4/O${hex(this.#owner)}/U${hex(this.#user)}${entries}>>`;
  }

  trailer(entries: string): string {
    return `/Root 1 0 R/ID[<${this.id.toString('hex')}><00>]/Encrypt ${this.dictionary(entries)}`;
  }

  rc4(object: number, data: string, generation = 0): Buffer {
    return textbookRc4(this.#objectKey(object, '', generation), Buffer.from(data, 'latin1'));
  }

  aes(object: number, data: string): Buffer {
    const vector = Buffer.alloc(16, 0x42);
    const cipher = createCipheriv('aes-128-cbc', this.#objectKey(object, 'sAlT'), vector);
    return Buffer.concat([vector, cipher.update(data, 'latin1'), cipher.final()]);
  }

  #objectKey(object: number, salt = '', generation = 0): Buffer {
    const place = [object, object >> 8, object >> 16, generation, generation >> 8];
    return md5(this.#key, Buffer.from(place), Buffer.from(salt));
  }
}

/** A page without content, before the objects of the test. */
export function bareDocument(): HandmadePdf {
  return new HandmadePdf()
    .object(1, '<</Type/Catalog/Pages 2 0 R>>')
    .object(2, '<</Type/Pages/Kids[3 0 R]/Count 1>>')
    .object(3, '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>');
}
