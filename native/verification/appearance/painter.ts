import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isName, PdfDict, PdfName, type PdfObject, PdfStream } from '../../pdf/object.ts';
import type { Matrix } from '../../pdf/page-geometry.ts';
import { operations } from '../../pdf/text/content-reader.ts';
import { concatenate, identity } from '../../pdf/text/matrix.ts';
import { WorkBudget } from '../../pdf/work-budget.ts';
import { Outline, type Point } from './outline.ts';
import { pictureOpacity } from './picture-opacity.ts';

/** Something painted: how much of what was there before it hides at a point of the page, 0 to 1. */
export interface Paint {
  /** Questions to it cost that much work. */
  readonly cost: number;
  opacityAt(point: Point): number;
}

interface Clip {
  readonly outline: Outline;
  readonly isEvenOdd: boolean;
}

interface State {
  readonly matrix: Matrix;
  readonly clips: readonly Clip[];
  readonly fillAlpha: number;
  readonly strokeAlpha: number;
  readonly lineWidth: number;
  /** Painting darkens only, as a highlighter does (11.3.5.2, Multiply and Darken), by a colour that lets dark words be read. */
  readonly isMultiplied: boolean;
  readonly isBright: boolean;
  readonly font: PdfDict | null;
}

const start: State = {
  matrix: identity,
  clips: [],
  fillAlpha: 1,
  strokeAlpha: 1,
  lineWidth: 1,
  isMultiplied: false,
  isBright: false,
  font: null,
};

const stateDepth = 256;
const formDepth = 8;
const clipDepth = 32;
/** Entries of an XObject that make what it shows depend on the reader (ISO 32000-2, 8.8.2, 8.10.4, 8.11). */
export const oddKeys = ['OC', 'Ref', 'PS', 'Subtype2', 'OPI'] as const;
/** Components from which on a colour is a highlighter's. */
const bright = 0.5;

/**
 * Follows what a content stream paints, as far as that can hide what lies below: fills, strokes, pictures, shadings, and glyphs
 * that are drawings themselves. Letters of ordinary fonts are left out: words over words hide nothing from anyone.
 */
export class Painter {
  readonly paints: Paint[] = [];
  /** Something in it shows different things to different readers: layers, references to other files, PostScript. */
  isOdd = false;
  readonly #document: PdfDocument;
  readonly #budget = new WorkBudget(1_000_000);

  constructor(document: PdfDocument) {
    this.#document = document;
  }

  /** Paints a form XObject whose space `matrix` (with the form's own) takes to the page. Throws `pdf-too-complex`. */
  form(form: PdfStream, matrix: Matrix, resources = new PdfDict()): void {
    this.#form(form, { ...start, matrix }, resources, 0);
  }

  #form(form: PdfStream, outer: State, resources: PdfDict, depth: number): void {
    if (depth > formDepth) return;
    this.#note(form.dict);
    const matrix = concatenate(sixNumbers(this.#document, form.dict.get('Matrix')), outer.matrix);
    const box = this.#numbers(form.dict.get('BBox'));
    const clips = [...outer.clips];
    if (box.length >= 4) {
      const [left = 0, bottom = 0, right = 0, top = 0] = box;
      const outline = new Outline();
      outline.rectangle(matrix, left, bottom, right - left, top - bottom);
      clips.push({ outline, isEvenOdd: false });
    }
    const inner = this.#document.dict(form.dict.get('Resources')) ?? resources;
    this.#run(this.#document.decodedBytes(form), { ...outer, matrix, clips }, inner, depth);
  }

  #note(dict: PdfDict): void {
    this.isOdd ||=
      isName(this.#document.resolve(dict.get('Subtype')), 'PS') || oddKeys.some((key) => dict.has(key));
  }

  #run(content: Uint8Array, first: State, resources: PdfDict, depth: number): void {
    let state = first;
    let path = new Outline();
    let pending: boolean | null = null;
    const stack: State[] = [];
    const endPath = () => {
      // A clip takes effect behind the painting operator that it stands before (8.5.4).
      if (pending !== null && !path.isEmpty && state.clips.length < clipDepth)
        state = { ...state, clips: [...state.clips, { outline: path, isEvenOdd: pending }] };
      pending = null;
      path = new Outline();
    };
    const fill = (isEvenOdd: boolean) => this.#fill(path, isEvenOdd, state);
    const stroke = () => this.#stroke(path, state);
    for (const { operator, operands } of operations(content, this.#budget)) {
      const at = (index: number) => {
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
          state = { ...state, matrix: concatenate([at(0), at(1), at(2), at(3), at(4), at(5)], state.matrix) };
          break;
        case 'w':
          state = { ...state, lineWidth: at(0) };
          break;
        case 'gs':
          state = this.#parameters(state, resources, operands[0]);
          break;
        case 'g':
        case 'rg':
        case 'k':
        case 'sc':
        case 'scn':
          state = { ...state, isBright: isBright(operator, operands) };
          break;
        case 'm':
          path.move(state.matrix, at(0), at(1));
          break;
        case 'l':
          path.line(state.matrix, at(0), at(1));
          break;
        case 'c':
          path.curve(state.matrix, [at(0), at(1)], [at(2), at(3)], [at(4), at(5)]);
          break;
        case 'v':
          path.curve(state.matrix, null, [at(0), at(1)], [at(2), at(3)]);
          break;
        case 'y':
          path.curve(state.matrix, [at(0), at(1)], [at(2), at(3)], [at(2), at(3)]);
          break;
        case 're':
          path.rectangle(state.matrix, at(0), at(1), at(2), at(3));
          break;
        case 'h':
          path.close();
          break;
        case 'W':
        case 'W*':
          pending = operator === 'W*';
          break;
        case 'n':
          endPath();
          break;
        case 'f':
        case 'F':
        case 'f*':
          fill(operator === 'f*');
          endPath();
          break;
        case 'B':
        case 'B*':
        case 'b':
        case 'b*':
          if (operator.startsWith('b')) path.close();
          fill(operator.endsWith('*'));
          stroke();
          endPath();
          break;
        case 'S':
        case 's':
          if (operator === 's') path.close();
          stroke();
          endPath();
          break;
        case 'sh':
          this.#add(state, state.fillAlpha, 1, () => 1);
          break;
        case 'BI':
          this.#picture(state, () => 1);
          break;
        case 'Do':
          this.#object(state, resources, operands[0], depth);
          break;
        case 'BDC':
          this.isOdd ||= isName(operands[0], 'OC');
          break;
        case 'Tf':
          state = { ...state, font: this.#named(resources, 'Font', operands[0]) };
          break;
        case 'Tj':
        case 'TJ':
        case "'":
        case '"':
          // Glyphs of a Type 3 font are drawings of any size and shape; so may those of an embedded one be, and in the colour of
          // paper they would wipe words out.
          if (state.isBright || isName(this.#document.resolve(state.font?.get('Subtype')), 'Type3'))
            this.#add(state, state.fillAlpha, 1, () => 1);
          break;
      }
    }
  }

  #parameters(state: State, resources: PdfDict, name: PdfObject | undefined): State {
    const dict = this.#named(resources, 'ExtGState', name);
    if (!dict) return state;
    const mode = this.#document.resolve(dict.get('BM'));
    const modes = isArray(mode) ? mode : [mode];
    const multiplied = modes.some((one) => isName(one, 'Multiply') || isName(one, 'Darken'));
    return {
      ...state,
      fillAlpha: this.#document.number(dict.get('ca')) ?? state.fillAlpha,
      strokeAlpha: this.#document.number(dict.get('CA')) ?? state.strokeAlpha,
      lineWidth: this.#document.number(dict.get('LW')) ?? state.lineWidth,
      isMultiplied: dict.has('BM') ? multiplied : state.isMultiplied,
    };
  }

  #fill(outline: Outline, isEvenOdd: boolean, state: State): void {
    if (outline.isEmpty || (state.isMultiplied && state.isBright)) return;
    this.#add(state, state.fillAlpha, outline.size, (point) => (outline.contains(point, isEvenOdd) ? 1 : 0));
  }

  #stroke(outline: Outline, state: State): void {
    if (outline.isEmpty || state.isMultiplied) return;
    const width = state.lineWidth * scaleOf(state.matrix);
    this.#add(state, state.strokeAlpha, outline.size, (point) => (outline.strokes(point, width) ? 1 : 0));
  }

  /** Whatever fills the unit square: pictures (8.9.5.1). */
  #picture(state: State, opacity: (fromLeft: number, fromTop: number) => number): void {
    const inverse = inverted(state.matrix);
    if (!inverse) return;
    this.#add(state, state.fillAlpha, 1, ({ x, y }) => {
      const [a, b, c, d, e, f] = inverse;
      const [left, up] = [a * x + c * y + e, b * x + d * y + f];
      return left < 0 || left > 1 || up < 0 || up > 1 ? 0 : opacity(left, 1 - up);
    });
  }

  #object(state: State, resources: PdfDict, name: PdfObject | undefined, depth: number): void {
    const objects = this.#document.dict(resources.get('XObject'));
    const object = name instanceof PdfName ? this.#document.resolve(objects?.get(name.value)) : null;
    if (!(object instanceof PdfStream)) return;
    this.#note(object.dict);
    if (isName(this.#document.resolve(object.dict.get('Subtype')), 'Image')) {
      this.#picture(state, pictureOpacity(this.#document, object));
    } else this.#form(object, state, resources, depth + 1);
  }

  #add({ clips }: State, alpha: number, cost: number, opacity: (point: Point) => number): void {
    if (!(alpha > 0)) return;
    const share = Math.min(1, alpha);
    this.paints.push({
      cost: cost + clips.length,
      opacityAt: (point) =>
        clips.every(({ outline, isEvenOdd }) => outline.contains(point, isEvenOdd))
          ? share * opacity(point)
          : 0,
    });
  }

  #named(resources: PdfDict, kind: string, name: PdfObject | undefined): PdfDict | null {
    const named = this.#document.dict(resources.get(kind));
    return name instanceof PdfName ? this.#document.dict(named?.get(name.value)) : null;
  }

  #numbers(value: PdfObject | undefined): number[] {
    return (this.#document.array(value) ?? []).flatMap((item) => this.#document.number(item) ?? []);
  }
}

function isBright(operator: string, operands: readonly PdfObject[]): boolean {
  const numbers = operands.filter((value) => typeof value === 'number');
  if (numbers.length !== operands.length || numbers.length === 0) return false;
  if (operator === 'k' || numbers.length === 4)
    return numbers.every((ink, index) => ink < (index === 2 ? 2 : bright));
  const [red = 0, green = red, blue = red] = numbers;
  return 0.3 * red + 0.59 * green + 0.11 * blue > bright;
}

/** A matrix of six numbers, or the identity. */
export function sixNumbers(document: PdfDocument, value: PdfObject | undefined): Matrix {
  const [a, b, c, d, e, f] = (document.array(value) ?? []).map((item) => document.number(item) ?? Number.NaN);
  const matrix = [a ?? 1, b ?? 0, c ?? 0, d ?? 1, e ?? 0, f ?? 0] as const;
  return matrix.every(Number.isFinite) ? matrix : identity;
}

/** How much longer a matrix makes a line, at most. */
function scaleOf([a, b, c, d]: Matrix): number {
  return Math.max(Math.hypot(a, b), Math.hypot(c, d));
}

function inverted([a, b, c, d, e, f]: Matrix): Matrix | null {
  const determinant = a * d - b * c;
  if (!Number.isFinite(determinant) || Math.abs(determinant) < 1e-12) return null;
  return [
    d / determinant,
    -b / determinant,
    -c / determinant,
    a / determinant,
    (c * f - d * e) / determinant,
    (b * e - a * f) / determinant,
  ];
}
