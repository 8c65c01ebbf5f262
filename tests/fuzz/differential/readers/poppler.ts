import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readPgms } from '../picture.ts';
import { mostPages, pictureScale, type Reading } from '../reading.ts';
import { AnsweringProcess } from './answering-process.ts';

const loop = fileURLToPath(new URL('./poppler-loop.sh', import.meta.url));
/** What the shell answers for a program that it doesn't find. */
const missing = 127;

/** poppler's own tools, a process for each question: they know no way to be asked twice. */
export class Poppler {
  readonly #shell: AnsweringProcess;
  readonly #output: string;

  /** @param stem where their output may lie */
  constructor(stem: string) {
    this.#output = `${stem}output`;
    this.#shell = new AnsweringProcess([
      ...(['sh', loop, this.#output, String(72 * pictureScale), String(mostPages)] as const),
    ]);
  }

  /** What it draws; its text is asked for apart. */
  async pictures(path: string): Promise<Reading> {
    const drawn = await this.#ask('pictures', path);
    if (typeof drawn === 'string') return { refused: drawn };
    const pages = readPgms(drawn).map((picture) => {
      const [width, height] = [picture.width / pictureScale, picture.height / pictureScale];
      return { width, height, text: '', picture };
    });
    return pages.length === 0 ? { refused: 'no pages' } : { count: pages.length, pages };
  }

  /** The text of its pages, each as one string. */
  async texts(path: string): Promise<string[]> {
    const words = await this.#ask('text', path);
    return typeof words === 'string' ? [] : words.toString('utf8').split('\f');
  }

  close(): void {
    this.#shell.close();
  }

  /** What the program writes; a text says why it failed. */
  async #ask(mode: string, path: string): Promise<Buffer | string> {
    const code = await this.#shell.ask(`${mode}\t${path}`);
    if (code === missing) throw new Error('poppler is missing');
    if (code !== 0) return `ends with ${code}`;
    const output = await readFile(this.#output);
    await rm(this.#output);
    return output;
  }
}
