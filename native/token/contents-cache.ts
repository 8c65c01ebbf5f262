import type { Handle } from 'pkcs11js';
import type { CertificateInfo } from '../../contract/token.ts';
import type { DriverModule } from './driver-module.ts';
import type { TokenSlot } from './token-slot.ts';

/** However still a token seems, its objects are read again after this long: another program may have renewed a certificate. */
const longestMs = 60_000;

/** What is read from a token beside its name and flags. */
export interface TokenContents {
  readonly certificates: CertificateInfo[];
  /** Names of its signing mechanisms. */
  readonly mechanisms: string[];
}

interface Entry {
  readonly state: string;
  readonly readAt: number;
  readonly contents: TokenContents;
}

/**
 * What was read from tokens, for as long as they look the same: reading a real token's objects takes its card seconds, asking for
 * its flags does not. Whoever looks every second would otherwise keep it busy for ever.
 */
export class ContentsCache {
  readonly #entries = new Map<DriverModule, Map<string, Entry>>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** What was read while the token looked as it does now; reads it again otherwise. */
  get(module: DriverModule, slot: TokenSlot, loggedIn: boolean, read: () => TokenContents): TokenContents {
    const ofModule = this.#entries.get(module) ?? new Map<string, Entry>();
    this.#entries.set(module, ofModule);
    const place = handleName(slot.handle);
    const state = JSON.stringify([slot.serial, slot.label, slot.state, loggedIn]);
    const known = ofModule.get(place);
    if (known?.state === state && this.#now() - known.readAt < longestMs) return known.contents;
    ofModule.delete(place);
    const contents = read();
    ofModule.set(place, { state, readAt: this.#now(), contents });
    return contents;
  }

  /** Forgets what was read from slots that hold no token any more: the next one there may call itself the same. */
  keepOnly(module: DriverModule, handles: readonly Handle[]): void {
    const present = new Set(handles.map(handleName));
    const ofModule = this.#entries.get(module);
    for (const place of ofModule?.keys() ?? []) if (!present.has(place)) ofModule?.delete(place);
  }
}

function handleName(handle: Handle): string {
  return handle.toString('hex');
}
