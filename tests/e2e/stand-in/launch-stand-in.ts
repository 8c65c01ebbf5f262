import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundlePrograms } from '../../../scripts/build-native.ts';
import { type LaunchOptions, launch, type RunningApp } from '../launch.ts';

/** Everything that a test of the shell alone needs: programs, a page and a profile with one file. */
export interface StandIn {
  readonly profile: string;
  readonly bytes: Buffer;
  readonly digest: string;
  start(options?: Partial<LaunchOptions> & { processes?: 'pipe' | 'utility' }): Promise<RunningApp>;
  remove(): void;
}

export async function makeStandIn(): Promise<StandIn> {
  const folder = mkdtempSync(path.join(tmpdir(), 'antin-stand-in-'));
  const native = path.join(folder, 'native');
  await bundlePrograms({ core: 'tests/e2e/stand-in/core.ts', token: 'tests/e2e/stand-in/token.ts' }, native);
  const profile = mkdtempSync(path.join(folder, 'profile-'));
  // Larger than one read of a stream, so that ranges cross its borders.
  const bytes = randomBytes(300_000);
  writeFileSync(path.join(profile, 'document.pdf'), bytes);
  return {
    profile,
    bytes,
    digest: createHash('sha256').update(bytes).digest('hex'),
    start: ({ processes = 'pipe', args = [], ...options } = {}) =>
      launch({
        profile,
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
  var standIn: { seen: Seen; say(data: unknown): void };
}
