import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../contract/failure.ts';
import { claimFile } from '../disk/private-folder.ts';
import { systemErrorCode } from './file-failure.ts';

const keyBytes = 32;

/**
 * The key with which a profile vouches for what it keeps: made at its first start, in a file of its own (0600). It
 * tells what this program wrote from what came into the database by another way: a copy of another computer's, an
 * editor for databases, a program that can write that file and nothing else. It is no protection from whoever can
 * read all of the profile, as the person can.
 *
 * Fails with `store-exposed` where a link has its name, and with `store-damaged` where it isn't a key.
 */
export function profileKey(folder: string): Buffer {
  const path = join(folder, 'store.key');
  try {
    const descriptor = openSync(path, 'wx', 0o600);
    try {
      writeSync(descriptor, randomBytes(keyBytes));
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  }
  claimFile(path);
  const key = readFileSync(path);
  if (key.length !== keyBytes) throw new AppError('store-damaged', { file: 'store.key' });
  return key;
}
