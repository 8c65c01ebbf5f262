import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { Handle, PKCS11 } from 'pkcs11js';
import { AppError } from '../../contract/failure.ts';
import { assertLoadable } from './library-header.ts';
import { fromLoadFailure } from './load-failure.ts';
import { type Rescan, rescanOf } from './module-table.ts';
import { watched } from './process-watch.ts';
import { fromReturnValue, returnValueOf } from './return-value.ts';
import { cleanText, shownPath } from './token-text.ts';

/** The addon, by `require`: it is CommonJS whose names an ES import can't see. Only the token process may load this file. */
export const cryptoki = createRequire(import.meta.url)('pkcs11js') as typeof import('pkcs11js');

/** A module that reports more slots than this is broken; the rest is left out. */
const mostSlots = 64;

/** The functions of PKCS#11, by their names: for failures, and so that a misspelt one doesn't compile. */
export type FunctionName = Extract<keyof PKCS11, `C_${string}`>;

/**
 * A maker's PKCS#11 library, loaded and initialised. Each call into it may hang, crash this process, or lie; what it
 * throws becomes an AppError here and nowhere else.
 *
 * A library is never unloaded once its code has run: several crash in dlclose, with threads of theirs still running.
 */
export class DriverModule {
  readonly path: string;
  readonly rescan: Rescan;
  readonly #library: PKCS11;
  #initialised = false;

  private constructor(path: string, library: PKCS11) {
    this.path = path;
    this.rescan = rescanOf(path);
    this.#library = library;
  }

  /**
   * Loads exactly this file: a bare name, left to the system's loader, would be searched for in folders that others may write to.
   * @throws AppError `module-missing`, `module-wrong-architecture`, `module-not-pkcs11`, `module-dependency-missing`,
   * `module-unusable` {path, reason}
   */
  static load(name: string): DriverModule {
    const path = resolve(name);
    assertLoadable(path);
    const library = new cryptoki.PKCS11();
    try {
      library.load(path);
    } catch (thrown) {
      library.close();
      throw fromLoadFailure(thrown, path);
    }
    const module = new DriverModule(path, library);
    module.#initialize();
    return module;
  }

  /** Calls one function of the library: `module.call('C_Sign', (library) => library.C_Sign(…))`. */
  call<Result>(name: FunctionName, use: (library: PKCS11) => Result): Result {
    try {
      return watched(() => use(this.#library));
    } catch (thrown) {
      throw fromReturnValue(thrown, name);
    }
  }

  /** The library's own description, cleaned. */
  description(): string {
    const info = this.call('C_GetInfo', (library) => library.C_GetInfo());
    return cleanText(info.libraryDescription) || cleanText(info.manufacturerID);
  }

  /** Every slot with a token in it: a card that isn't ours may well sit in the first one. */
  slots(): Handle[] {
    return this.call('C_GetSlotList', (library) => library.C_GetSlotList(true)).slice(0, mostSlots);
  }

  /** Every slot, empty ones, too. */
  allSlots(): Handle[] {
    return this.call('C_GetSlotList', (library) => library.C_GetSlotList(false)).slice(0, mostSlots);
  }

  /** Initialises the library again where the last try failed. @throws AppError `module-unusable` */
  ensureInitialised(): void {
    if (!this.#initialised) this.#initialize();
  }

  /** C_Finalize and C_Initialize: ends every session and login of this library. */
  restart(): void {
    this.#initialised = false;
    try {
      this.#library.C_Finalize();
    } catch (thrown) {
      if (returnValueOf(thrown) !== 'CKR_CRYPTOKI_NOT_INITIALIZED')
        throw fromReturnValue(thrown, 'C_Finalize');
    }
    this.#initialize();
  }

  #initialize(): void {
    try {
      this.#library.C_Initialize({ flags: cryptoki.CKF_OS_LOCKING_OK });
      this.#initialised = true;
    } catch (thrown) {
      const value = returnValueOf(thrown);
      if (value === 'CKR_CRYPTOKI_ALREADY_INITIALIZED') {
        this.#initialised = true;
        return;
      }
      throw new AppError(
        'module-unusable',
        { path: shownPath(this.path), reason: value ?? 'C_Initialize' },
        { cause: thrown },
      );
    }
  }
}
