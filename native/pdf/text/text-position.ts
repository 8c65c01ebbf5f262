import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../document.ts';
import { isArray, isName, type PdfDict, PdfName, type PdfObject, PdfStream, PdfString } from '../object.ts';
import type { Page } from '../page.ts';
import { type Matrix, toShown } from '../page-geometry.ts';
import { WorkBudget } from '../work-budget.ts';
import { operations, pageContent } from './content-reader.ts';
import { type FontReader, openFont } from './font-reader.ts';
import { concatenate, identity, transform } from './matrix.ts';

/** A character where a person sees it: millimetres from the visible page's top left corner. */
export interface PlacedCharacter {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  /** Font size as shown, in millimetres. */
  readonly size: number;
}

interface GraphicsState {
  readonly matrix: Matrix;
  readonly font: FontReader | null;
  readonly size: number;
  readonly characterSpacing: number;
  readonly wordSpacing: number;
  readonly scale: number;
  readonly leading: number;
  readonly rise: number;
}

const initialState: GraphicsState = {
  matrix: identity,
  font: null,
  size: 0,
  characterSpacing: 0,
  wordSpacing: 0,
  scale: 1,
  leading: 0,
  rise: 0,
};

const stateDepth = 256;
const formDepth = 8;
const characterLimit = 200_000;

/**
 * What a page's text may cost to read: content tokens and shown characters, forms within forms counted each time they are
 * drawn. A page of dense text takes some twenty thousand.
 */
export function textBudget(): WorkBudget {
  return new WorkBudget(1_000_000);
}

/** All upright characters of a page in the order in which they are drawn. Throws `pdf-too-complex` beyond the budget. */
export function placedCharacters(
  document: PdfDocument,
  page: Page,
  budget = textBudget(),
): PlacedCharacter[] {
  const placer = new TextPlacer(document, page, budget);
  placer.run(pageContent(document, page), page.resources, initialState, 0);
  return placer.characters;
}

/** Follows a content stream's text operators (ISO 32000-2, 9.4) and nothing else. */
class TextPlacer {
  readonly characters: PlacedCharacter[] = [];
  readonly #document: PdfDocument;
  readonly #page: Page;
  readonly #budget: WorkBudget;
  readonly #fonts = new Map<PdfDict, FontReader>();

  constructor(document: PdfDocument, page: Page, budget: WorkBudget) {
    this.#document = document;
    this.#page = page;
    this.#budget = budget;
  }

  run(content: Uint8Array, resources: PdfDict, start: GraphicsState, depth: number): void {
    let state = start;
    let line: Matrix = identity;
    let text: Matrix = identity;
    const stack: GraphicsState[] = [];
    const moveLine = (x: number, y: number) => {
      line = concatenate([1, 0, 0, 1, x, y], line);
      text = line;
    };
    const show = (value: PdfObject | undefined) => {
      if (value instanceof PdfString) text = this.#show(value.bytes, state, text);
    };
    for (const { operator, operands } of operations(content, this.#budget)) {
      const number = (index: number) => {
        const value = operands[index];
        return typeof value === 'number' ? value : 0;
      };
      switch (operator) {
        case 'q':
          if (stack.length < stateDepth) stack.push(state);
          break;
        case 'Q':
          state = stack.pop() ?? state;
          break;
        case 'cm':
          state = { ...state, matrix: concatenate(sixNumbers(operands), state.matrix) };
          break;
        case 'BT':
          line = identity;
          text = identity;
          break;
        case 'Tf':
          state = { ...state, font: this.#font(resources, operands[0]), size: number(1) };
          break;
        case 'Tc':
          state = { ...state, characterSpacing: number(0) };
          break;
        case 'Tw':
          state = { ...state, wordSpacing: number(0) };
          break;
        case 'Tz':
          state = { ...state, scale: number(0) / 100 };
          break;
        case 'TL':
          state = { ...state, leading: number(0) };
          break;
        case 'Ts':
          state = { ...state, rise: number(0) };
          break;
        case 'Td':
          moveLine(number(0), number(1));
          break;
        case 'TD':
          state = { ...state, leading: -number(1) };
          moveLine(number(0), number(1));
          break;
        case 'Tm':
          line = sixNumbers(operands);
          text = line;
          break;
        case 'T*':
          moveLine(0, -state.leading);
          break;
        case 'Tj':
          show(operands[0]);
          break;
        case "'":
          moveLine(0, -state.leading);
          show(operands[0]);
          break;
        case '"':
          state = { ...state, wordSpacing: number(0), characterSpacing: number(1) };
          moveLine(0, -state.leading);
          show(operands[2]);
          break;
        case 'TJ': {
          const [items] = operands;
          for (const item of isArray(items) ? items : []) {
            if (typeof item === 'number') {
              text = concatenate([1, 0, 0, 1, (-item / 1000) * state.size * state.scale, 0], text);
            } else show(item);
          }
          break;
        }
        case 'Do':
          this.#form(resources, operands[0], state, depth);
          break;
      }
    }
  }

  #font(resources: PdfDict, name: PdfObject | undefined): FontReader | null {
    const fonts = this.#document.dict(resources.get('Font'));
    const font = name instanceof PdfName ? this.#document.dict(fonts?.get(name.value)) : null;
    if (!font) return null;
    const known = this.#fonts.get(font);
    if (known) return known;
    const opened = openFont(this.#document, font);
    this.#fonts.set(font, opened);
    return opened;
  }

  #form(resources: PdfDict, name: PdfObject | undefined, state: GraphicsState, depth: number): void {
    if (depth >= formDepth) return;
    const objects = this.#document.dict(resources.get('XObject'));
    const form = name instanceof PdfName ? this.#document.resolve(objects?.get(name.value)) : null;
    if (!(form instanceof PdfStream) || !isName(this.#document.resolve(form.dict.get('Subtype')), 'Form'))
      return;
    const own = this.#document.array(form.dict.get('Matrix'));
    const matrix = own ? sixNumbers(own.map((item) => this.#document.resolve(item))) : identity;
    const inner = this.#document.dict(form.dict.get('Resources')) ?? resources;
    const start = { ...state, matrix: concatenate(matrix, state.matrix) };
    this.run(this.#document.decodedBytes(form), inner, start, depth + 1);
  }

  /** Places a string's characters; returns the text matrix behind them (9.4.4). */
  #show(bytes: Uint8Array, state: GraphicsState, start: Matrix): Matrix {
    const { font, size, scale, rise, characterSpacing, wordSpacing, matrix } = state;
    if (!font) return start;
    let text = start;
    this.#budget.spend(bytes.length);
    for (const { text: shown, advance, isSpace } of font.codes(bytes)) {
      const width = (advance / 1000) * size;
      const step = (width + characterSpacing + (isSpace ? wordSpacing : 0)) * scale;
      if (shown !== '') this.#place(shown, concatenate(text, matrix), width * scale, rise, size);
      text = concatenate([1, 0, 0, 1, step, 0], text);
    }
    return text;
  }

  #place(text: string, toUser: Matrix, width: number, rise: number, size: number): void {
    if (this.characters.length >= characterLimit) throw new AppError('pdf-too-complex', {});
    const page = this.#page;
    const corners = [
      transform(toUser, 0, rise),
      transform(toUser, width, rise),
      transform(toUser, 0, rise + size),
    ];
    const [start, end, top] = corners.map(([x, y]) => toShown(page, [x, y, x, y])) as unknown as [
      Point,
      Point,
      Point,
    ];
    // Turned text (a watermark, a margin note) is no place to sign at.
    if (Math.abs(end.y - start.y) > 0.2 || end.x < start.x) return;
    this.characters.push({
      text,
      left: start.x,
      right: end.x,
      baseline: start.y,
      size: Math.abs(start.y - top.y),
    });
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function sixNumbers(values: readonly PdfObject[]): Matrix {
  const numbers = values.slice(0, 6).map((value) => (typeof value === 'number' ? value : 0));
  return numbers.length === 6 ? (numbers as unknown as Matrix) : identity;
}
