import type {
  Confirmation,
  ConfirmationAnswer,
  ConsentAnswer,
  ConsentQuestion,
} from '../../contract/consent.ts';
import type { TargetKind } from '../../contract/shell.ts';
import type { FilePicker, PersonPort } from './ports.ts';
import type { ShellClient } from './shell-client.ts';

/** The person at the desk, asked by the shell in its own windows. Everything takes as long as they do. */
export class ShellPerson implements FilePicker, PersonPort {
  readonly #shell: ShellClient;

  constructor(shell: ShellClient) {
    this.#shell = shell;
  }

  async pickModule(): Promise<string | null> {
    return (await this.#shell.pickModule({})).path;
  }

  async pickCertificate(): Promise<string | null> {
    return (await this.#shell.pickCertificate({})).path;
  }

  async pickTarget(kind: TargetKind, name: string, folder?: string): Promise<string | null> {
    return (await this.#shell.pickTarget({ kind, name, ...(folder !== undefined && { folder }) })).path;
  }

  async pickDocuments(what: 'files' | 'folder'): Promise<readonly string[]> {
    return (await this.#shell.pickDocuments({ what })).paths;
  }

  async reveal(path: string): Promise<void> {
    await this.#shell.revealFile({ path });
  }

  async askConsent(question: ConsentQuestion): Promise<ConsentAnswer> {
    return this.#shell.askConsent({ question });
  }

  async endConsent(id: string): Promise<void> {
    await this.#shell.endConsent({ id });
  }

  async confirm(confirmation: Confirmation): Promise<ConfirmationAnswer> {
    return this.#shell.confirm({ confirmation });
  }
}
