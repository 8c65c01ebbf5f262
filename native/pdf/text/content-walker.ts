import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../document.ts';
import { isArray, isName, type PdfDict, PdfName, type PdfObject, PdfStream, PdfString } from '../object.ts';
import type { Matrix } from '../page-geometry.ts';
import type { WorkBudget } from '../work-budget.ts';
import { type Operation, operations } from './content-reader.ts';
import { type FontReader, openFont } from './font-reader.ts';
import { concatenate, identity, matrixOf, sixNumbers, translated } from './matrix.ts';

/** What decides where text is shown, and how (ISO 32000-2, 8.4.1, 9.3). */
export interface TextState {
  /** From the current user space to the space that the walk began in. */
  readonly matrix: Matrix;
  readonly font: PdfDict | null;
  readonly size: number;
  readonly characterSpacing: number;
  readonly wordSpacing: number;
  readonly scale: number;
  readonly leading: number;
  readonly rise: number;
}

export const initialText: TextState = {
  matrix: identity,
  font: null,
  size: 0,
  characterSpacing: 0,
  wordSpacing: 0,
  scale: 1,
  leading: 0,
  rise: 0,
};

/** Fonts whose maps are read, by their dictionaries: the pages of a document mostly share them. */
const openFonts = new WeakMap<PdfDict, FontReader>();

export type OpenFont = (font: PdfDict, document: PdfDocument) => FontReader;

function rememberedFont(font: PdfDict, document: PdfDocument): FontReader {
  const known = openFonts.get(font);
  if (known) return known;
  const opened = openFont(document, font);
  openFonts.set(font, opened);
  return opened;
}

/** Readers of every kind go further than honest files do; what lies deeper could be read by some and not by others. */
const stateDepth = 100_000;
const formDepth = 24;

/** A character as it is shown: its extent in text space, which `toShown` takes to where the walk began. */
export interface Glyph {
  readonly text: string;
  readonly toShown: Matrix;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/**
 * Follows a content stream as a reader does, forms within it included: states saved and restored, matrices, text and
 * its place (8.4, 8.10, 9.4). Whoever derives from it says what is to be made of characters, pictures and all other
 * operators. `Path` is what one stream draws at, which forms don't share with what draws them.
 */
export abstract class ContentWalker<State extends TextState, Path> {
  protected readonly document: PdfDocument;
  protected readonly budget: WorkBudget;
  readonly #openFont: OpenFont;

  /** `openFontBy`: by what codes are read; by what the fonts say themselves, unless somebody knows better. */
  constructor(document: PdfDocument, budget: WorkBudget, openFontBy: OpenFont = rememberedFont) {
    this.document = document;
    this.budget = budget;
    this.#openFont = openFontBy;
  }

  protected abstract newPath(): Path;
  protected abstract character(glyph: Glyph, state: State): void;
  /** Fills the unit square (8.9.5.1); null: an inline image, whose data aren't read. */
  protected abstract picture(image: PdfStream | null, state: State): void;
  /**
   * The state in which a form's content is drawn, given the one in which the form is; its matrix is applied already.
   */
  protected abstract inForm(form: PdfStream, state: State): State;
  /** Any other operator: the state behind it. */
  protected abstract follow(operation: Operation, state: State, resources: PdfDict, path: Path): State;

  /**
   * Told of words that some readers show elsewhere than where they are met here, or that aren't met at all: in a font
   * that isn't there.
   */
  protected misplaced(): void {
    // Whoever only looks for what is there doesn't mind.
  }

  /** Throws `pdf-too-complex` beyond the budget, and where forms or states are nested deeper than honest ones. */
  walk(content: Uint8Array, resources: PdfDict, start: State): void {
    this.#walk(content, resources, start, 0);
  }

  /** A form XObject, whose own matrix and resources count. Throws as `walk`. */
  walkForm(form: PdfStream, resources: PdfDict, state: State): void {
    this.#form(form, resources, state, 0);
  }

  /** The dictionary that resources of a kind hold under the name; null where there is none. */
  protected named(resources: PdfDict, kind: string, name: PdfObject | undefined): PdfDict | null {
    const named = this.document.dict(resources.get(kind));
    return name instanceof PdfName ? this.document.dict(named?.get(name.value)) : null;
  }

  #walk(content: Uint8Array, resources: PdfDict, start: State, depth: number): void {
    let state = start;
    let line: Matrix = identity;
    let text: Matrix = identity;
    const path = this.newPath();
    const stack: State[] = [];
    const moveLine = (x: number, y: number) => {
      line = translated(line, x, y);
      text = line;
    };
    const show = (value: PdfObject | undefined) => {
      if (value instanceof PdfString) text = this.#show(value.bytes, state, text);
    };
    for (const operation of operations(content, this.budget)) {
      const { operator, operands } = operation;
      const number = (index: number) => {
        const value = operands[index];
        return typeof value === 'number' ? value : 0;
      };
      switch (operator) {
        case 'q':
          if (stack.length >= stateDepth) throw new AppError('pdf-too-complex', {});
          stack.push(state);
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
          state = { ...state, font: this.named(resources, 'Font', operands[0]), size: number(1) };
          break;
        case 'gs':
          state = this.follow(operation, this.#parameters(state, resources, operands[0]), resources, path);
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
          this.picture(null, state);
          break;
        default:
          state = this.follow(operation, state, resources, path);
      }
    }
  }

  /** A font may be set by a graphics state dictionary, too (table 57). */
  #parameters(state: State, resources: PdfDict, name: PdfObject | undefined): State {
    const [font, size] = this.document.array(this.named(resources, 'ExtGState', name)?.get('Font')) ?? [];
    if (font === undefined) return state;
    return { ...state, font: this.document.dict(font), size: this.document.number(size) ?? state.size };
  }

  #object(resources: PdfDict, name: PdfObject | undefined, state: State, depth: number): void {
    const objects = this.document.dict(resources.get('XObject'));
    const object = name instanceof PdfName ? this.document.resolve(objects?.get(name.value)) : null;
    if (!(object instanceof PdfStream)) return;
    const subtype = this.document.resolve(object.dict.get('Subtype'));
    if (isName(subtype, 'Image')) this.picture(object, state);
    else this.#form(object, resources, state, depth + 1);
  }

  #form(form: PdfStream, resources: PdfDict, state: State, depth: number): void {
    if (depth > formDepth) throw new AppError('pdf-too-complex', {});
    const matrix = matrixOf(this.document, form.dict.get('Matrix'));
    const start = this.inForm(form, { ...state, matrix: concatenate(matrix, state.matrix) });
    const inner = this.document.dict(form.dict.get('Resources')) ?? resources;
    this.#walk(this.document.decodedBytes(form), inner, start, depth);
  }

  /** Shows a string's characters; returns the text matrix behind them (9.4.4). */
  #show(bytes: Uint8Array, state: State, start: Matrix): Matrix {
    const { size, scale, rise, characterSpacing, wordSpacing, matrix } = state;
    const font = state.font && this.#openFont(state.font, this.document);
    if (!font?.isExact && bytes.some((byte) => byte > 0x20)) this.misplaced();
    if (!font) return start;
    this.budget.spend(bytes.length);
    const toShown = concatenate(start, matrix);
    let x = 0;
    for (const { text, advance, isSpace } of font.codes(bytes)) {
      const width = (advance / 1000) * size * scale;
      this.character({ text, toShown, left: x, right: x + width, bottom: rise, top: rise + size }, state);
      x += width + (characterSpacing + (isSpace ? wordSpacing : 0)) * scale;
    }
    return translated(start, x, 0);
  }
}
