import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProvinceSeed } from '../../../server/seed.ts';
import { type RunningServer, startServer } from '../../../server/server.ts';
import { type Lab, type PersonName, startLab } from '../../lab/lab.ts';
import { launch, type RunningApp } from '../launch.ts';
import { Desk } from './desk.ts';

/** How often tokens and changes are looked for here: a scenario shouldn't wait for a demo's calm. */
const tokenPollMs = 500;
const changesWaitSeconds = 5;

/** The lab, the province's server, and the windows of the people who work with it. */
export class Stage {
  readonly lab: Lab;
  readonly #dataDir: string;
  readonly #apps: RunningApp[] = [];
  #server: RunningServer | null = null;
  #port = 0;
  #arrivals: ProvinceSeed['arrivals'] = [];

  private constructor(lab: Lab) {
    this.lab = lab;
    this.#dataDir = join(lab.dir, 'server');
  }

  /** `arrivals`: what offices outside the province have sent to somebody here. */
  static async set(arrivals?: (lab: Lab) => Promise<ProvinceSeed['arrivals']>): Promise<Stage> {
    const stage = new Stage(await startLab());
    stage.#arrivals = (await arrivals?.(stage.lab)) ?? [];
    await stage.startServer();
    return stage;
  }

  get serverUrl(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts the server, or starts it again at its old address with what it knew. */
  async startServer(): Promise<void> {
    const { anchors } = this.lab;
    const seed = { ...this.lab.seed, arrivals: this.#arrivals };
    // Only what goes wrong: a scenario's log is read by people.
    const log = (line: { level: string }) => void (line.level === 'error' && console.error(line));
    const options = { dataDir: this.#dataDir, port: this.#port, anchors, seed, allowPrivate: true, log };
    this.#server = await startServer(options);
    this.#port = Number(new URL(this.#server.url).port);
  }

  /** Pulls the line: nobody answers any more. */
  async stopServer(): Promise<void> {
    await this.#server?.close();
    this.#server = null;
  }

  /** Opens a person's window on a computer of their own. */
  async open(name: PersonName): Promise<Desk> {
    const { serverUrl } = this;
    const profile = await this.lab.profile(name, { serverUrl, tokenPollMs, changesWaitSeconds });
    const app = await launch({ profile: profile.dir, env: profile.env });
    this.#apps.push(app);
    return new Desk(app, profile.dir, this.lab.people[name]);
  }

  /** All versions of a document that the server holds, each beginning with the one before it: original, signed, sealed. */
  async versionsOf(original: string): Promise<string[]> {
    const start = await readFile(original);
    const versions: { path: string; length: number }[] = [];
    for (const entry of await readdir(join(this.#dataDir, 'files'), {
      recursive: true,
      withFileTypes: true,
    })) {
      const path = join(entry.parentPath, entry.name);
      const bytes = entry.isFile() ? await readFile(path) : Buffer.alloc(0);
      if (bytes.subarray(0, start.length).equals(start)) versions.push({ path, length: bytes.length });
    }
    return versions.toSorted((a, b) => a.length - b.length).map(({ path }) => path);
  }

  async close(): Promise<void> {
    const ended = await Promise.allSettled(this.#apps.map((app) => app.close()));
    await this.stopServer();
    await this.lab.close();
    for (const result of ended) if (result.status === 'rejected') throw result.reason;
  }
}
