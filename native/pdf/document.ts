import { basename } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import { type ByteSource, FileSource } from './byte-source.ts';
import { Encryption } from './encryption/encryption.ts';
import { type FileWork, workFor } from './file-work.ts';
import { decodedLimit, decodedLimitIn, decodeStream, tableLimit } from './filter.ts';
import { Lexer } from './lexer.ts';
import { objectNear } from './nearby.ts';
import { isArray, PdfDict, type PdfObject, PdfRef, PdfStream } from './object.ts';
import { ObjectStreams, OpenedStreams } from './object-stream.ts';
import { type IndirectObject, parseIndirect } from './parser.ts';
import { recoverRevision } from './recovery.ts';
import { beginningOf, type Revision, readRevisions } from './revision.ts';
import { RevisionIndex } from './revision-index.ts';
import { SharedObjects } from './shared-objects.ts';
import { Exhausted } from './work-budget.ts';
import type { XrefEntry } from './xref.ts';

/** Beside those that all states of the file share. */
const cacheLimit = 4096;
/** References to references don't occur in honest files; a loop of them ends here. */
const hopLimit = 32;
/** Objects that each need another one to be read: a stream its length, an object its stream. Honest files need two. */
const nestingLimit = 32;
/** What a byte costs that is read, against one that comes out; and one that comes out of a predictor. */
const readingCost = 4;
const parameterCost = 4;
/** Bytes of an object that count as none. */
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
  readonly #underway = new Set<number>();
  /** Objects that were asked for while somebody wants to know. */
  #asked: Set<number> | null = null;
  readonly #objectStreams: ObjectStreams;

  private constructor(file: OpenedFile, revision: Revision) {
    const { source, origin, revisions, recovered } = file;
    this.#file = file;
    this.source = source;
    this.origin = origin;
    this.recovered = recovered;
    this.revisions = revisions;
    this.revision = revision;
    this.trailer = revision.trailer;
    this.#objectStreams = new ObjectStreams(
      {
        load: (number) => this.object(new PdfRef(number, 0)),
        resolve: (value) => this.resolve(value),
        decode: (stream) => this.decodedBytes(stream, tableLimit),
        charge: (lexer) => this.#charge(lexer),
      },
      file.streams,
    );
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
    const read = readFrom(source, findHeader(source), options.lenient);
    return PdfDocument.#opened({ source, ...fresh(read, workFor(source)), recovered: false, options });
  }

  /** The first bytes of this file as a file of their own, opened with the password that opened this one. */
  readAlike(source: ByteSource): PdfDocument {
    const { options, encryption, origin, index, objects, streams, work } = this.#file;
    const header = findHeader(source);
    const known = header === origin ? beginningOf(this.revisions, source, origin) : null;
    const history = known
      ? { origin, revisions: known, index, objects, streams, work }
      : fresh(readFrom(source, header, options.lenient), work);
    return PdfDocument.#opened({ source, ...history, recovered: false, options }, encryption);
  }

  /**
   * As `open`, with a cross-reference rebuilt from the objects (`recovered`). For signing what people see in viewers
   * that do the same; never for judging a file. Throws `pdf-damaged` where no document can be found.
   */
  static recover(path: string, options: OpenOptions = {}): PdfDocument {
    return withFile(path, (source) => {
      const origin = findHeader(source);
      const file = { source, recovered: true, options };
      const revision = recoverRevision(source, origin, (found) =>
        PdfDocument.#unlocked({ ...file, ...fresh({ origin, revisions: [found] }, workFor(source)) }),
      );
      return PdfDocument.#opened({ ...file, ...fresh({ origin, revisions: [revision] }, workFor(source)) });
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

  /** Where an object is, as this revision sees it. */
  find(number: number): XrefEntry | undefined {
    return this.#file.index.find(number, this.revision.index);
  }

  /** Where an object's header stands in the file; null for one in an object stream, or none. */
  startOf(number: number): number | null {
    const entry = this.find(number);
    if (entry?.kind !== 'offset') return null;
    if (!this.#file.options.lenient || new Lexer(this.source, entry.offset).next() === number)
      return entry.offset;
    return objectNear(this.source, entry.offset, number) ?? entry.offset;
  }

  /**
   * Whether an object in an object stream is the one at the index that the cross-reference names, where programs look
   * that don't go by its number. Throws what opening the stream throws.
   */
  isAtItsIndex(number: number): boolean {
    const entry = this.find(number);
    if (entry?.kind !== 'compressed') return true;
    return this.#objectStreams.indexOf(entry.container, number) === entry.index;
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
    this.#asked?.add(number);
    const known = this.#objects.get(number);
    if (known !== undefined) {
      if (this.#asked) this.#noteStream(this.find(number));
      return known;
    }
    // An object that needs itself to be read (a stream whose /Length is inside it) would never end.
    if (this.#underway.has(number)) return null;
    // A document that has used up its budget is refused before more work is done for it, not after.
    this.#file.work.lexing.spend(0);
    if (this.#underway.size >= nestingLimit) throw new AppError('pdf-too-complex', { object: number });
    this.#underway.add(number);
    try {
      return this.#read(number);
    } catch (error) {
      if (error instanceof AppError && !(error instanceof Exhausted)) this.#file.work.damage.spend(1);
      throw error;
    } finally {
      this.#underway.delete(number);
    }
  }

  /**
   * Does something with the document and tells on which objects that rests, the streams that hold others included:
   * where another revision has the same ones, doing it there gives the same.
   */
  noting<T>(work: () => T): { readonly result: T; readonly asked: ReadonlySet<number> } {
    const outer = this.#asked;
    const asked = new Set<number>();
    this.#asked = asked;
    try {
      return { result: work(), asked };
    } finally {
      this.#asked = outer;
      for (const number of asked) outer?.add(number);
    }
  }

  #noteStream(entry: XrefEntry | undefined): void {
    if (entry?.kind === 'compressed') this.#asked?.add(entry.container);
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
    this.#file.work.decoding.spend(bytes.length);
    return encryption.decryptedData(dict, data.encryptedFor, bytes, (value) => this.resolve(value));
  }

  /** A stream's bytes, decoded. Throws `pdf-unsupported` for image filters, `pdf-too-complex` for a bomb. */
  decodedBytes(stream: PdfStream, limit = decodedLimit): Uint8Array {
    if (!('bytes' in stream.data) && stream.data.length > limit) throw new AppError('pdf-too-complex', {});
    const encoded = this.encodedBytes(stream);
    // Reading is work, too, where it gives nothing: blanks between digits, tables cleared, rows to be undone.
    this.#file.work.decoding.spend(readingCost * encoded.length);
    const bytes = decodeStream(
      stream.dict,
      encoded,
      (value) => this.resolve(value),
      decodedLimitIn(this.source.length, limit),
    );
    this.#file.work.decoding.spend(bytes.length * (stream.dict.has('DecodeParms') ? parameterCost : 1));
    return bytes;
  }

  #read(number: number): PdfObject {
    const entry = this.find(number);
    this.#noteStream(entry);
    if (!entry || entry.kind === 'free') return null;
    if (entry.kind === 'compressed')
      return this.#keep(number, this.#objectStreams.read(entry.container, number));
    const { encryption, objects } = this.#file;
    const known = objects.find(entry.offset, this.source.length);
    const { value, generation } = known?.number === number ? known : this.#parse(number, entry.offset);
    if (encryption) return this.#keep(number, encryption.decrypted(value, new PdfRef(number, generation)));
    const isShared = known ?? objects.find(entry.offset, this.source.length);
    return isShared?.number === number ? value : this.#keep(number, value);
  }

  /** Keeps what isn't kept for all states of the file. */
  #keep(number: number, value: PdfObject): PdfObject {
    if (this.#objects.size >= cacheLimit) this.#objects.clear();
    this.#objects.set(number, value);
    return value;
  }

  #parse(number: number, offset: number): IndirectObject {
    const start = this.startOf(number) ?? offset;
    const lexer = new Lexer(this.source, start);
    try {
      // Another object at that place: the cross-reference lies, and what it points to isn't taken for the right one.
      const object = parseIndirect(lexer, (length) => this.#lengthOf(length), number);
      this.#file.objects.keep(start, object);
      return object;
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

  /**
   * Objects may overlap, so that each of many is the whole rest of the file; the sum of their lengths is what counts.
   */
  #charge(lexer: Lexer): void {
    this.#file.work.lexing.spend(Math.max(0, lexer.loaded - freeLexing));
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
  readonly index: RevisionIndex;
  readonly objects: SharedObjects;
  readonly streams: OpenedStreams;
  readonly work: FileWork;
}

type History = Pick<OpenedFile, 'origin' | 'revisions' | 'index' | 'objects' | 'streams' | 'work'>;

function fresh(file: Pick<OpenedFile, 'origin' | 'revisions'>, work: FileWork): History {
  const index = new RevisionIndex(file.revisions);
  return { ...file, index, objects: new SharedObjects(), streams: new OpenedStreams(), work };
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

/**
 * Where the header stands: within the first KiB, as viewers look for it. Throws `pdf-not-a-pdf` where there is none.
 */
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
