import { type BigIntStats, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { AppError } from '../../contract/failure.ts';

/** The file that a path leads to, links followed; undefined where there is none, or none that may be looked at. */
function found(path: string): BigIntStats | undefined {
  try {
    // As bigints: NTFS numbers its files beyond what a double holds.
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Device and inode of what a path leads to; without a file there, the path itself. */
function identityOf(path: string): string {
  const file = found(path);
  return file ? `${file.dev}:${file.ino}` : resolve(path);
}

/**
 * Those of `targets`, by their places, that would take the place of what is read, with `output-is-input` {file} for
 * each. They are one file however their paths are spelt: through links, linked folders, a second name of the file, or
 * another case where the file system doesn't tell them apart.
 */
export function inputsAmong(targets: readonly string[], inputs: readonly string[]): Map<number, AppError> {
  const read = new Set(inputs.map(identityOf));
  const replaced = new Map<number, AppError>();
  for (const [place, target] of targets.entries()) {
    if (!read.has(identityOf(target))) continue;
    replaced.set(place, new AppError('output-is-input', { file: basename(target) }));
  }
  return replaced;
}

/** Fails with `output-is-input` {file} where `target` is one of `inputs`. */
export function assertNotInput(target: string, inputs: readonly string[]): void {
  for (const failure of inputsAmong([target], inputs).values()) throw failure;
}

const ownerMode = 0o600;
const othersMode = 0o066;

/**
 * The mode for a file that is made of `source`: nobody reads or writes it who couldn't the source. The umask takes its
 * part away as ever.
 */
export function modeLike(source: string): number {
  const file = found(source);
  return ownerMode | (file ? Number(file.mode) & othersMode : 0);
}
