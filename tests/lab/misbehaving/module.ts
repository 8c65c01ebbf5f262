import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { userCache } from '../../../scripts/setup/paths.mjs';
import { runProgram } from '../program.ts';
import { softHsmModule } from '../tokens/machine.ts';
import { type CallName, type Rules, rulesText } from './rules.ts';

export type { CallName, Rules } from './rules.ts';

const headers = join(
  dirname(createRequire(import.meta.url).resolve('pkcs11js/package.json')),
  'includes/pkcs11',
);
const sources = ['module.c', 'control.c'].map((name) => join(import.meta.dirname, name));
const usual = 'antin-misbehaving.so';

/**
 * Compiles the misbehaving module, unless that has been done with the same source before; returns its path. `fileName` gives a copy of another
 * name, since how a module is treated depends on it (native/token/module-table.ts).
 */
export async function buildMisbehavingModule(fileName: string = usual): Promise<string> {
  const hash = createHash('sha256').update(softHsmModule);
  for (const name of (await readdir(import.meta.dirname)).filter((each) => /\.[ch]$/.test(each)).sort())
    hash.update(await readFile(join(import.meta.dirname, name)));
  const folder = join(userCache, 'lab', `misbehaving-${hash.digest('hex').slice(0, 16)}`);
  const path = join(folder, fileName);
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true });
  // Renamed into place: another test may be loading it.
  const fresh = `${path}.${randomBytes(4).toString('hex')}`;
  if (fileName === usual) {
    const strict = ['-std=gnu11', '-O1', '-Wall', '-Wextra', '-Wno-unused-parameter', '-Werror'];
    const shared = ['-shared', '-fPIC', '-fvisibility=hidden', '-I', headers];
    const real = `-DREAL_MODULE="${softHsmModule}"`;
    await runProgram('gcc', [...strict, ...shared, real, '-o', fresh, ...sources, '-ldl', '-lpthread']);
  } else {
    await copyFile(await buildMisbehavingModule(), fresh);
  }
  await rename(fresh, path);
  return path;
}

/** Tells the misbehaving module what to do wrong, in all processes that have `env`, and knows what it was asked. */
export class Misbehaviour {
  /** For the environment of the processes that load the module. */
  readonly env: { readonly ANTIN_MISBEHAVE: string };
  /** Of rules and calls. */
  readonly folder: string;
  #generation = 0;
  #pad: Server | null = null;

  /** @param folder is made; empty, and short enough for a socket's path (100 characters) */
  constructor(folder: string) {
    this.folder = folder;
    this.env = { ANTIN_MISBEHAVE: folder };
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.set({});
  }

  /** Replaces all rules, at once and for running processes, too; counts start again. Without any it is SoftHSM. */
  set(rules: Rules): void {
    this.#generation += 1;
    const path = join(this.folder, 'rules');
    const text = `# ${this.#generation}\n${rulesText(rules)}`;
    if (text.length > 16_000) throw new Error('the module reads 16 KiB of rules');
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
    rmSync(join(this.folder, 'removed'), { force: true });
  }

  /** How often a function has been called, by all processes, since the start or `forget`. */
  calls(name: CallName): number {
    return this.#log().filter((each) => each === name).length;
  }

  /** The functions that have been called at all. */
  called(): Set<CallName> {
    return new Set(this.#log());
  }

  forget(): void {
    writeFileSync(join(this.folder, 'calls'), '');
  }

  /**
   * Somebody sits at the token's PIN pad: `type` gives what is typed when the token asks (`login`, `old`, `new`); empty for the key that
   * cancels. So the PIN goes from here to the module and into no file.
   */
  async pinPad(type: (what: string) => string | Promise<string>): Promise<void> {
    await this.close();
    const pad = createServer((socket) => {
      socket.once('data', async (what) => socket.end(await type(what.toString('latin1'))));
      // The process that asked may have been killed meanwhile.
      socket.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve, reject) => {
      pad.once('error', reject);
      pad.listen(join(this.folder, 'pin-pad'), resolve);
    });
    this.#pad = pad;
  }

  /** Nobody sits at the pad any more. */
  async close(): Promise<void> {
    const pad = this.#pad;
    this.#pad = null;
    if (pad) await new Promise<void>((resolve) => pad.close(() => resolve()));
  }

  #log(): CallName[] {
    const path = join(this.folder, 'calls');
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'latin1').trimEnd().split('\n');
    return lines.filter((line) => line !== '').map((line) => line.slice(line.indexOf(' ') + 1) as CallName);
  }
}
