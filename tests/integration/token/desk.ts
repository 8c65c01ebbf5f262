import { readFileSync } from 'node:fs';
import { sealPin } from '../../../contract/sealed-pin.ts';
import type { KeyReference } from '../../../contract/token.ts';
import { type ForkedTokenConnection, ForkedTokenHost } from '../../../native/token/forked-token-host.ts';
import { TokenClient, type TokenClientOptions, type TokenHost } from '../../../native/token/token-client.ts';
import { type SoftToken, softHsm } from './soft-token.ts';

/** A client over a real token process that the test may stop, kill and count. */
export class Desk implements TokenHost {
  readonly #host = new ForkedTokenHost();
  readonly connections: ForkedTokenConnection[] = [];
  /** How often a module was tried out. */
  probes = 0;
  readonly client: TokenClient;

  constructor(options: TokenClientOptions = {}) {
    this.client = new TokenClient(this, options);
  }

  async start(): Promise<ForkedTokenConnection> {
    const connection = await this.#host.start();
    this.connections.push(connection);
    return connection;
  }

  async startProbe(): Promise<ForkedTokenConnection> {
    this.probes += 1;
    return this.#host.startProbe();
  }

  /** The process of the newest start. */
  get pid(): number {
    const newest = this.connections.at(-1);
    if (!newest) throw new Error('no token process has been started yet');
    return newest.pid;
  }

  /** Freezes the process, so that whatever is asked next stays under way. */
  freeze(): void {
    process.kill(this.pid, 'SIGSTOP');
    // A signal is delivered at the next chance, not at once; until then the process could still answer.
    while (processState(this.pid) !== 'T');
  }

  async login(token: SoftToken, pin = token.pin, modulePath = softHsm): Promise<void> {
    const sealed = await sealPin(new TextEncoder().encode(pin), await this.client.pinKey());
    await this.client.login({ modulePath, tokenSerial: token.serial, pin: sealed, lastTryConfirmed: false });
  }
}

/** One letter, as `ps` shows it; empty once the process is gone. */
export function processState(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .slice(0, 1);
  } catch {
    return '';
  }
}

export function reference(token: SoftToken, key = 0, modulePath = softHsm): KeyReference {
  return { modulePath, tokenSerial: token.serial, certificateId: token.keys[key]?.id ?? '' };
}
