#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync, fstatSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// The command line's way in. Runs the built program where it is fresh, the sources where they are newer, and hands
// itself over to the project's own Node where the one it was started with is too old.
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const built = path.join(root, 'out/native/cli.js');
const source = path.join(root, 'native/cli/main.ts');

/** @param {number} major @param {number} minor */
function nodeIsAtLeast(major, minor) {
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/**
 * When the newest source was changed, in milliseconds.
 * @param {string} folder
 * @returns {number}
 */
function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    time = Math.max(time, entry.isDirectory() ? newest(file) : statSync(file).mtimeMs);
  }
  return time;
}

/** The file to run, and whether it is TypeScript. */
function chooseProgram() {
  const hasBuilt = existsSync(built);
  // A package brings no sources.
  if (!existsSync(source)) return hasBuilt ? { file: built, isSource: false } : null;
  const changed = Math.max(newest(path.join(root, 'native')), newest(path.join(root, 'contract')));
  return hasBuilt && statSync(built).mtimeMs > changed
    ? { file: built, isSource: false }
    : { file: source, isSource: true };
}

const program = chooseProgram();
if (!program) {
  console.error('antin: the program is not complete: out/native/cli.js is missing');
  process.exitCode = 1;
} else if (program.isSource ? nodeIsAtLeast(22, 18) : nodeIsAtLeast(22, 12)) {
  // As if it had been started itself: process.argv[1] names the program.
  process.argv[1] = program.file;
  await import(pathToFileURL(program.file).href);
} else {
  runUnderOwnNode();
}

/** With the same arguments, standard input and open file descriptors: a PIN may come by any of them. */
function runUnderOwnNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const node = path.join(root, 'node_modules/node/bin', name);
  if (!existsSync(node)) {
    console.error(
      `antin: Node 22.18 or newer is needed, this is ${process.version}. In a checkout, "npm run setup" brings one.`,
    );
    process.exitCode = 1;
    return;
  }
  const result = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: inheritAll(),
  });
  if (result.error) throw result.error;
  if (result.signal) process.kill(process.pid, result.signal);
  process.exitCode = result.status ?? 1;
}

/** Standard streams, and every descriptor up to the one that --pin-fd names. */
function inheritAll() {
  const place = process.argv.findIndex((argument) => /^--pin-fd(=|$)/.test(argument));
  const argument = process.argv[place] ?? '';
  const named = place < 0 ? '' : argument.includes('=') ? argument.split('=')[1] : process.argv[place + 1];
  const highest = Math.min(Math.max(2, Number(named) || 0), 255);
  return Array.from({ length: highest + 1 }, (_, descriptor) => (isOpen(descriptor) ? descriptor : 'ignore'));
}

/** @param {number} descriptor */
function isOpen(descriptor) {
  try {
    fstatSync(descriptor);
    return true;
  } catch {
    return false;
  }
}
