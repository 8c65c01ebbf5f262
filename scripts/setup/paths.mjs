import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** What set-up makes for this checkout alone; git ignores it. */
export const projectCache = path.join(root, '.cache');

/** What every checkout of this user can share: packages fetched once. */
export const userCache = path.join(
  process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'),
  'an-tin',
);

/** The Node that the project runs under, brought by the npm package `node`. */
export const projectNode = path.join(
  root,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/**
 * @param {string} file
 * @param {string} [algorithm]
 */
export function hashOf(file, algorithm = 'sha256') {
  return createHash(algorithm).update(readFileSync(file)).digest('base64');
}
