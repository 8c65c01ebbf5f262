import type { DocumentFile, OfficialDocument } from '../../contract/document.ts';
import { AppError } from '../../contract/failure.ts';
import { blockingFinding, deceptive } from '../../contract/file-finding.ts';
import type { DocumentId, FileDigest, IdempotencyKey } from '../../contract/identity.ts';
import type { ShownFile } from '../../contract/shown.ts';
import type { DocumentSigningAct } from '../../contract/signing-act.ts';
import type { StampPlace } from '../../contract/stamp-place.ts';
import type { VerificationReport } from '../../contract/verdict.ts';
import type { Stamp } from '../signing/stamp.ts';
import type { SigningPurpose } from '../store/signed-file.ts';
import type { WorkStore } from '../store/work-store.ts';
import { approvalFault } from '../verification/index.ts';
import { type DeskFacts, mainFile, signedHere } from '../workflow/desk-facts.ts';
import { assertPermitted } from '../workflow/permission.ts';
import { assertAsShown } from '../workflow/shown.ts';
import type { ActQueue } from './act-queue.ts';
import type { Documents } from './documents.ts';
import type { Events } from './events.ts';
import type { Online } from './online.ts';
import type { Session } from './session.ts';
import type { MadeFile } from './signing.ts';
import type { Stamping } from './stamping.ts';
import type { Verifier } from './verifier.ts';

const purposeOf: Readonly<Record<DocumentSigningAct, SigningPurpose>> = {
  approve: 'approval',
  seal: 'seal',
};

/** A signature made before on this very content, which stands with its row. */
export interface StandingFile {
  readonly digest: FileDigest;
}

/** A file that was taken to be signed: nobody signs it at the same time until it is released. */
export interface TakenFile {
  readonly main: Pick<DocumentFile, 'digest' | 'bytes'>;
  /** A signature made before on this very content stands: nothing is signed twice. */
  readonly standing: StandingFile | null;
  /**
   * Has the file here, fetched and verified where that hasn't happened yet: nobody signs beside a signature that is
   * known to be bad, nor seals what no registered person has approved (`approvalFault`). Fails with
   * `document-unsound` {reason} there, with `document-deceptive` {finding, page} where people may see different
   * things, with `pdf-damaged`, and as a download does. Null where it can't be verified.
   */
  hold(): Promise<VerificationReport | null>;
  /** `place`: where the person wants it, instead of where the rules put it. */
  stamp(place?: StampPlace): Promise<Stamp>;
  /**
   * The last look before the token is asked. Fails with `document-changed` or `document-state` where the document
   * went on meanwhile.
   */
  confirm(): void;
  /**
   * Stores the signature and what follows from it, both or neither; the key, where something is to be sent. Fails as
   * `confirm` does where the document went on while the token took its time.
   */
  finish(signed: MadeFile | StandingFile): Promise<IdempotencyKey | null>;
  release(): void;
}

/** The same for the main file of a document of the server's. */
export interface TakenDocument extends TakenFile {
  readonly document: OfficialDocument;
  readonly main: DocumentFile;
}

export interface SigningActsParts {
  readonly work: WorkStore;
  readonly documents: Documents;
  readonly session: Session;
  readonly events: Events;
  readonly queue: ActQueue;
  readonly stamping: Pick<Stamping, 'add'>;
  readonly now: () => Date;
  readonly online: () => Online | null;
  readonly verifier: Pick<Verifier, 'settle'>;
  readonly readImage: (setting: 'approvalImage' | 'sealImage') => Promise<Uint8Array | null>;
}

/** What can't be verified at all is let through: signing reads the same file, and says what is wrong with it. */
export function assertSound(report: VerificationReport | null): void {
  if (report?.verdict === 'unreadable') throw new AppError(report.failure ?? 'pdf-damaged');
  const deceit = blockingFinding(report?.findings);
  if (deceit) throw deceptive(deceit);
  if (report?.verdict !== 'invalid') return;
  const reason = report.signatures.find(({ verdict }) => verdict === 'invalid')?.reasons[0];
  throw new AppError('document-unsound', reason && { reason });
}

/** Who approved it, and as which file, is what the server's history says; it lies here also without a line. */
function assertApproved(
  document: OfficialDocument,
  main: DocumentFile,
  report: VerificationReport | null,
): void {
  const approval = document.kind === 'outgoing' ? document.approval : null;
  const fault = approvalFault(report, approval?.certificates ?? []);
  if (fault) throw fault;
  if (approval?.file !== main.digest) throw new AppError('approval-unsound', { reason: 'approval-outdated' });
}

/** What comes before and after a signature, the same for one document and for many. */
export class SigningActs {
  readonly #parts: SigningActsParts;
  readonly #taken = new Set<DocumentId>();

  constructor(parts: SigningActsParts) {
    this.#parts = parts;
  }

  /**
   * Takes a document to be signed. Fails with `not-permitted`, with `document-state` also where it is being signed
   * already (a second press of the button), with `document-changed` where it isn't what was shown, and with
   * `file-missing` where it has no file.
   */
  take(id: DocumentId, act: DocumentSigningAct, shown: ShownFile): TakenDocument {
    const { document, facts } = this.#permitted(id, act);
    const main = mainFile(document);
    if (main === null) throw new AppError('file-missing');
    if (this.#taken.has(id)) throw new AppError('document-state');
    assertAsShown(document, facts, shown);
    const confirm = () => {
      const now = this.#permitted(id, act);
      assertAsShown(now.document, now.facts, shown);
    };
    const { work, events, online, queue, verifier } = this.#parts;
    const standing = signedHere(document, facts, purposeOf[act]);
    this.#taken.add(id);
    return {
      document,
      main,
      standing: standing && { digest: standing.digest },
      hold: async () => {
        await online()?.fetch(main);
        const report = await verifier.settle(main.digest);
        assertSound(report);
        if (act === 'seal') assertApproved(document, main, report);
        return report;
      },
      stamp: async (place) => ({ ...(await this.stamp(document, act)), ...place }),
      confirm,
      finish: async (signed) =>
        work.transaction(() => {
          confirm();
          if ('serial' in signed) this.#store(document, main, act, signed);
          // A sealed file stays here until it is issued.
          if (act === 'seal') return null;
          const input = { ...queue.decide(document), file: signed.digest };
          return queue.add(document, { act: 'approve', input });
        }),
      release: () => {
        this.#taken.delete(id);
        events.progress({ id, step: null });
      },
    };
  }

  /**
   * Fails with `document-unsound` {reason}, `document-deceptive` {finding, page} or `pdf-damaged` where the
   * document's file lies here and is known to be bad: a number, once given, can't be taken back.
   */
  async requireSound(document: OfficialDocument): Promise<void> {
    const main = mainFile(document);
    if (main) assertSound(await this.#parts.verifier.settle(main.digest));
  }

  /** What an act puts on a document. Fails with `document-state` where a seal has no number to fill in. */
  async stamp({ reference }: OfficialDocument, act: DocumentSigningAct): Promise<Stamp> {
    const { readImage } = this.#parts;
    if (act === 'approve') {
      const image = await readImage('approvalImage');
      return { kind: 'approval', ...(image && { image }) };
    }
    if (reference === null) throw new AppError('document-state');
    const image = await readImage('sealImage');
    return { kind: 'seal', ...(image && { image }), number: reference.code, date: reference.date };
  }

  #store(document: OfficialDocument, main: DocumentFile, act: DocumentSigningAct, made: MadeFile): void {
    const { work, session, stamping, now } = this.#parts;
    const personId = session.require().person.id;
    const { digest, bytes, serial } = made;
    const about = { documentId: document.id, purpose: purposeOf[act], sourceDigest: main.digest };
    work.signedFiles.add({ ...about, digest, bytes, name: main.name }, personId, now());
    // The approval is sent at once, so there is no time for a stamp; the seal's stamp covers it, too.
    if (act === 'seal') stamping.add(document.id, digest);
    const event = act === 'approve' ? 'sign' : 'seal';
    const detail = { digest, source: main.digest, certificate: serial };
    work.audit.add({ event, personId, documentId: document.id, detail }, now());
  }

  #permitted(id: DocumentId, act: DocumentSigningAct): { document: OfficialDocument; facts: DeskFacts } {
    const found = this.#parts.documents.read(id);
    assertPermitted(act, found.document, this.#parts.session.require().person.role, found.facts);
    return found;
  }
}
