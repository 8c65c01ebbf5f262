import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decode, encode } from 'fast-png';
import { draftPdf, readDraft, Typesetter } from '../native/drafting/index.ts';
import { allTypes, sampleDraft, strainedDrafts } from '../tests/lab/drafts.ts';
import { runProgram } from '../tests/lab/program.ts';

/**
 * `node scripts/draft-sheet.ts`: page 1 of a draft of each type, and of those that strain the layout, side by side in
 * docs/pictures/drafts.png. To be looked at after each change of the layout.
 */
const columns = 7;
const gap = 8;
const dotsPerInch = 36;
/** A4 at that resolution. */
const cell = { width: 298, height: 421 };

const drafts = [...allTypes.map((type) => sampleDraft(type)), ...Object.values(strainedDrafts)];
const rows = Math.ceil(drafts.length / columns);
const width = columns * (cell.width + gap) + gap;
const height = rows * (cell.height + gap) + gap;
const sheet = new Uint8Array(width * height).fill(0x90);

function paste(png: Uint8Array, left: number, top: number): void {
  const { data, width: own, height: tall, channels } = decode(png);
  for (let y = 0; y < Math.min(tall, cell.height); y++)
    for (let x = 0; x < Math.min(own, cell.width); x++)
      sheet[(top + y) * width + left + x] = data[(y * own + x) * channels] ?? 0xff;
}

const folder = mkdtempSync(path.join(tmpdir(), 'antin-sheet-'));
const typesetter = new Typesetter();
try {
  for (const [index, draft] of drafts.entries()) {
    const stem = path.join(folder, String(index));
    writeFileSync(`${stem}.pdf`, draftPdf(readDraft(JSON.stringify(draft)), typesetter).pdf);
    const look = ['-png', '-gray', '-r', String(dotsPerInch), '-singlefile'];
    await runProgram('pdftoppm', [...look, `${stem}.pdf`, stem]);
    const [column, row] = [index % columns, Math.floor(index / columns)];
    paste(readFileSync(`${stem}.png`), gap + column * (cell.width + gap), gap + row * (cell.height + gap));
  }
} finally {
  typesetter.close();
  rmSync(folder, { recursive: true, force: true });
}
const target = path.join(import.meta.dirname, '../docs/pictures/drafts.png');
writeFileSync(target, encode({ width, height, data: sheet, channels: 1, depth: 8 }));
