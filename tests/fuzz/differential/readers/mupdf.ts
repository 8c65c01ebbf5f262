import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { decodePng } from '../../../../native/pdf/image/png-pixels.ts';
import { greyOf } from '../picture.ts';
import { pictureScale, type Reader, type Reading } from '../reading.ts';
import { AnsweringProcess } from './answering-process.ts';

const script = fileURLToPath(new URL('./mupdf-loop.mujs', import.meta.url));

interface Answer {
  readonly refused?: string;
  readonly count: number;
  readonly pages: readonly { readonly width: number; readonly height: number; readonly text: string }[];
}

/** mupdf, kept open by its own scripts; `stem` is where it may put pictures. */
export function openMupdf(stem: string): Reader {
  // mutool keeps what it prints to a pipe until there is much of it.
  const program = new AnsweringProcess(['stdbuf', '-oL', 'mutool', 'run', script, String(pictureScale)]);
  return {
    read: async (path): Promise<Reading> => {
      const answer = (await program.ask(`${path}\t${stem}`)) as Answer | string;
      if (typeof answer === 'string') return { refused: answer };
      if (answer.refused !== undefined) return { refused: answer.refused };
      const pages = await Promise.all(
        answer.pages.map(async (page, index) => {
          const path = `${stem}${index}.png`;
          const { width, height, colour } = decodePng(await readFile(path));
          await rm(path);
          return { ...page, picture: greyOf(width, height, colour, 3) };
        }),
      );
      return pages.length === 0 ? { refused: 'no pages' } : { count: answer.count, pages };
    },
    close: () => program.close(),
  };
}
