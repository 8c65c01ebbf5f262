import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { greyOf } from '../picture.ts';
import type { Reader, Reading } from '../reading.ts';
import { AnsweringProcess } from './answering-process.ts';

const program = fileURLToPath(new URL('./pdfjs-process.ts', import.meta.url));

interface Answer {
  readonly refused?: string;
  readonly count: number;
  readonly pages: readonly {
    readonly width: number;
    readonly height: number;
    readonly text: string;
    readonly pixels: readonly [number, number];
  }[];
}

/** PDF.js, as the window opens files; `stem` is where it may put pictures. */
export function openPdfjs(stem: string): Reader {
  const child = new AnsweringProcess([process.execPath, '--max-old-space-size=512', program], 1000);
  return {
    read: async (path): Promise<Reading> => {
      const answer = (await child.ask(`${path}\t${stem}`)) as Answer | string;
      if (typeof answer === 'string') return { refused: answer };
      if (answer.refused !== undefined) return { refused: answer.refused };
      const pages = await Promise.all(
        answer.pages.map(async ({ pixels: [across, down], ...page }, index) => {
          const path = `${stem}${index}`;
          const picture = greyOf(across, down, await readFile(path), 4);
          await rm(path);
          return { ...page, picture };
        }),
      );
      return pages.length === 0 ? { refused: 'no pages' } : { count: answer.count, pages };
    },
    close: () => child.close(),
  };
}
