import {
  chmodSync,
  closeSync,
  constants,
  type Dirent,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../../contract/failure.ts';

const othersBits = 0o077;
/** Below it, a folder that was closed to others is believed to hold nothing open to them: they couldn't get in. */
const alwaysLookedAt = 2;

function exposed(path: string, reason: 'store-link' | 'store-owner'): AppError {
  return new AppError('store-exposed', { file: basename(path), reason });
}

/**
 * Makes a folder its owner's alone (0700, files 0600), whatever was there before: made by an earlier version, under
 * another umask, unpacked from an archive. What is below is looked through where the folder was open to others; else
 * only as deep as costs nothing. On Windows the account's own folder has an access list of its own, which is
 * inherited; nothing is changed there.
 *
 * @param ours names in it that this program opens: a link in their place would lead its data elsewhere
 * @throws AppError `store-exposed` {file, reason} where it, or what is opened in it, belongs to another account or is
 *   a link
 */
export function makePrivate(folder: string, ours: readonly string[]): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Its own name may be a link that its owner made, to a larger disk for example.
  const real = realpathSync(folder);
  for (const name of ours) {
    const found = lstatSync(join(real, name), { throwIfNoEntry: false });
    if (found?.isSymbolicLink()) throw exposed(join(real, name), 'store-link');
  }
  if (process.platform === 'win32') return;
  const { uid, mode } = statSync(real);
  if (uid !== process.getuid?.()) throw exposed(real, 'store-owner');
  tighten(real, mode, 0, false);
}

/** @param wasOpen others could get in, here or further up */
function tighten(folder: string, mode: number, depth: number, wasOpen: boolean): void {
  const isOpen = (mode & othersBits) !== 0;
  if (isOpen) chmodSync(folder, 0o700);
  if (!isOpen && !wasOpen && depth >= alwaysLookedAt) return;
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    tightenEntry(folder, entry, depth, wasOpen || isOpen);
}

function tightenEntry(folder: string, entry: Dirent, depth: number, wasOpen: boolean): void {
  // Links are left alone (Chromium keeps some): changing a mode would change it where they lead to.
  if (!entry.isDirectory() && !entry.isFile()) return;
  const path = join(folder, entry.name);
  const found = lstatSync(path, { throwIfNoEntry: false });
  // Gone meanwhile, as a running program's temporary files are; another account's can't be changed.
  if (!found || found.uid !== process.getuid?.()) return;
  if (found.isDirectory()) tighten(path, found.mode, depth + 1, wasOpen);
  else if (found.isFile() && (found.mode & othersBits) !== 0) chmodSync(path, found.mode & 0o700);
}

/**
 * Gets a file ready that others' code opens by its name (SQLite): made where it isn't there, 0600, no link. Never
 * opened where it exists, since closing it would end the locks that this process has on it.
 *
 * @throws AppError `store-exposed` {file, reason: 'store-link'} where something else has the name
 */
export function claimFile(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) {
    const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
    closeSync(openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600));
    return;
  }
  if (!found.isFile()) throw exposed(path, 'store-link');
  if (process.platform !== 'win32' && (found.mode & othersBits) !== 0) chmodSync(path, 0o600);
}
