import { basename } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import { type ByteSource, FileSource } from './byte-source.ts';
import { Encryption } from './encryption/encryption.ts';
import { decodedLimit, decodedLimitIn, decodeStream, tableLimit } from './filter.ts';
import { Lexer } from './lexer.ts';
import { objectNear } from './nearby.ts';
import { isArray, PdfDict, type PdfObject, PdfRef, PdfStream } from './object.ts';
import { ObjectStreams } from './object-stream.ts';
import { parseIndirect } from './parser.ts';
import { recoverRevision } from './recovery.ts';
import { type Revision, readRevisions } from './revision.ts';
import { WorkBudget } from './work-budget.ts';
import type { XrefEntry } from './xref.ts';

const cacheLimit = 20_000;
const placesKept = 50_000;
/** References to references don't occur in honest files; a loop of them ends here. */
const hopLimit = 32;
/** Objects that each need another one to be read: a stream its length, an object its stream. Honest files need two. */
const nestingLimit = 32;
/**
 * All that a document's streams may decode to, however often they are asked for. A small file gets by with less: seven kilobytes of
 * packed noughts would keep a reader busy for eighteen seconds.
 */
const decodingLimit = 1 << 30;
const freeDecoding = 1 << 27;
const decodingShare = 16;
/** What a byte costs that is read, against one that comes out; and one that comes out of a predictor. */
const readingCost = 4;
const parameterCost = 4;
/** What a document may be read over for its objects beside its own length, counted for objects of over 16 KiB. */
const lexingSlack = 1 << 25;
const freeLexing = 1 << 14;

export interface OpenOptions {
  /** For a protected document, the user's or the owner's. The empty one is tried without being given. */
  readonly password?: string | undefined;
  /**
   * Takes sections and objects that stand a few bytes beside where the file says. For verifying, where nothing may be
   * rebuilt; signing rebuilds instead, so that every other reader finds them, too.
   */
  readonly lenient?: boolean;
  /** Of another file that the same password opened: its key is taken where it would come out the same. */
  readonly known?: Encryption | null;
}

/** A PDF on disk, or one of its earlier revisions: objects are read when they are asked for, and only those. */
export class PdfDocument {
  readonly source: ByteSource;
  /** Where the header stands: what the file's own offsets count from. Offsets here count from the file's first byte. */
  readonly origin: number;
  /** True where the cross-reference was rebuilt from the objects: then there is one revision, the whole file. */
  readonly recovered: boolean;
  /** All revisions of the file, oldest first; this document sees those up to `revision`. */
  readonly revisions: readonly Revision[];
  readonly revision: Revision;
  readonly trailer: PdfDict;
  readonly #file: OpenedFile;
  readonly #objects = new Map<number, PdfObject>();
  /** Null: the document has no such object. */
  readonly #found = new Map<number, XrefEntry | null>();
  readonly #underway = new Set<number>();
  readonly #decoding: WorkBudget;
  readonly #lexing: WorkBudget;
  readonly #objectStreams: ObjectStreams;

  private constructor(file: OpenedFile, revision: Revision) {
    const { source, origin, revisions, recovered } = file;
    this.#file = file;
    this.source = source;
    this.origin = origin;
    this.recovered = recovered;
    this.#decoding = new WorkBudget(Math.min(decodingLimit, freeDecoding + decodingShare * source.length));
    this.#lexing = new WorkBudget(lexingSlack + 4 * source.length);
    this.revisions = revisions;
    this.revision = revision;
    this.trailer = revision.trailer;
    this.#objectStreams = new ObjectStreams({
      load: (number) => this.object(new PdfRef(number, 0)),
      resolve: (value) => this.resolve(value),
      decode: (stream) => this.decodedBytes(stream, tableLimit),
      charge: (lexer) => this.#charge(lexer),
    });
  }

  /**
   * Opens a file. Throws `pdf-not-a-pdf`, `pdf-encrypted` (a password is needed), `pdf-password-wrong`,
   * `pdf-encryption-unsupported`, `pdf-damaged`, `pdf-too-complex`, or the file's own failures. The caller closes it.
   */
  static open(path: string, options: OpenOptions = {}): PdfDocument {
    return withFile(path, (source) => PdfDocument.read(source, options));
  }

  /** As `open`, on bytes that are already at hand. */
  static read(source: ByteSource, options: OpenOptions = {}): PdfDocument {
    const { origin, revisions } = readFrom(source, findHeader(source), options.lenient);
    return PdfDocument.#opened({ source, origin, revisions, recovered: false, options });
  }

  /** Other bytes of the same making, such as the beginning of this file, opened with the password that opened this one. */
  readAlike(source: ByteSource): PdfDocument {
    const { options, encryption } = this.#file;
    const { origin, revisions } = readFrom(source, findHeader(source), options.lenient);
    return PdfDocument.#opened({ source, origin, revisions, recovered: false, options }, encryption);
  }

  /**
   * As `open`, with a cross-reference rebuilt from the objects (`recovered`). For signing what people see in viewers that
   * do the same; never for judging a file. Throws `pdf-damaged` where no document can be found.
   */
  static recover(path: string, options: OpenOptions = {}): PdfDocument {
    return withFile(path, (source) => {
      const file = { source, origin: findHeader(source), recovered: true, options };
      const revision = recoverRevision(source, (found) =>
        PdfDocument.#unlocked({ ...file, revisions: [found] }),
      );
      return PdfDocument.#opened({ ...file, revisions: [revision] });
    });
  }

  static #opened(
    file: Omit<OpenedFile, 'encryption'>,
    known: Encryption | null = file.options.known ?? null,
  ): PdfDocument {
    const document = PdfDocument.#unlocked(file, known);
    if (!(document.resolve(document.trailer.get('Root')) instanceof PdfDict))
      throw new AppError('pdf-damaged', {});
    return document;
  }

  static #unlocked(file: Omit<OpenedFile, 'encryption'>, known: Encryption | null = null): PdfDocument {
    const newest = file.revisions.at(-1);
    if (!newest) throw new AppError('pdf-damaged', {});
    const asItStands = new PdfDocument({ ...file, encryption: null }, newest);
    const encryption = Encryption.open(asItStands, file.options.password, known);
    return encryption ? new PdfDocument({ ...file, encryption }, newest) : asItStands;
  }

  /** The document as it was at one of its revisions. It shares the open file with this one. */
  at(revision: Revision): PdfDocument {
    return new PdfDocument(this.#file, revision);
  }

  close(): void {
    this.source.close();
  }

  /** Where an object is, as this revision sees it. Remembered: of a thousand revisions each would be asked again and again. */
  find(number: number): XrefEntry | undefined {
    const known = this.#found.get(number);
    if (known !== undefined) return known ?? undefined;
    const found = this.#look(number);
    if (this.#found.size >= placesKept) this.#found.clear();
    this.#found.set(number, found ?? null);
    return found;
  }

  #look(number: number): XrefEntry | undefined {
    for (let index = this.revision.index; index >= 0; index--) {
      const entry = this.revisions[index]?.find(number);
      if (entry) return entry;
    }
    return undefined;
  }

  /** Where an object's header stands in the file; null for one in an object stream, or none. */
  startOf(number: number): number | null {
    const entry = this.find(number);
    if (entry?.kind !== 'offset') return null;
    if (!this.#file.options.lenient || new Lexer(this.source, entry.offset).next() === number)
      return entry.offset;
    return objectNear(this.source, entry.offset, number) ?? entry.offset;
  }

  /** The generation written before an object, which is what readers that check it compare references with. */
  generationOf(number: number): number {
    const entry = this.find(number);
    if (entry?.kind !== 'offset') return 0;
    const lexer = new Lexer(this.source, entry.offset);
    const [own, generation] = [lexer.next(), lexer.next()];
    return own === number && typeof generation === 'number' ? generation : entry.generation;
  }

  /** An indirect object's value; null where the file has none (7.3.10). Throws `pdf-damaged`. */
  object(ref: PdfRef): PdfObject {
    const { number } = ref;
    const known = this.#objects.get(number);
    if (known !== undefined) return known;
    // An object that needs itself to be read (a stream whose /Length is inside it) would never end.
    if (this.#underway.has(number)) return null;
    // A document that has used up its budget is refused before more work is done for it, not after.
    this.#lexing.spend(0);
    if (this.#underway.size >= nestingLimit) throw new AppError('pdf-too-complex', { object: number });
    this.#underway.add(number);
    try {
      const value = this.#read(number);
      if (this.#objects.size >= cacheLimit) this.#objects.clear();
      this.#objects.set(number, value);
      return value;
    } finally {
      this.#underway.delete(number);
    }
  }

  /** Follows references until a direct value stands there. */
  resolve(value: PdfObject | undefined): PdfObject {
    let current = value ?? null;
    for (let hops = 0; current instanceof PdfRef; hops++) {
      if (hops > hopLimit) throw new AppError('pdf-too-complex', {});
      current = this.object(current);
    }
    return current;
  }

  /** The value as a dictionary (a stream's included), or null. */
  dict(value: PdfObject | undefined): PdfDict | null {
    const resolved = this.resolve(value);
    if (resolved instanceof PdfStream) return resolved.dict;
    return resolved instanceof PdfDict ? resolved : null;
  }

  array(value: PdfObject | undefined): readonly PdfObject[] | null {
    const resolved = this.resolve(value);
    return isArray(resolved) ? resolved : null;
  }

  number(value: PdfObject | undefined): number | null {
    const resolved = this.resolve(value);
    return typeof resolved === 'number' ? resolved : null;
  }

  get catalogRef(): PdfRef | null {
    const root = this.trailer.get('Root');
    return root instanceof PdfRef ? root : null;
  }

  get catalog(): PdfDict {
    const root = this.dict(this.trailer.get('Root'));
    if (!root) throw new AppError('pdf-damaged', {});
    return root;
  }

  /** Null where the document isn't enciphered. */
  get encryption(): Encryption | null {
    return this.#file.encryption;
  }

  /** A stream's bytes, deciphered, its filters not undone. */
  encodedBytes(stream: PdfStream): Uint8Array {
    const { data, dict } = stream;
    if ('bytes' in data) return data.bytes;
    const bytes = this.source.read(data.offset, data.length);
    const { encryption } = this.#file;
    if (!encryption || !data.encryptedFor) return bytes;
    this.#decoding.spend(bytes.length);
    return encryption.decryptedData(dict, data.encryptedFor, bytes, (value) => this.resolve(value));
  }

  /** A stream's bytes, decoded. Throws `pdf-unsupported` for image filters, `pdf-too-complex` for a bomb. */
  decodedBytes(stream: PdfStream, limit = decodedLimit): Uint8Array {
    if (!('bytes' in stream.data) && stream.data.length > limit) throw new AppError('pdf-too-complex', {});
    const encoded = this.encodedBytes(stream);
    // Reading is work, too, where it gives nothing: blanks between digits, tables cleared, rows to be undone.
    this.#decoding.spend(readingCost * encoded.length);
    const bytes = decodeStream(
      stream.dict,
      encoded,
      (value) => this.resolve(value),
      decodedLimitIn(this.source.length, limit),
    );
    this.#decoding.spend(bytes.length * (stream.dict.has('DecodeParms') ? parameterCost : 1));
    return bytes;
  }

  #read(number: number): PdfObject {
    const entry = this.find(number);
    if (!entry || entry.kind === 'free') return null;
    if (entry.kind === 'compressed') return this.#objectStreams.read(entry.container, number);
    const lexer = new Lexer(this.source, this.startOf(number) ?? entry.offset);
    try {
      // Another object at that place: the cross-reference lies, and what it points to isn't taken for the right one.
      const { value, generation } = parseIndirect(lexer, (length) => this.#lengthOf(length), number);
      const { encryption } = this.#file;
      return encryption ? encryption.decrypted(value, new PdfRef(number, generation)) : value;
    } finally {
      this.#charge(lexer);
    }
  }

  /** A stream's /Length; null where it can't be read, since the stream can still be ended by its keyword. */
  #lengthOf(length: PdfObject | undefined): number | null {
    try {
      return this.number(length);
    } catch (error) {
      if (error instanceof AppError && error.code === 'pdf-damaged') return null;
      throw error;
    }
  }

  /** Objects may overlap, so that each of many is the whole rest of the file; the sum of their lengths is what counts. */
  #charge(lexer: Lexer): void {
    this.#lexing.spend(Math.max(0, lexer.loaded - freeLexing));
  }
}

const headerArea = 1024;

/** What the documents of all of a file's revisions share. */
interface OpenedFile {
  readonly source: ByteSource;
  readonly origin: number;
  readonly revisions: readonly Revision[];
  readonly recovered: boolean;
  readonly options: OpenOptions;
  readonly encryption: Encryption | null;
}

function withFile(path: string, read: (source: ByteSource) => PdfDocument): PdfDocument {
  const source = new FileSource(path);
  try {
    return read(source);
  } catch (error) {
    source.close();
    if (error instanceof AppError) throw error;
    throw new AppError('pdf-damaged', { file: basename(path) }, { cause: error });
  }
}

/** Where the header stands: within the first KiB, as viewers look for it. Throws `pdf-not-a-pdf` where there is none. */
function findHeader(source: ByteSource): number {
  const at = Buffer.from(source.read(0, headerArea))
    .toString('latin1')
    .search(/%PDF-\d/);
  if (at < 0) throw new AppError('pdf-not-a-pdf', {});
  return at;
}

/** Where something stands before the header, most writers' offsets count from the header, some from the first byte. */
function readFrom(
  source: ByteSource,
  header: number,
  lenient: boolean | undefined,
): Pick<OpenedFile, 'origin' | 'revisions'> {
  try {
    return { origin: header, revisions: readRevisions(source, header, lenient) };
  } catch (error) {
    if (header === 0 || !(error instanceof AppError) || error.code !== 'pdf-damaged') throw error;
    return { origin: 0, revisions: readRevisions(source, 0, lenient) };
  }
}
