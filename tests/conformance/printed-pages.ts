import { runProgram } from '../lab/program.ts';

/** A word as MuPDF finds it on a page: millimetres from its top left corner, the font's size in points. */
export interface PrintedWord {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly baseline: number;
  readonly size: number;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly font: string;
}

export interface PrintedPage {
  readonly width: number;
  readonly height: number;
  readonly words: readonly PrintedWord[];
}

const millimetres = (points: number) => (points * 25.4) / 72;

interface Letter {
  readonly c: string;
  readonly box: readonly number[];
  readonly y: number;
  readonly size: number;
  readonly font: string;
}

/** What MuPDF reads of a file's pages, letter by letter: a reading that has nothing in common with ours. */
export async function printedPages(file: string): Promise<PrintedPage[]> {
  const xml = (await runProgram('mutool', ['draw', '-q', '-F', 'stext', '-o', '-', file])).toString();
  return [...xml.matchAll(/<page [^>]*width="([\d.]+)" height="([\d.]+)">([\s\S]*?)<\/page>/g)].map(
    ([, width = '0', height = '0', content = '']) => ({
      width: millimetres(Number(width)),
      height: millimetres(Number(height)),
      words: wordsIn(content),
    }),
  );
}

function wordsIn(content: string): PrintedWord[] {
  return [...content.matchAll(/<line [\s\S]*?<\/line>/g)].flatMap(([line]) => {
    const letters = [...line.matchAll(/<font name="([^"]*)" size="([^"]*)">([\s\S]*?)<\/font>/g)].flatMap(
      ([, font = '', size = '', chars = '']) =>
        [...chars.matchAll(/<char quad="([^"]*)" x="[^"]*" y="([^"]*)"[^>]* c="([^"]*)"/g)].map(
          ([, quad = '', y = '', c = '']): Letter => {
            const box = quad.split(' ').map(Number);
            return { c: plain(c), box, y: Number(y), size: Number(size), font };
          },
        ),
    );
    const words: Letter[][] = [[]];
    for (const letter of letters) {
      if (letter.c.trim() === '') words.push([]);
      else words.at(-1)?.push(letter);
    }
    return words.filter((word) => word.length > 0).map(toWord);
  });
}

function toWord(letters: readonly Letter[]): PrintedWord {
  const [first] = letters;
  if (!first) throw new Error('a word without letters');
  const edges = (at: number) => letters.map(({ box }) => box[at] ?? 0);
  return {
    text: letters
      .map(({ c }) => c)
      .join('')
      .normalize('NFC'),
    left: millimetres(Math.min(...edges(0))),
    right: millimetres(Math.max(...edges(2))),
    // Tinos' tallest and lowest letters; MuPDF's boxes are as high as its line.
    top: millimetres(first.y - 0.9 * first.size),
    bottom: millimetres(first.y + 0.22 * first.size),
    baseline: millimetres(first.y),
    size: Math.round(first.size * 10) / 10,
    bold: /bold/i.test(first.font),
    italic: /italic|oblique/i.test(first.font),
    font: first.font,
  };
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|(\w+));/gi, (all, code?: string, name?: string) =>
    code === undefined ? (entities[name ?? ''] ?? all) : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}
