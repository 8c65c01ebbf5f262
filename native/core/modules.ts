import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { AppError } from '../../contract/failure.ts';
import { saveFile } from '../store/saved-file.ts';
import { discoverModules, eachOnce, type FoundModule } from '../token/discovery.ts';

/** `modules.json` in the profile: the drivers that the person added by hand. */
const modulesFile = z.object({ added: z.array(z.string().min(1).max(4096)).max(32) });

/** As many modules as the contract can tell of. */
const mostModules = 64;

export interface ModulesOptions {
  /** Paths that the configuration names. */
  readonly configured: readonly string[];
  /** Whether the system is searched, too. */
  readonly discover: boolean;
  /** Where added paths are kept. */
  readonly file: string;
  /** For tests; by default, asks the system. */
  readonly search?: () => Promise<FoundModule[]>;
}

/** Which PKCS#11 modules this profile uses: the configuration's, the person's, the system's. */
export class Modules {
  readonly #options: ModulesOptions;
  readonly #search: () => Promise<FoundModule[]>;
  #added: Promise<string[]> | undefined;
  #found: Promise<FoundModule[]> | undefined;

  constructor(options: ModulesOptions) {
    this.#options = options;
    this.#search = options.search ?? discoverModules;
  }

  /** @param again searches the system once more: somebody may have installed something */
  async list(again = false): Promise<FoundModule[]> {
    if (again || !this.#found) this.#found = this.#options.discover ? this.#search() : Promise.resolve([]);
    const configured = this.#options.configured.map((path): FoundModule => ({ path, source: 'configured' }));
    const added = (await this.#kept()).map((path): FoundModule => ({ path, source: 'added' }));
    return eachOnce([...configured, ...added, ...(await this.#found)]).slice(0, mostModules);
  }

  /** Keeps a path; nothing changes where it is known already. Fails with `write-failed`, `disk-full` as a file does. */
  async add(path: string): Promise<void> {
    const known = await this.list();
    const all = eachOnce([...known, { path, source: 'added' }]);
    if (all.length === known.length) return;
    await this.#keep([...(await this.#kept()), path]);
  }

  /** Forgets an added path. */
  async remove(path: string): Promise<void> {
    const kept = await this.#kept();
    if (kept.includes(path)) await this.#keep(kept.filter((each) => each !== path));
  }

  #kept(): Promise<string[]> {
    this.#added ??= this.#read();
    return this.#added;
  }

  /** What can't be read is no reason not to start: the person adds the driver again. */
  async #read(): Promise<string[]> {
    try {
      const text = await readFile(this.#options.file, 'utf8');
      return modulesFile.parse(JSON.parse(text)).added;
    } catch {
      return [];
    }
  }

  async #keep(added: string[]): Promise<void> {
    const checked = modulesFile.safeParse({ added });
    if (!checked.success) throw new AppError('input-invalid', { field: 'path' });
    const { file } = this.#options;
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await saveFile(file, Buffer.from(JSON.stringify(checked.data, null, 2)), { replace: true });
    this.#added = Promise.resolve(added);
  }
}
