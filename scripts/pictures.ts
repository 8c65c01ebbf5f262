import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './setup/paths.mjs';

/** Takes the pictures that README.md shows from the last tour, so that they are never older than the program. */
const shown = [
  ...readFileSync(path.join(root, 'README.md'), 'utf8').matchAll(/docs\/pictures\/([\w-]+)\.png/g),
];
const taken = readdirSync(path.join(root, 'out/tour'));

for (const [, moment = ''] of shown) {
  const picture = taken.find((name) => name.replace(/^\d+-/, '') === `${moment}.png`);
  if (!picture) throw new Error(`the tour has no picture of ${moment}: play it with npm run tour`);
  copyFileSync(path.join(root, 'out/tour', picture), path.join(root, 'docs/pictures', `${moment}.png`));
  console.log(`${moment}.png`);
}
