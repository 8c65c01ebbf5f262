import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../document.ts';
import { isArray, isName, type PdfDict, PdfName, type PdfObject, PdfStream, PdfString } from '../object.ts';
import type { Page } from '../page.ts';
import { type BoxMm, type Matrix, shownMatrix } from '../page-geometry.ts';
import { WorkBudget } from '../work-budget.ts';
import { operations, pageContent } from './content-reader.ts';
import { type FontReader, openFont } from './font-reader.ts';
import { concatenate, identity, transform, translated } from './matrix.ts';
import { type Extent, PaintedPath } from './painted-path.ts';

/** A character where a person sees it: millimetres from the visible page's top left corner. */
export interface PlacedCharacter {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  /** Font size as shown, in millimetres. */
  readonly size: number;
}

/** What a page shows. */
export interface PageMarks {
  /** All upright characters in the order in which they are drawn. */
  readonly characters: readonly PlacedCharacter[];
  /** Areas of pictures, painted paths and text that stands on its side or head. */
  readonly areas: readonly BoxMm[];
}

/** Fonts whose maps are read, by their dictionaries: the pages of a document mostly share them. */
const openFonts = new WeakMap<PdfDict, FontReader>();

interface GraphicsState {
  /** From the current user space to where a person sees it, in millimetres. */
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

/** What stands on a page, as far as its content can be read. Throws `pdf-too-complex` beyond the budget. */
export function pageMarks(document: PdfDocument, page: Page, budget = textBudget()): PageMarks {
  const placer = new MarkPlacer(document, budget);
  const start = { ...initialState, matrix: shownMatrix(page) };
  placer.run(pageContent(document, page), page.resources, start, 0);
  return placer;
}

/** Follows a content stream's operators for text (ISO 32000-2, 9.4), and for paths and pictures as far as their area goes. */
class MarkPlacer implements PageMarks {
  readonly characters: PlacedCharacter[] = [];
  readonly areas: BoxMm[] = [];
  readonly #document: PdfDocument;
  readonly #budget: WorkBudget;

  constructor(document: PdfDocument, budget: WorkBudget) {
    this.#document = document;
    this.#budget = budget;
  }

  run(content: Uint8Array, resources: PdfDict, start: GraphicsState, depth: number): void {
    let state = start;
    let line: Matrix = identity;
    let text: Matrix = identity;
    const path = new PaintedPath();
    const stack: GraphicsState[] = [];
    const moveLine = (x: number, y: number) => {
      line = translated(line, x, y);
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
              text = translated(text, (-item / 1000) * state.size * state.scale, 0);
            } else show(item);
          }
          break;
        }
        case 'Do':
          this.#object(resources, operands[0], state, depth);
          break;
        case 'EI':
          this.#pushArea(transformed(unitSquare, state.matrix));
          break;
        default: {
          const painted = path.follow(operator, operands, state.matrix);
          if (painted) this.#pushArea(painted);
        }
      }
    }
  }

  #font(resources: PdfDict, name: PdfObject | undefined): FontReader | null {
    const fonts = this.#document.dict(resources.get('Font'));
    const font = name instanceof PdfName ? this.#document.dict(fonts?.get(name.value)) : null;
    if (!font) return null;
    const known = openFonts.get(font);
    if (known) return known;
    const opened = openFont(this.#document, font);
    openFonts.set(font, opened);
    return opened;
  }

  #object(resources: PdfDict, name: PdfObject | undefined, state: GraphicsState, depth: number): void {
    const objects = this.#document.dict(resources.get('XObject'));
    const object = name instanceof PdfName ? this.#document.resolve(objects?.get(name.value)) : null;
    if (!(object instanceof PdfStream)) return;
    const subtype = this.#document.resolve(object.dict.get('Subtype'));
    if (isName(subtype, 'Image')) this.#pushArea(transformed(unitSquare, state.matrix));
    if (!isName(subtype, 'Form') || depth >= formDepth) return;
    const own = this.#document.array(object.dict.get('Matrix'));
    const matrix = own ? sixNumbers(own.map((item) => this.#document.resolve(item))) : identity;
    const inner = this.#document.dict(object.dict.get('Resources')) ?? resources;
    const start = { ...state, matrix: concatenate(matrix, state.matrix) };
    this.run(this.#document.decodedBytes(object), inner, start, depth + 1);
  }

  /** Places a string's characters; returns the text matrix behind them (9.4.4). */
  #show(bytes: Uint8Array, state: GraphicsState, start: Matrix): Matrix {
    const { font, size, scale, rise, characterSpacing, wordSpacing, matrix } = state;
    if (!font) return start;
    this.#budget.spend(bytes.length);
    const toShown = concatenate(start, matrix);
    let x = 0;
    for (const { text, advance, isSpace } of font.codes(bytes)) {
      const width = (advance / 1000) * size * scale;
      if (text !== '') this.#place(text, toShown, x, x + width, rise, rise + size);
      x += width + (characterSpacing + (isSpace ? wordSpacing : 0)) * scale;
    }
    return translated(start, x, 0);
  }

  /** Puts a character where its extent in text space is shown. */
  #place(text: string, toShown: Matrix, left: number, right: number, bottom: number, top: number): void {
    if (this.characters.length >= characterLimit) throw new AppError('pdf-too-complex', {});
    // Spelled out instead of by `transform`: this runs for each letter of a page.
    const [a, b, c, d, e, f] = toShown;
    const [startX, startY] = [a * left + c * bottom + e, b * left + d * bottom + f];
    const [endX, endY] = [startX + a * (right - left), startY + b * (right - left)];
    const isLevel = Math.abs(endY - startY) <= uprightTolerance;
    if (isLevel && endX >= startX) {
      const size = Math.abs(d * (top - bottom));
      this.characters.push({ text, left: startX, right: endX, baseline: startY, size });
    } else if (isLevel || Math.abs(endX - startX) <= uprightTolerance) {
      // A note in the margin, or a page that hangs upside down, is no place to sign at, but nothing may cover it either; a
      // slanting watermark may be covered.
      this.#pushArea(transformed([left, bottom, right, top], toShown));
    }
  }

  #pushArea([left, top, right, bottom]: Extent): void {
    if (this.areas.length >= areaLimit) throw new AppError('pdf-too-complex', {});
    this.areas.push({ x: left, y: top, width: right - left, height: bottom - top });
  }
}

/** Millimetres by which a character may rise or fall over its width and still count as upright. */
const uprightTolerance = 0.2;
const areaLimit = 200_000;

/** Where a picture is drawn before its matrix (8.9.5). */
const unitSquare: Extent = [0, 0, 1, 1];

/** The extent of what a matrix makes of an extent. */
function transformed([left, bottom, right, top]: Extent, matrix: Matrix): Extent {
  const corners = [
    transform(matrix, left, bottom),
    transform(matrix, right, bottom),
    transform(matrix, left, top),
    transform(matrix, right, top),
  ];
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function sixNumbers(values: readonly PdfObject[]): Matrix {
  const numbers = values.slice(0, 6).map((value) => (typeof value === 'number' ? value : 0));
  return numbers.length === 6 ? (numbers as unknown as Matrix) : identity;
}
