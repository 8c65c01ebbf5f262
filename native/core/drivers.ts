import type { TokenState } from '../../contract/desktop.ts';
import { AppError } from '../../contract/failure.ts';
import type { FilePicker } from './ports.ts';
import type { Tokens } from './tokens.ts';

/**
 * Drivers that a person adds and takes away. Only a file that they chose in the shell's own dialog, in this run, is ever loaded:
 * a page that has been taken over could otherwise have any library run. Without a shell, as under tests and scripts,
 * whoever calls could load libraries anyway.
 */
export class Drivers {
  readonly #tokens: Tokens;
  readonly #picker: () => Pick<FilePicker, 'pickModule'> | null;
  readonly #picked = new Set<string>();

  constructor(parts: { tokens: Tokens; picker: () => Pick<FilePicker, 'pickModule'> | null }) {
    this.#tokens = parts.tokens;
    this.#picker = parts.picker;
  }

  /** Has the person choose a file; null where they cancel, or there is no shell to ask them. */
  async pick(): Promise<{ path: string | null }> {
    const path = (await this.#picker()?.pickModule()) ?? null;
    if (path !== null) this.#picked.add(path);
    return { path };
  }

  /** Fails with `not-permitted` for a file that nobody has picked, or with why it can't be used. */
  async add(path: string): Promise<TokenState> {
    if (this.#picker() !== null && !this.#picked.has(path)) throw new AppError('not-permitted');
    return this.#tokens.addModule(path);
  }

  remove(path: string): Promise<TokenState> {
    return this.#tokens.removeModule(path);
  }
}
