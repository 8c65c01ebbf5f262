import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findImports } from './wall/imports.ts';
import { judgeImport, rooms } from './wall/rules.ts';

/** Checks every import of the project against the table in wall/rules.ts. Exit code 1 where one breaks a rule. */
const root = path.join(import.meta.dirname, '..');
const top = [...new Set(Object.keys(rooms).map((room) => room.split('/')[0]))];
const files = top.flatMap((room) =>
  globSync(`${room}/**/*.{ts,tsx,js,mjs,cjs}`, { cwd: root, exclude: ['**/node_modules/**'] }),
);

let breaches = 0;
for (const file of files.map((name) => name.split(path.sep).join('/')).sort()) {
  for (const { specifier, line } of findImports(file, readFileSync(path.join(root, file), 'utf8'))) {
    const rule = judgeImport(file, specifier);
    if (rule === null) continue;
    breaches += 1;
    console.error(`${file}:${line}: imports "${specifier}": ${rule}`);
  }
}
if (files.length === 0) throw new Error('no files found to check');
console.error(`import wall: ${files.length} files, ${breaches} breaches`);
process.exitCode = breaches === 0 ? 0 : 1;
