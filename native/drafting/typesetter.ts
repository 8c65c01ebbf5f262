import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import * as z from 'zod';
import { AppError } from '../../contract/failure.ts';
import type { Paper } from './paper.ts';
import { paperSource } from './template.ts';

/** Where the typesetter put a field: millimetres from the top left corner of the page, pages from 1. */
const typesetPlace = z.object({
  name: z.enum(['number', 'date', 'approval']),
  page: z.int().min(1),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});
export type TypesetPlace = z.infer<typeof typesetPlace>;

export interface TypesetPaper {
  readonly pdf: Uint8Array;
  readonly pages: number;
  readonly places: readonly TypesetPlace[];
}

const faces = [
  '400Regular/Tinos_400Regular.ttf',
  '400Regular_Italic/Tinos_400Regular_Italic.ttf',
  '700Bold/Tinos_700Bold.ttf',
  '700Bold_Italic/Tinos_700Bold_Italic.ttf',
];

/**
 * Typst with our fonts and nothing else: its workspace is an empty folder, layout and fonts come from memory, the
 * text as data. It loads fifty megabytes and can end its process, so that it belongs into one of its own. `close`
 * when done.
 */
export class Typesetter {
  readonly #workspace: string;
  readonly #compiler: NodeCompiler;
  readonly #source: string;

  /** `source`: another layout than the decree's. */
  constructor(source: string = paperSource()) {
    const locate = createRequire(import.meta.url).resolve;
    const fontBlobs = faces.map((face) => readFileSync(locate(`@expo-google-fonts/tinos/${face}`)));
    this.#workspace = mkdtempSync(join(tmpdir(), 'antin-draft-'));
    this.#compiler = NodeCompiler.create({ workspace: this.#workspace, fontArgs: [{ fontBlobs }] });
    this.#source = source;
  }

  /** PDF/A-2a, tagged, with bookmarks, all fonts embedded. Throws `internal` where the template can't set the paper. */
  typeset(paper: Paper): TypesetPaper {
    try {
      const inputs = { paper: JSON.stringify(paper) };
      const compiled = this.#compiler.compile({ mainFileContent: this.#source, inputs });
      const { result } = compiled;
      if (!result) throw new AppError('internal', {}, { cause: describe(compiled.takeError()) });
      const pdf = this.#compiler.pdf(result, { pdfStandard: 'a-2a' });
      const found: unknown = this.#compiler.query(result, { selector: '<field>', field: 'value' });
      return { pdf, pages: result.numOfPages, places: z.array(typesetPlace).parse(found) };
    } finally {
      // The compiler keeps every page that it ever set; without this it grows for ever.
      this.#compiler.evictCache(10);
    }
  }

  close(): void {
    rmSync(this.#workspace, { recursive: true, force: true });
  }
}

function describe(error: { shortDiagnostics: unknown } | null): string {
  return JSON.stringify(error?.shortDiagnostics ?? 'no result');
}
