import { shell } from 'electron';
import type {
  Confirmation,
  ConfirmationAnswer,
  ConsentAnswer,
  ConsentQuestion,
} from '../../contract/consent.ts';
import type { TargetKind } from '../../contract/shell.ts';
import { mostPaths } from '../../contract/shell.ts';
import { confirmStep } from './confirm-dialog.ts';
import { ConsentDesk } from './consent-desk.ts';
import { openConsentWindow } from './consent-window.ts';
import { pickCertificate, pickDocuments, pickModule, pickTarget } from './file-picker.ts';
import { QuestionGate } from './question-gate.ts';

/** The person at the desk, as the core may ask them: by windows and dialogs of the shell's, one at a time. */
export class Person {
  readonly #gate = new QuestionGate();
  readonly consent: ConsentDesk;

  constructor(note: (text: string) => void) {
    this.consent = new ConsentDesk({
      gate: this.#gate,
      open: (question, listener) => openConsentWindow(question, listener, note),
    });
  }

  askConsent(question: ConsentQuestion): Promise<ConsentAnswer> {
    return this.consent.ask(question);
  }

  endConsent(id: string): void {
    this.consent.end(id);
  }

  /** A dialog that can't be shown is a no. */
  async confirm(confirmation: Confirmation): Promise<ConfirmationAnswer> {
    const refused = await this.#gate.enter();
    if (refused) return refused;
    let agreed = false;
    try {
      agreed = await confirmStep(confirmation);
    } finally {
      this.#gate.leave(agreed);
    }
    return agreed ? { answer: 'confirmed' } : { answer: 'refused', why: 'cancelled', seconds: 0 };
  }

  pickModule(): Promise<string | null> {
    return this.#pick(pickModule);
  }

  pickCertificate(): Promise<string | null> {
    return this.#pick(pickCertificate);
  }

  pickTarget(kind: TargetKind, name: string, folder?: string): Promise<string | null> {
    return this.#pick(() => pickTarget(kind, name, folder));
  }

  async pickDocuments(what: 'files' | 'folder'): Promise<string[]> {
    const picked = await this.#pick(async () => {
      const paths = await pickDocuments(what);
      return paths.length > 0 ? paths : null;
    });
    return (picked ?? []).slice(0, mostPaths);
  }

  /** Opens the system's own folder window; it runs nothing. */
  reveal(path: string): void {
    shell.showItemInFolder(path);
  }

  /** Null also where another question stands open, or one was just turned down: whoever asks so fast is no person. */
  async #pick<T>(ask: () => Promise<T | null>): Promise<T | null> {
    if (await this.#gate.enter()) return null;
    let picked: T | null = null;
    try {
      picked = await ask();
      return picked;
    } finally {
      this.#gate.leave(picked !== null);
    }
  }
}
