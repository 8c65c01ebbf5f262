import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isName, PdfDict, type PdfObject, type PdfStream } from '../../pdf/object.ts';
import { type Rectangle, rectangle } from '../../pdf/page.ts';
import type { Matrix } from '../../pdf/page-geometry.ts';
import type { Operation } from '../../pdf/text/content-reader.ts';
import { ContentWalker, type Glyph, initialText, type TextState } from '../../pdf/text/content-walker.ts';
import { WorkBudget } from '../../pdf/work-budget.ts';
import { black, deviceInk, type Ink, inkOfComponents, inkOfSpace } from './ink.ts';
import { letterCover } from './letter-cover.ts';
import { Outline, type Pen, type Point } from './outline.ts';
import { pictureOpacity } from './picture-opacity.ts';

/** Something painted: how much of what was there before it hides at a point of the page, 0 to 1. */
export interface Paint {
  /** Questions to it cost that much work. */
  readonly cost: number;
  /** Outside of it nothing is hidden; null: anything may be. */
  readonly bounds: Rectangle | null;
  /** The most that it hides anywhere. */
  readonly density: number;
  opacityAt(point: Point): number;
}

interface Clip {
  readonly outline: Outline;
  readonly isEvenOdd: boolean;
}

/** What decides how marks are painted (8.4.1). */
export interface State extends TextState {
  readonly clips: readonly Clip[];
  readonly fill: Ink;
  readonly stroke: Ink;
  readonly fillAlpha: number;
  readonly strokeAlpha: number;
  readonly pen: Pen;
  /** How letters are drawn (table 104). */
  readonly rendering: number;
  /** Painting darkens only, as a highlighter does (11.3.5.2, Multiply and Darken). */
  readonly isMultiplied: boolean;
}

export const start: State = {
  ...initialText,
  clips: [],
  fill: black,
  stroke: black,
  fillAlpha: 1,
  strokeAlpha: 1,
  pen: { width: 1, miterLimit: 10, hasSquareCaps: false },
  rendering: 0,
  isMultiplied: false,
};

/** The path that a stream draws at, and by which rule it becomes a clip as well; null: it doesn't. */
export interface Path {
  outline: Outline;
  clip: 'W' | 'W*' | null;
}

const clipDepth = 32;
/** Entries of an XObject that make what it shows depend on the reader (ISO 32000-2, 8.8.2, 8.10.4, 8.11). */
export const oddKeys = ['OC', 'Ref', 'PS', 'Subtype2', 'OPI'] as const;

/** Follows what a content stream paints, as far as that can hide what lies below. */
export class Painter extends ContentWalker<State, Path> {
  readonly paints: Paint[] = [];
  /** Something in it shows different things to different readers: layers, references to other files, PostScript. */
  isOdd = false;

  constructor(document: PdfDocument) {
    super(document, new WorkBudget(1_000_000));
  }

  /** Paints a form XObject whose space `matrix` (with the form's own) takes to the page. Throws `pdf-too-complex`. */
  form(form: PdfStream, matrix: Matrix): void {
    this.walkForm(form, new PdfDict(), { ...start, matrix });
  }

  protected newPath(): Path {
    return { outline: new Outline(), clip: null };
  }

  protected inForm(form: PdfStream, state: State): State {
    this.#note(form.dict);
    const box = rectangle(this.document, form.dict.get('BBox'));
    if (!box) return state;
    const outline = new Outline();
    outline.rectangle(state.matrix, box[0], box[1], box[2] - box[0], box[3] - box[1]);
    return { ...state, clips: [...state.clips, { outline, isEvenOdd: false }] };
  }

  protected picture(image: PdfStream | null, state: State): void {
    if (image) this.#note(image.dict);
    const inverse = inverted(state.matrix);
    if (!inverse) return;
    const opacity = image ? pictureOpacity(this.document, image) : () => 1;
    const square = new Outline();
    square.rectangle(state.matrix, 0, 0, 1, 1);
    this.#add(state, state.fillAlpha, 1, square.bounds, ({ x, y }) => {
      const [a, b, c, d, e, f] = inverse;
      const [left, up] = [a * x + c * y + e, b * x + d * y + f];
      return left < 0 || left > 1 || up < 0 || up > 1 ? 0 : opacity(left, 1 - up);
    });
  }

  protected character(glyph: Glyph, state: State): void {
    const cover = letterCover(glyph, {
      isDrawing: isName(this.document.resolve(state.font?.get('Subtype')), 'Type3'),
      rendering: state.rendering,
      fill: state.fill,
      stroke: state.stroke,
      penWidth: state.pen.width * scaleOf(state.matrix),
    });
    if (!cover) return;
    const { outline, density } = cover;
    const at = (point: Point) => (outline === null || outline.contains(point, false) ? density : 0);
    this.#add(state, state.fillAlpha, outline?.size ?? 1, outline?.bounds ?? null, at, density);
  }

  protected follow({ operator, operands }: Operation, state: State, resources: PdfDict, path: Path): State {
    switch (operator) {
      case 'w':
        return withPen(state, { width: numberAt(operands, 0) });
      case 'J':
        return withPen(state, { hasSquareCaps: numberAt(operands, 0) === 2 });
      case 'M':
        return withPen(state, { miterLimit: numberAt(operands, 0) });
      case 'Tr':
        return { ...state, rendering: numberAt(operands, 0) };
      case 'gs':
        return this.#parameters(state, resources, operands[0]);
      case 'g':
      case 'rg':
      case 'k':
        return { ...state, fill: deviceInk(operands) };
      case 'G':
      case 'RG':
      case 'K':
        return { ...state, stroke: deviceInk(operands) };
      case 'cs':
        return { ...state, fill: inkOfSpace(this.document, resources, operands[0]) };
      case 'CS':
        return { ...state, stroke: inkOfSpace(this.document, resources, operands[0]) };
      case 'sc':
      case 'scn':
        return { ...state, fill: inkOfComponents(state.fill, operands) };
      case 'SC':
      case 'SCN':
        return { ...state, stroke: inkOfComponents(state.stroke, operands) };
      case 'sh':
        this.#add(state, state.fillAlpha, 1, null, () => 1);
        return state;
      case 'BDC':
        this.isOdd ||= isName(operands[0], 'OC');
        return state;
      case 'W':
      case 'W*':
        path.clip = operator;
        return state;
      default:
        return this.#draw(operator, operands, state, path);
    }
  }

  #note(dict: PdfDict): void {
    this.isOdd ||=
      isName(this.document.resolve(dict.get('Subtype')), 'PS') || oddKeys.some((key) => dict.has(key));
  }

  #draw(operator: string, operands: readonly PdfObject[], state: State, path: Path): State {
    const { outline } = path;
    const at = (index: number) => numberAt(operands, index);
    switch (operator) {
      case 'm':
        outline.move(state.matrix, at(0), at(1));
        return state;
      case 'l':
        outline.line(state.matrix, at(0), at(1));
        return state;
      case 'c':
        outline.curve(state.matrix, [at(0), at(1)], [at(2), at(3)], [at(4), at(5)]);
        return state;
      case 'v':
        outline.curve(state.matrix, null, [at(0), at(1)], [at(2), at(3)]);
        return state;
      case 'y':
        outline.curve(state.matrix, [at(0), at(1)], [at(2), at(3)], [at(2), at(3)]);
        return state;
      case 're':
        outline.rectangle(state.matrix, at(0), at(1), at(2), at(3));
        return state;
      case 'h':
        outline.close();
        return state;
    }
    if (!pathPainting.has(operator)) return state;
    if (/[bs]/.test(operator)) outline.close();
    if (/[fFbB]/.test(operator)) this.#fill(outline, operator.endsWith('*'), state);
    if (/[sSbB]/.test(operator)) this.#stroke(outline, state);
    return endPath(state, path);
  }

  #parameters(state: State, resources: PdfDict, name: PdfObject | undefined): State {
    const dict = this.named(resources, 'ExtGState', name);
    if (!dict) return state;
    const number = (key: string) => this.document.number(dict.get(key));
    return {
      ...state,
      fillAlpha: number('ca') ?? state.fillAlpha,
      strokeAlpha: number('CA') ?? state.strokeAlpha,
      pen: {
        width: number('LW') ?? state.pen.width,
        miterLimit: number('ML') ?? state.pen.miterLimit,
        hasSquareCaps: dict.has('LC') ? number('LC') === 2 : state.pen.hasSquareCaps,
      },
      isMultiplied: dict.has('BM') ? this.#isDarkening(dict.get('BM')) : state.isMultiplied,
    };
  }

  /** Of several blend modes a viewer takes the first that it knows (table 57): all of them have to darken. */
  #isDarkening(value: PdfObject | undefined): boolean {
    const mode = this.document.resolve(value);
    const modes = isArray(mode) ? mode.map((one) => this.document.resolve(one)) : [mode];
    return modes.length > 0 && modes.every((one) => isName(one, 'Multiply') || isName(one, 'Darken'));
  }

  #fill(outline: Outline, isEvenOdd: boolean, state: State): void {
    if (outline.isEmpty || (state.isMultiplied && state.fill.tone === 'bright')) return;
    this.#add(state, state.fillAlpha, outline.size, outline.bounds, (point) =>
      outline.contains(point, isEvenOdd) ? 1 : 0,
    );
  }

  #stroke(outline: Outline, state: State): void {
    if (outline.isEmpty || (state.isMultiplied && state.stroke.tone === 'bright')) return;
    const width = state.pen.width * scaleOf(state.matrix);
    const { bounds, size, paints } = outline.stroked({ ...state.pen, width });
    this.#add(state, state.strokeAlpha, size, bounds, (point) => (paints(point) ? 1 : 0));
  }

  #add(
    { clips }: State,
    alpha: number,
    cost: number,
    bounds: Rectangle | null,
    opacity: (point: Point) => number,
    density = 1,
  ): void {
    if (alpha === 0) return;
    // Viewers make different things of an alpha that is none.
    const share = alpha > 0 && alpha < 1 ? alpha : 1;
    this.paints.push({
      cost: cost + clips.length,
      bounds,
      density: share * density,
      opacityAt: (point) =>
        clips.every(({ outline, isEvenOdd }) => outline.contains(point, isEvenOdd))
          ? share * opacity(point)
          : 0,
    });
  }
}

const pathPainting: ReadonlySet<string> = new Set(['S', 's', 'f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'n']);

/** A clip takes effect behind the painting operator that it stands before (8.5.4). */
function endPath(state: State, path: Path): State {
  const { outline, clip } = path;
  path.outline = new Outline();
  path.clip = null;
  if (clip === null || outline.isEmpty || state.clips.length >= clipDepth) return state;
  return { ...state, clips: [...state.clips, { outline, isEvenOdd: clip === 'W*' }] };
}

function withPen(state: State, change: Partial<Pen>): State {
  return { ...state, pen: { ...state.pen, ...change } };
}

function numberAt(operands: readonly PdfObject[], index: number): number {
  const value = operands[index];
  return typeof value === 'number' ? value : 0;
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
