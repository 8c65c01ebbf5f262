import { createHash } from 'node:crypto';
import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../document.ts';
import {
  isArray,
  isName,
  PdfDict,
  PdfName,
  type PdfObject,
  PdfRef,
  PdfStream,
  PdfString,
} from '../object.ts';
import { decryptAes, encryptAes, isWhole, tailLength } from './aes.ts';
import { oldFileKey } from './file-key.ts';
import { newFileKey } from './file-key-256.ts';
import { passwordBytes } from './password.ts';
import { rc4 } from './rc4.ts';
import { type CryptFilters, type EncryptionSettings, type Method, readSettings } from './settings.ts';

type Resolve = (value: PdfObject | undefined) => PdfObject;

/**
 * A document's encryption by the standard security handler, opened with its password (ISO 32000-2, 7.6). Enciphered are
 * strings and streams of the file's own objects; not those of the trailer, of /Encrypt itself and of cross-reference streams,
 * not the strings inside object streams, which are enciphered as a whole, and not a signature's /Contents.
 *
 * What /P permits isn't enforced: it is a request to programs, and a signature leaves the document as it is.
 */
export class Encryption {
  /** Null where only embedded files are enciphered and nothing else needed the password (/EFF, 7.6.6). */
  readonly #key: Uint8Array | null;
  readonly #filters: CryptFilters;
  readonly #encryptsMetadata: boolean;
  /** The encryption dictionary's own object, which is in clear; 0 where it stands in the trailer. */
  readonly #ownNumber: number;

  /** All that the key follows from besides the password. */
  readonly #origin: string;

  private constructor(
    key: Uint8Array | null,
    settings: EncryptionSettings,
    origin: string,
    ownNumber: number,
  ) {
    this.#key = key;
    this.#origin = origin;
    this.#filters = settings.filters;
    this.#encryptsMetadata = settings.encryptsMetadata;
    this.#ownNumber = ownNumber;
  }

  /**
   * The encryption that the document's trailer names, or null where there is none; `document` still reads everything as it
   * stands. The empty password, with which most protected files open, is always tried. Throws `pdf-encrypted` where another is
   * needed, `pdf-password-wrong`, `pdf-encryption-unsupported`, `pdf-damaged`.
   *
   * `known`: the encryption of a document that the same password opened, whose key is taken where it would come out the
   * same: finding one takes ten milliseconds, and a file with hundreds of signatures is opened once for each.
   */
  static open(
    document: PdfDocument,
    password: string | undefined,
    known: Encryption | null = null,
  ): Encryption | null {
    const holder = document.trailer.get('Encrypt');
    const value = document.resolve(holder);
    if (value === null) return null;
    if (!(value instanceof PdfDict)) throw new AppError('pdf-damaged', { entry: 'Encrypt' });
    const settings = readSettings(value, document);
    const id = fileId(document);
    const origin = originOf(settings, id);
    const isKnown = known !== null && known.#origin === origin;
    const key = isKnown ? known.#key : findKey(settings, id, password);
    const { streams, strings } = settings.filters;
    if (!key && (streams !== 'identity' || strings !== 'identity'))
      throw new AppError(password === undefined ? 'pdf-encrypted' : 'pdf-password-wrong');
    return new Encryption(key, settings, origin, holder instanceof PdfRef ? holder.number : 0);
  }

  /** Overwrites the key, once nothing is read with it any more; what it opened stays as it is. */
  forget(): void {
    this.#key?.fill(0);
  }

  /** An object of the file with its strings deciphered; a stream's data is told whose it is, for `decryptedData`. */
  decrypted(value: PdfObject, owner: PdfRef): PdfObject {
    if (this.#isClear(value, owner)) return value;
    const { strings } = this.#filters;
    const plain = this.#withStrings(
      value,
      ({ bytes, hex }) => new PdfString(this.#decipher(strings, owner, bytes), hex),
    );
    if (!(plain instanceof PdfStream) || 'bytes' in plain.data) return plain;
    return new PdfStream(plain.dict, { ...plain.data, encryptedFor: owner });
  }

  /** The encoded bytes of a stream of the file. */
  decryptedData(dict: PdfDict, owner: PdfRef, bytes: Uint8Array, resolve: Resolve): Uint8Array {
    return this.#decipher(this.#methodOf(dict, resolve), owner, bytes);
  }

  /**
   * Whether a stream is enciphered like the file's others: no crypt filter of its own, and of no kind that stays in clear (metadata,
   * cross-references) or has another filter (embedded files). About those programs differ.
   */
  isUsual(dict: PdfDict, resolve: Resolve): boolean {
    const filter = resolve(dict.get('Filter'));
    const filters = isArray(filter) ? filter.map(resolve) : [filter];
    if (filters.some((one) => isName(one, 'Crypt')) || isName(resolve(dict.get('Type')), 'XRef'))
      return false;
    return this.#methodOf(dict, resolve) === this.#filters.streams;
  }

  /** Whether a string of an object, as it stands in the file, is deciphered to the same bytes by every program. */
  isSoundString(owner: PdfRef, bytes: Uint8Array): boolean {
    return this.#isSound(this.#filters.strings, owner, bytes.subarray(-tailLength), bytes.length);
  }

  /** The same of a stream's encoded bytes. */
  isSoundStream({ dict, data }: PdfStream, owner: PdfRef, document: PdfDocument): boolean {
    if (!('offset' in data)) return true;
    const { offset, length } = data;
    const kept = Math.min(length, tailLength);
    const tail = document.source.read(offset + length - kept, kept);
    return this.#isSound(
      this.#methodOf(dict, (value) => document.resolve(value)),
      owner,
      tail,
      length,
    );
  }

  #isSound(method: Method, owner: PdfRef, tail: Uint8Array, length: number): boolean {
    if (owner.number === this.#ownNumber || method === 'identity' || method === 'rc4') return true;
    return isWhole(this.#objectKey(method, owner), tail, length);
  }

  /** An object as it is to be written. Streams must carry their bytes. */
  encrypted(value: PdfObject, owner: PdfRef, resolve: Resolve): PdfObject {
    if (this.#isClear(value, owner)) return value;
    const { strings } = this.#filters;
    // In hexadecimal: no enciphered byte can be taken for a bracket or an end of line.
    const sealed = this.#withStrings(
      value,
      ({ bytes }) => new PdfString(this.#encipher(strings, owner, bytes), true),
    );
    if (!(sealed instanceof PdfStream) || !('bytes' in sealed.data)) return sealed;
    const method = this.#methodOf(sealed.dict, resolve);
    return new PdfStream(sealed.dict, { bytes: this.#encipher(method, owner, sealed.data.bytes) });
  }

  #isClear(value: PdfObject, owner: PdfRef): boolean {
    return (
      owner.number === this.#ownNumber ||
      (value instanceof PdfStream && isName(value.dict.get('Type'), 'XRef'))
    );
  }

  #withStrings(value: PdfObject, change: (text: PdfString) => PdfString): PdfObject {
    if (this.#filters.strings === 'identity') return value;
    if (value instanceof PdfString) return change(value);
    if (isArray(value)) return value.map((item) => this.#withStrings(item, change));
    if (value instanceof PdfStream)
      return new PdfStream(this.#dictWithStrings(value.dict, change), value.data);
    return value instanceof PdfDict ? this.#dictWithStrings(value, change) : value;
  }

  #dictWithStrings(dict: PdfDict, change: (text: PdfString) => PdfString): PdfDict {
    // 7.6.2: a signature's value is found by its place in the file, and is what it is.
    const isSignature = dict.has('ByteRange');
    return new PdfDict(
      [...dict.entries].map(([key, item]) => {
        const stays = isSignature && key === 'Contents';
        return [key, stays ? item : this.#withStrings(item, change)] as const;
      }),
    );
  }

  /** By the stream's own crypt filter (7.4.10), else by its kind. */
  #methodOf(dict: PdfDict, resolve: Resolve): Method {
    const filter = firstOf(dict.get('Filter'), resolve);
    if (isName(filter, 'Crypt')) {
      const settings = firstOf(dict.get('DecodeParms'), resolve);
      const name = settings instanceof PdfDict ? resolve(settings.get('Name')) : null;
      const method = this.#filters.named.get(name instanceof PdfName ? name.value : 'Identity');
      if (method === undefined) throw new AppError('pdf-damaged', { entry: 'Crypt' });
      return method;
    }
    const type = resolve(dict.get('Type'));
    if (isName(type, 'Metadata') && !this.#encryptsMetadata) return 'identity';
    return isName(type, 'EmbeddedFile') ? this.#filters.embeddedFiles : this.#filters.streams;
  }

  #decipher(method: Method, owner: PdfRef, bytes: Uint8Array): Uint8Array {
    if (method === 'identity') return bytes;
    const key = this.#objectKey(method, owner);
    return method === 'rc4' ? rc4(key, bytes) : decryptAes(key, bytes);
  }

  #encipher(method: Method, owner: PdfRef, bytes: Uint8Array): Uint8Array {
    if (method === 'identity') return bytes;
    const key = this.#objectKey(method, owner);
    return method === 'rc4' ? rc4(key, bytes) : encryptAes(key, bytes);
  }

  /** Algorithms 1 and 1.A (7.6.3.2, 7.6.3.3). */
  #objectKey(method: 'rc4' | 'aes128' | 'aes256', { number, generation }: PdfRef): Uint8Array {
    if (!this.#key) throw new AppError('pdf-encrypted');
    if (method === 'aes256') return this.#key;
    const place = Buffer.alloc(5);
    place.writeUIntLE(number % 0x1_00_00_00, 0, 3);
    place.writeUIntLE(generation % 0x1_00_00, 3, 2);
    const hash = createHash('md5').update(this.#key).update(place);
    if (method === 'aes128') hash.update('sAlT');
    return hash.digest().subarray(0, Math.min(this.#key.length + place.length, 16));
  }
}

function firstOf(value: PdfObject | undefined, resolve: Resolve): PdfObject {
  const resolved = resolve(value);
  return isArray(resolved) ? resolve(resolved[0]) : resolved;
}

/** The first part of the trailer's /ID, which the older revisions mix into the key; nothing where there is none. */
function fileId(document: PdfDocument): Uint8Array {
  const first = document.resolve(document.array(document.trailer.get('ID'))?.[0]);
  return first instanceof PdfString ? first.bytes : new Uint8Array();
}

function originOf({ filters: _, ...keyed }: EncryptionSettings, id: Uint8Array): string {
  const plain = [...Object.entries(keyed), ['id', id] as const].map(([name, value]) => [
    name,
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
  ]);
  return JSON.stringify(plain);
}

function findKey(
  settings: EncryptionSettings,
  id: Uint8Array,
  password: string | undefined,
): Uint8Array | null {
  // The one that was given first: with AES-256 each that is tried costs milliseconds.
  for (const candidate of password === undefined ? [''] : [password, '']) {
    for (const bytes of passwordBytes(candidate, settings.revision)) {
      const key = 'keyLengths' in settings ? oldFileKey(settings, id, bytes) : newFileKey(settings, bytes);
      if (key) return key;
    }
  }
  return null;
}
