import type { ConsentAnswer, ConsentQuestion, ConsentRefusal, ConsentReply } from '../../contract/consent.ts';
import type { FileDigest } from '../../contract/identity.ts';
import type { QuestionGate } from './question-gate.ts';

/** A window that asks one question, perhaps several times. */
export interface ConsentView {
  /** Puts the question, or puts it again with why the last answer didn't serve. */
  ask(question: ConsentQuestion): void;
  /** Harmless where it is closed. */
  close(): void;
}

export interface ConsentListener {
  onReply(reply: ConsentReply): void;
  /** The person has closed it. */
  onClosed(): void;
  /** It couldn't be loaded, or has crashed. */
  onFailed(): void;
}

export interface ConsentDeskOptions {
  readonly gate: QuestionGate;
  open(question: ConsentQuestion, listener: ConsentListener): ConsentView;
  /** How long a question may stand open, in milliseconds: nobody signs what somebody was asked before lunch. */
  readonly patienceMs?: number;
}

interface OpenQuestion {
  readonly id: string;
  readonly digests: ReadonlySet<FileDigest>;
  readonly view: ConsentView;
  /** Null while the token is at work on what the person gave. */
  answer: PromiseWithResolvers<ConsentAnswer> | null;
  timer: NodeJS.Timeout | undefined;
  agreed: boolean;
}

const defaultPatienceMs = 10 * 60_000;

/**
 * Where the core's questions about signatures are put to the person: one window, for one question, until the core
 * says that it is over. Whatever goes wrong on the way is a no.
 */
export class ConsentDesk {
  readonly #options: ConsentDeskOptions;
  #open: OpenQuestion | null = null;
  /** How often everybody has gone: a question from before is put to nobody. */
  #abandoned = 0;

  constructor(options: ConsentDeskOptions) {
    this.#options = options;
  }

  /** Answers when the person has. A question with the id of the one that is open is put in its window. */
  async ask(question: ConsentQuestion): Promise<ConsentAnswer> {
    if (this.#open?.id === question.id && this.#open.answer === null) {
      this.#open.view.ask(question);
      return this.#await(this.#open);
    }
    const { gate } = this.#options;
    const before = this.#abandoned;
    const refused = await gate.enter();
    if (refused) return refused;
    if (before !== this.#abandoned) {
      gate.leave(false);
      return { answer: 'refused', why: 'expired', seconds: 0 };
    }
    const { id } = question;
    // What comes late from a window that is closed concerns nobody.
    const heard = (act: (open: OpenQuestion) => void) => {
      if (this.#open?.id === id) act(this.#open);
    };
    const view = this.#options.open(question, {
      onReply: (reply) => heard((open) => this.#take(open, reply)),
      onClosed: () => heard((open) => this.#refuse(open, 'cancelled')),
      onFailed: () => heard((open) => this.#refuse(open, 'failed')),
    });
    const digests = new Set(question.documents.map(({ file }) => file.digest));
    this.#open = { id, digests, view, answer: null, timer: undefined, agreed: false };
    return this.#await(this.#open);
  }

  /** The core has what it wanted, or has given up. */
  end(id: string): void {
    if (this.#open?.id === id) this.#close(this.#open);
  }

  /** Nobody is there to answer any more: the screen is locked, or the core that asked is gone. */
  abandon(): void {
    this.#abandoned += 1;
    if (this.#open) this.#refuse(this.#open, 'expired');
  }

  /** Whether the question that is open is about this file: the window is shown no other. */
  concerns(digest: FileDigest): boolean {
    return this.#open?.digests.has(digest) ?? false;
  }

  #await(open: OpenQuestion): Promise<ConsentAnswer> {
    const answer = Promise.withResolvers<ConsentAnswer>();
    open.answer = answer;
    const patience = this.#options.patienceMs ?? defaultPatienceMs;
    open.timer = setTimeout(() => this.#refuse(open, 'expired'), patience);
    return answer.promise;
  }

  #take(open: OpenQuestion, reply: ConsentReply): void {
    if (reply.say === 'cancel') {
      this.#refuse(open, 'cancelled');
      return;
    }
    if (open.answer === null) return;
    clearTimeout(open.timer);
    const { pin, lastTryConfirmed } = reply;
    open.answer.resolve({ answer: 'confirmed', pin, lastTryConfirmed });
    open.answer = null;
    open.agreed = true;
  }

  #refuse(open: OpenQuestion, why: ConsentRefusal): void {
    if (open.answer) open.agreed = false;
    open.answer?.resolve({ answer: 'refused', why, seconds: 0 });
    this.#close(open);
  }

  #close(open: OpenQuestion): void {
    if (this.#open !== open) return;
    this.#open = null;
    clearTimeout(open.timer);
    // The core is never left waiting, whatever closes the window.
    open.answer?.resolve({ answer: 'refused', why: 'cancelled', seconds: 0 });
    this.#options.gate.leave(open.agreed);
    open.view.close();
  }
}
