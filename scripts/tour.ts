import { copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { playMainJob } from '../tests/e2e/scenario/play.ts';
import { Stage } from '../tests/e2e/scenario/stage.ts';
import { runProgram } from '../tests/lab/program.ts';
import { root } from './setup/paths.mjs';

/** A little page that shows where signatures are, and not yet what stands there. */
const undrawnPage = 'button[style*="aspect-ratio"]:not(:has(canvas[data-drawn]))';

/** Plays the main job without anybody's hands and leaves a numbered picture of each moment and the signed files. */
export async function playTour(folder = path.join(root, 'out', 'tour')): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const stage = await Stage.set();
  try {
    let pictures = 0;
    const { versions } = await playMainJob(stage, async (moment, desk, window) => {
      pictures += 1;
      const name = `${String(pictures).padStart(2, '0')}-${moment}.png`;
      await desk.page.locator(undrawnPage).first().waitFor({ state: 'detached' });
      await (window ?? desk).page.screenshot({ path: path.join(folder, name), animations: 'disabled' });
      console.log(name);
    });
    for (const [index, name] of ['1-draft.pdf', '2-approved.pdf', '3-sealed.pdf'].entries()) {
      const version = versions[index];
      if (version === undefined) throw new Error(`the server has no ${name}`);
      await copyFile(version, path.join(folder, name));
      console.log(name);
    }
    await drawPages(path.join(folder, '3-sealed.pdf'), path.join(folder, `${pictures + 1}-paper`));
  } finally {
    await stage.close();
  }
}

/** The pages as another program shows them, fields and stamps included. */
async function drawPages(pdf: string, stem: string): Promise<void> {
  await runProgram('pdftoppm', ['-png', '-r', '72', pdf, stem]);
}
