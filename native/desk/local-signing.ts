import type { BatchState, SigningStep } from '../../contract/batch.ts';
import type { ConsentDocument } from '../../contract/consent.ts';
import { isInitialField } from '../../contract/document.ts';
import { AppError } from '../../contract/failure.ts';
import type { DocumentId, FileDigest } from '../../contract/identity.ts';
import { type LocalFile, mostFiles } from '../../contract/local-file.ts';
import { assertShown } from '../../contract/shown.ts';
import { holderOf, type StampWish } from '../../contract/signing-act.ts';
import type { PlannedPlace, StampPlace } from '../../contract/stamp-place.ts';
import type { KeyReference } from '../../contract/token.ts';
import type { VerificationReport } from '../../contract/verdict.ts';
import type { BatchEntry } from '../core/batch.ts';
import type { Batches } from '../core/batches.ts';
import { consentDocument } from '../core/consent-question.ts';
import type { Events } from '../core/events.ts';
import type { Places } from '../core/places.ts';
import type { FilePicker } from '../core/ports.ts';
import type { Session } from '../core/session.ts';
import type { MadeFile, Signing } from '../core/signing.ts';
import { assertSound, type TakenFile } from '../core/signing-acts.ts';
import type { Tokens } from '../core/tokens.ts';
import type { Verifier } from '../core/verifier.ts';
import { plannedPlace } from '../signing/planned-place.ts';
import type { FileStore } from '../store/file-store.ts';
import type { WorkStore } from '../store/work-store.ts';
import type { LocalFiles, OpenedFile } from './local-files.ts';
import { saveBeside, saveCopy } from './saved-copy.ts';
import { savedName } from './saved-name.ts';
import { type StampPictures, wishedStamp } from './wished-stamp.ts';

export interface LocalSigningParts {
  readonly localFiles: LocalFiles;
  readonly signing: Signing;
  readonly batches: Pick<Batches, 'begin'>;
  readonly files: FileStore;
  readonly work: WorkStore;
  readonly session: Pick<Session, 'current'>;
  readonly verifier: Pick<Verifier, 'settle'>;
  readonly places: Pick<Places, 'require'>;
  readonly tokens: Pick<Tokens, 'certificate'>;
  readonly events: Events;
  readonly picker: () => Pick<FilePicker, 'pickTarget'> | null;
  readonly readPicture: (setting: 'approvalImage' | 'sealImage') => Promise<Uint8Array | null>;
  readonly now: () => Date;
}

/** A file as the page showed it when the person pressed. */
export interface ShownLocalFile {
  readonly id: DocumentId;
  readonly digest: FileDigest;
}

/** A file that is taken to be signed, and what came of it. */
interface TakenLocalFile extends TakenFile {
  readonly opened: OpenedFile;
  readonly result: () => OpenedFile | null;
}

/** Signing files on this computer: alone or many with one PIN, saved beside what was signed. */
export class LocalSigning {
  readonly #parts: LocalSigningParts;
  readonly #taken = new Set<DocumentId>();

  constructor(parts: LocalSigningParts) {
    this.#parts = parts;
  }

  /** Where that stamp would stand with this key's certificate. Fails as reading a PDF, and as a token does. */
  async place(id: DocumentId, wish: StampWish, key: KeyReference): Promise<PlannedPlace> {
    const { localFiles, tokens, files } = this.#parts;
    const { copy, name } = localFiles.require(id);
    if (copy === null) throw new AppError('file-missing', { file: name });
    const certificate = await tokens.certificate(key);
    const { path } = await files.locate(copy.digest);
    return plannedPlace({ source: path, stamp: wishedStamp(wish, await this.#pictures()), certificate });
  }

  /**
   * Signs once the person has agreed; the signed file, which is on the list from then on. Fails with `document-state`
   * where it is being signed already, with `document-changed`, and as a document's signature does.
   */
  async sign(
    shown: ShownLocalFile,
    how: { readonly stamp: StampWish; readonly key: KeyReference; readonly place?: StampPlace | undefined },
  ): Promise<LocalFile> {
    const { localFiles, signing, places, events } = this.#parts;
    const { stamp: wish, key, place } = how;
    const taken = this.#take(shown, wish);
    try {
      const report = await taken.hold();
      if (place) await places.require(taken.main, place);
      const planned = place ?? (await this.place(shown.id, wish, key).catch(() => null));
      // A plain signature that nobody placed would be seen by nobody.
      const stamp = await taken.stamp(wish.act === 'plain' ? (planned ?? undefined) : place);
      const asked = asksAbout(taken.opened, taken.main, report, wish, planned);
      const onStep = (step: SigningStep) => events.progress({ id: shown.id, step });
      const wished = { act: wish.act, key, wish, digest: taken.main.digest };
      const made = await signing.sign({ ...wished, asked, stamp, onStep, confirm: taken.confirm });
      await taken.finish(made);
      const result = taken.result();
      if (result === null) throw new AppError('internal');
      return { ...localFiles.get(result.id), warning: made.warning };
    } finally {
      taken.release();
    }
  }

  /** Many with one PIN; each stands where the rules put it. Fails as `batch.start` does. */
  async signAll(
    items: readonly ShownLocalFile[],
    { stamp: wish, key }: { readonly stamp: StampWish; readonly key: KeyReference },
  ): Promise<BatchState> {
    const each = new Map(items.slice(0, mostFiles).map((item) => [item.id, item]));
    const makers = [...each.values()].map((item) => () => this.#entry(item, wish, key));
    return this.#parts.batches.begin({ act: wish.act, key, wish }, 'files', makers);
  }

  /** Saves a file where the person says; null where they think better of it. Fails as writing a file does. */
  async saveAs(id: DocumentId): Promise<{ path: string | null }> {
    const { localFiles, files, picker } = this.#parts;
    const { copy, name, path: at, folder } = localFiles.require(id);
    if (copy === null) throw new AppError('file-missing', { file: name });
    const target = (await picker()?.pickTarget('document', name, folder)) ?? null;
    if (target === null) return { path: null };
    // The dialog has asked before another file's place is taken.
    await saveCopy(copy.digest, target, files, { replace: true, ...(at !== null && { like: at }) });
    if (at === null) localFiles.saved(id, target);
    return { path: target };
  }

  async #pictures(): Promise<StampPictures> {
    const { readPicture } = this.#parts;
    return { approval: await readPicture('approvalImage'), seal: await readPicture('sealImage') };
  }

  async #entry(shown: ShownLocalFile, wish: StampWish, key: KeyReference): Promise<BatchEntry> {
    const { localFiles, files } = this.#parts;
    const subject = localFiles.find(shown.id)?.name ?? '';
    let taken: TakenLocalFile | null = null;
    try {
      taken = this.#take(shown, wish);
      const report = await taken.hold();
      await files.check(taken.main.digest);
      const asked = asksAbout(taken.opened, taken.main, report, wish, null);
      const isPlain = wish.act === 'plain';
      const { stamp } = taken;
      const placed = isPlain ? { stamp: async () => stamp(await this.place(shown.id, wish, key)) } : {};
      return { id: shown.id, subject, taken: { ...taken, ...placed }, asked };
    } catch (thrown) {
      taken?.release();
      return { id: shown.id, subject, failure: AppError.from(thrown).toFailure() };
    }
  }

  #take(shown: ShownLocalFile, wish: StampWish): TakenLocalFile {
    const { localFiles, verifier, events, work } = this.#parts;
    const { id } = shown;
    const opened = localFiles.require(id);
    if (opened.copy === null) throw new AppError('file-missing', { file: opened.name });
    const main = opened.copy;
    // What is signed must be written down.
    if (work.finding.kind === 'newer') throw new AppError('store-newer');
    if (this.#taken.has(id)) throw new AppError('document-state');
    const confirm = () => {
      const now = localFiles.require(id);
      const stands = { version: 1, digest: now.copy?.digest ?? null, changedAt: now.openedAt };
      assertShown({ version: 1, digest: shown.digest }, stands);
    };
    confirm();
    this.#taken.add(id);
    let result: OpenedFile | null = null;
    return {
      ...{ opened, main, standing: null, confirm },
      result: () => result,
      hold: async () => {
        const report = await verifier.settle(main.digest);
        assertSound(report);
        return report;
      },
      stamp: async (place) => wishedStamp(wish, await this.#pictures(), place),
      finish: async (made) => {
        if ('serial' in made) result = await this.#keep(opened, wish, made);
        return null;
      },
      release: () => {
        this.#taken.delete(id);
        events.progress({ id, step: null });
      },
    };
  }

  /**
   * Writes down what was signed before anything else can fail, then saves it beside. What can't be saved stays in the
   * store, on the list, and in the next start's.
   */
  async #keep(opened: OpenedFile, wish: StampWish, made: MadeFile): Promise<OpenedFile> {
    const { localFiles, work, session, files, now, events } = this.#parts;
    const { digest, bytes, serial } = made;
    const signedAt = now().toISOString();
    const name = savedName(opened.name, wish);
    const copy = { digest, bytes };
    work.transaction(() => {
      work.localFiles.addCopy(digest);
      work.localFiles.addUnsaved({ ...copy, name, folder: opened.folder, signedAt });
      const event = holderOf[wish.act] === 'agency' ? 'seal' : 'sign';
      const detail = { digest, source: opened.copy?.digest ?? '', certificate: serial };
      const personId = session.current?.person.id ?? null;
      work.audit.add({ event, personId, documentId: null, detail }, now());
    });
    const common = { copy, openedAt: signedAt, signedFrom: opened.id, folder: opened.folder };
    const result = localFiles.add({ ...common, name, path: null, failure: null });
    events.publish('files');
    try {
      const { path } = opened;
      if (path === null) throw new AppError('file-missing', { file: opened.name });
      localFiles.saved(result.id, await saveBeside(digest, { path, name: opened.name }, wish, files));
      return result;
    } catch (thrown) {
      localFiles.notSaved(result.id, AppError.from(thrown).toFailure());
      return result;
    }
  }
}

/** What the person is asked about a file. */
function asksAbout(
  { name: subject }: OpenedFile,
  main: TakenFile['main'],
  report: VerificationReport | null,
  wish: StampWish,
  place: StampPlace | null,
): ConsentDocument {
  const asked = consentDocument({ subject }, main, report, place);
  return wish.act === 'seal' && !isApproved(report) ? { ...asked, unapproved: true } : asked;
}

/** A person has signed it, and not with an initial alone. */
function isApproved(report: VerificationReport | null): boolean {
  return (report?.signatures ?? []).some(
    ({ type, intact, signer, field }) =>
      type === 'signature' && intact && signer?.holder === 'person' && !isInitialField(field),
  );
}
