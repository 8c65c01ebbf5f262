import { randomBytes, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, type Failure } from '../../contract/failure.ts';
import { type SealedPin, sealPin } from '../../contract/sealed-pin.ts';
import type { KeyReference, ModuleInfo } from '../../contract/token.ts';
import { type ForkedTokenConnection, ForkedTokenHost } from '../../native/token/forked-token-host.ts';
import {
  type SigningOptions,
  TokenClient,
  type TokenClientOptions,
  type TokenHost,
} from '../../native/token/token-client.ts';
import type { Lab, PersonName } from '../lab/lab.ts';
import { buildMisbehavingModule, Misbehaviour, type Rules } from '../lab/misbehaving/module.ts';
import type { SoftToken } from '../lab/tokens/machine.ts';
import { randomPin } from '../lab/tokens/pin.ts';

/** A lab person's token behind the misbehaving module, and a client whose processes are known. */
export class MisbehavingDesk implements TokenHost {
  readonly token: SoftToken;
  readonly modulePath: string;
  readonly misbehaviour: Misbehaviour;
  readonly key: KeyReference;
  /** What a process needs to find this token behind this module. */
  readonly environment: Readonly<Record<string, string>>;
  /** The token's PIN as it is now. */
  pin: string;
  readonly connections: ForkedTokenConnection[] = [];
  readonly #host = new ForkedTokenHost();
  #client: TokenClient;
  #now = 0;

  private constructor(
    token: SoftToken,
    modulePath: string,
    misbehaviour: Misbehaviour,
    environment: Readonly<Record<string, string>>,
  ) {
    this.environment = environment;
    this.token = token;
    this.pin = token.pin;
    this.modulePath = modulePath;
    this.misbehaviour = misbehaviour;
    this.key = { modulePath, tokenSerial: token.serial, certificateId: token.certificateId };
    this.#client = this.#newClient({});
  }

  /** Sets this process' environment, which token processes inherit. */
  static async open(lab: Lab, name: PersonName, fileName?: string): Promise<MisbehavingDesk> {
    const { machine, token } = lab.people[name];
    const misbehaviour = new Misbehaviour(join(lab.dir, `misbehaving-${randomBytes(4).toString('hex')}`));
    const environment = { ...misbehaviour.env, SOFTHSM2_CONF: machine.configuration };
    Object.assign(process.env, environment);
    return new MisbehavingDesk(token, await buildMisbehavingModule(fileName), misbehaviour, environment);
  }

  get client(): TokenClient {
    return this.#client;
  }

  /** Another client with these deadlines; the last one and its process end. */
  async restart(deadlines: TokenClientOptions['deadlines'] = {}): Promise<void> {
    await this.#client.close();
    this.#client = this.#newClient(deadlines);
  }

  async start(): Promise<ForkedTokenConnection> {
    const connection = await this.#host.start();
    this.connections.push(connection);
    return connection;
  }

  /** Modules are tried out in a process of their own first. */
  startProbe(): Promise<ForkedTokenConnection> {
    return this.start();
  }

  set(rules: Rules): void {
    this.misbehaviour.set(rules);
  }

  async list(): Promise<ModuleInfo> {
    // Past any quarantine: what is tried here is the module, not how long it is left alone.
    this.#now += 86_400_000;
    const [module] = await this.client.list([this.modulePath]);
    if (!module) throw new Error('the module is not in the list');
    return module;
  }

  async login(pin: string | null = this.pin, lastTryConfirmed = false): Promise<void> {
    const sealed = pin === null ? null : await this.seal(pin);
    const { modulePath, tokenSerial } = this.key;
    await this.client.login({ modulePath, tokenSerial, pin: sealed, lastTryConfirmed });
  }

  async seal(pin: string): Promise<SealedPin> {
    return sealPin(new TextEncoder().encode(pin), await this.client.pinKey());
  }

  /** Gives the token another PIN, which is the one to log in with from then on. */
  async changePin(): Promise<void> {
    const { modulePath, tokenSerial } = this.key;
    const pin = randomPin();
    const [oldPin, newPin] = [await this.seal(this.pin), await this.seal(pin)];
    await this.client.changePin({ modulePath, tokenSerial, oldPin, newPin, lastTryConfirmed: false });
    this.pin = pin;
  }

  /** Signs fresh bytes and checks the answer with Node's own verification. */
  async sign(options?: SigningOptions): Promise<void> {
    const data = randomBytes(48);
    const signature = await this.client.sign(this.key, 'sha256', data, options);
    if (!verify('sha256', data, this.token.certificate.publicKey, signature))
      throw new Error('the client let a wrong signature through');
  }

  /** The whole way works: the token is listed, a login stands, a signature is right. */
  async works(): Promise<void> {
    this.set({});
    const module = await this.list();
    const found = module.tokens.find(({ serial }) => serial === this.token.serial);
    if (!found) throw new Error(`the token is not listed: ${JSON.stringify(module.error)}`);
    await this.login();
    await this.sign();
  }

  /** Token processes of this desk that still run. */
  alive(): number[] {
    return this.connections.map(({ pid }) => pid).filter((pid) => !['', 'Z'].includes(processState(pid)));
  }

  async close(): Promise<void> {
    await this.#client.close();
    await this.misbehaviour.close();
  }

  #newClient(deadlines: TokenClientOptions['deadlines']): TokenClient {
    return new TokenClient(this, { now: () => this.#now, ...(deadlines && { deadlines }) });
  }
}

/** The letter that `ps` shows; empty once the process is gone. */
function processState(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .slice(0, 1);
  } catch {
    return '';
  }
}

/** Most memory that a process has had at once so far, in MiB; 0 once it is gone. */
export function peakMemory(pid: number): number {
  try {
    const [, kibibytes] = /^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
    return Number(kibibytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** The failure that a call ends with; null where it succeeds. Anything but an AppError is a fault of ours, and fails the test. */
export async function failureOf(call: Promise<unknown>): Promise<Failure | null> {
  try {
    await call;
    return null;
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return thrown.toFailure();
  }
}
