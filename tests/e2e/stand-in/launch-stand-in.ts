import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundlePrograms } from '../../../scripts/build-native.ts';
import { type LaunchOptions, launch, type RunningApp } from '../launch.ts';

/** Everything that a test of the shell alone needs: programs, a page and a profile with one file. */
export interface StandIn {
  /** The one file that every profile of it holds. */
  readonly bytes: Buffer;
  readonly digest: string;
  /** A fresh profile; without one, `start` makes its own. */
  newProfile(): string;
  start(options?: Partial<LaunchOptions> & { processes?: 'pipe' | 'utility' }): Promise<RunningApp>;
  remove(): void;
}

export async function makeStandIn(): Promise<StandIn> {
  const folder = mkdtempSync(path.join(tmpdir(), 'antin-stand-in-'));
  const native = path.join(folder, 'native');
  await bundlePrograms({ core: 'tests/e2e/stand-in/core.ts', token: 'tests/e2e/stand-in/token.ts' }, native);
  // As the project's own: Electron's older Node would take the programs for CommonJS.
  writeFileSync(path.join(folder, 'package.json'), '{"type": "module"}');
  // Larger than one read of a stream, so that ranges cross its borders.
  const bytes = randomBytes(300_000);
  const newProfile = () => {
    const profile = mkdtempSync(path.join(folder, 'profile-'));
    writeFileSync(path.join(profile, 'document.pdf'), bytes);
    return profile;
  };
  return {
    newProfile,
    bytes,
    digest: createHash('sha256').update(bytes).digest('hex'),
    start: ({ processes = 'pipe', args = [], ...options } = {}) =>
      launch({
        profile: newProfile(),
        ...options,
        args: [
          `--test-renderer=${path.join(import.meta.dirname, 'page')}`,
          `--test-native=${native}`,
          `--test-processes=${processes}`,
          ...args,
        ],
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What the stand-in page keeps of the shell's and the core's messages. */
export interface Seen {
  ports: number;
  messages: Record<string, unknown>[];
  stopped: number[];
}

declare global {
  /** Set by stand-in/page/page.js. */
  var standInPage: { seen: Seen; say(data: unknown): void };
}
