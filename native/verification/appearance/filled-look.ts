import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isName, PdfDict, PdfName, type PdfObject, PdfStream } from '../../pdf/object.ts';
import { type Rectangle, rectangle } from '../../pdf/page.ts';
import type { Matrix } from '../../pdf/page-geometry.ts';
import type { Operation } from '../../pdf/text/content-reader.ts';
import { concatenate, identity, matrixOf, transform } from '../../pdf/text/matrix.ts';
import { strictOperations } from '../../pdf/text/strict-content.ts';

/**
 * What a field may show beside its words, as shares of its box: frames and grounds reach over most of it, lines from
 * edge to edge.
 */
const wide = 0.7;
/** Points; nobody writes in less than that along an edge. */
const edge = 4;
const edgeShare = 0.08;
/** A frame with bevelled and rounded corners, a ground and a line or two need no more. */
const maxPieces = 48;
const formDepth = 4;
/** Shares of the size by which letters may move closer together; a letter is broader. */
const closest = 0.25;
/** What readers say or copy in place of what is shown (14.9). */
const replacements = ['ActualText', 'Alt', 'E'] as const;

interface State {
  readonly matrix: Matrix;
  /** Text space, but for where it is. */
  readonly text: Matrix;
  readonly font: PdfDict | null;
  readonly size: number;
  readonly colour: string;
  readonly isSeen: boolean;
  /** In units of the current space. */
  readonly penWidth: number;
}

const start: State = {
  matrix: identity,
  text: identity,
  font: null,
  size: 0,
  colour: '0 g',
  isSeen: true,
  penWidth: 1,
};

export interface LookOptions {
  /** Lines between so many cells are no letters (ISO 32000-2, 12.7.5.3, Comb). */
  readonly cells: number;
  /** A list shows the chosen line in another colour. */
  readonly isList: boolean;
}

/** Where a filled field shows its words. */
export interface WrittenPlace {
  readonly box: Rectangle;
  /** Letters go on from one to the next, so that they come in this order however wide a program takes them to be. */
  readonly isSteady: boolean;
}

/**
 * The place where a filled field's appearance shows its words by letters alone, all of them seen alike, so that
 * reading them tells what a person sees: no pictures, patterns, masks or glyphs that are drawings; beside the words
 * frames, grounds and lines at most, nothing painted over them; no letters without colour, or in several colours.
 * Null where it shows anything else.
 */
export function writtenPlace(
  document: PdfDocument,
  form: PdfStream,
  options: LookOptions,
): WrittenPlace | null {
  const box = rectangle(document, form.dict.get('BBox'));
  if (!box) return { box: [0, 0, 0, 0], isSteady: true };
  try {
    const look = new FilledLook(document, box, options);
    look.check(form, start, 0);
    return { box: look.place, isSteady: look.isSteady };
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

class FilledLook {
  readonly #document: PdfDocument;
  readonly #box: Rectangle;
  readonly #options: LookOptions;
  /** The box, without what a clip leaves out at its right: the arrow of a choice. */
  #place: Rectangle;
  isSteady = true;
  #pieces = 0;
  #cells = 0;
  /** The colour of the words so far. */
  #written: string | null = null;

  constructor(document: PdfDocument, box: Rectangle, options: LookOptions) {
    this.#document = document;
    this.#box = box;
    this.#place = box;
    this.#options = options;
  }

  get place(): Rectangle {
    return this.#place;
  }

  /** `outer`: a form begins with the colour, the pen and all else of what draws it (8.10.1). */
  check(form: PdfStream, outer: State, depth: number): void {
    if (depth > formDepth) throw new AppError('pdf-too-complex', {});
    const resources = this.#document.dict(form.dict.get('Resources')) ?? new PdfDict();
    let state = outer;
    const stack: State[] = [];
    let paths: [number, number][][] = [];
    let isClip = false;
    for (const operation of strictOperations(this.#document.decodedBytes(form))) {
      const { operator, operands } = operation;
      const numbers = operands.filter((operand) => typeof operand === 'number');
      switch (operator) {
        case 'q':
          stack.push(state);
          break;
        case 'Q':
          state = stack.pop() ?? state;
          break;
        case 'cm':
          state = { ...state, matrix: concatenate(matrixOfNumbers(numbers), state.matrix) };
          break;
        case 'm':
        case 'l':
        case 'c':
        case 'v':
        case 'y':
        case 're':
          this.#draw(operator, numbers, state.matrix, paths);
          break;
        case 'W':
        case 'W*':
          isClip = true;
          break;
        case 'n':
        case 'f':
        case 'F':
        case 'f*':
        case 'S':
        case 's':
        case 'B':
        case 'B*':
        case 'b':
        case 'b*':
          if (isClip && !this.#isHarmlessClip(paths)) throw new AppError('pdf-damaged', {});
          if (operator !== 'n') this.#paint(paths, state);
          paths = [];
          isClip = false;
          break;
        default:
          state = this.#follow(operation, state, resources, depth);
      }
    }
  }

  #follow({ operator, operands }: Operation, state: State, resources: PdfDict, depth: number): State {
    const [first] = operands;
    switch (operator) {
      case 'Tf':
        if (!(Number(operands[1]) >= 0)) throw new AppError('pdf-damaged', {});
        return { ...state, font: dictOf(this.#named(resources, 'Font', first)), size: Number(operands[1]) };
      case 'Tc':
      case 'Tw':
        this.isSteady &&= Number(first) >= -closest * state.size;
        return state;
      case 'BDC':
      case 'DP':
        this.#marked(resources, operands[1]);
        return state;
      case 'Tz':
        if (!(Number(first) > 0)) throw new AppError('pdf-damaged', {});
        return state;
      case 'Tr':
        return { ...state, isSeen: first === 0 };
      case 'g':
      case 'rg':
      case 'k':
        return { ...state, colour: `${operands.join(' ')} ${operator}` };
      case 'sc':
      case 'scn':
        // A pattern can be anything.
        if (operands.some((operand) => operand instanceof PdfName)) throw new AppError('pdf-damaged', {});
        return { ...state, colour: `${operands.join(' ')} ${operator}` };
      case 'sh':
        throw new AppError('pdf-damaged', {});
      case 'BT':
        return { ...state, text: identity };
      case 'Tm':
        return { ...state, text: matrixOfNumbers(operands.filter((operand) => typeof operand === 'number')) };
      case 'w':
        return { ...state, penWidth: Number(first) };
      case 'gs': {
        const dict = this.#document.dict(this.#named(resources, 'ExtGState', first));
        this.#parameters(dict);
        return { ...state, penWidth: this.#document.number(dict?.get('LW')) ?? state.penWidth };
      }
      case 'Do': {
        const object = this.#named(resources, 'XObject', first);
        if (!(object instanceof PdfStream) || !isName(object.dict.get('Subtype'), 'Form'))
          throw new AppError('pdf-damaged', {});
        const own = matrixOf(this.#document, object.dict.get('Matrix'));
        this.check(object, { ...state, matrix: concatenate(own, state.matrix) }, depth + 1);
        return state;
      }
      case 'Tj':
      case 'TJ':
      case "'":
      case '"':
        this.isSteady &&= !isArray(first) || !first.some((step) => Number(step) > closest * 1000);
        this.isSteady &&= operator !== '"' || [first, operands[1]].every((step) => Number(step) >= 0);
        this.#write(state);
        return state;
      default:
        return state;
    }
  }

  #write({ font, colour, isSeen, text, matrix }: State): void {
    if (!isUpright(concatenate(text, matrix))) throw new AppError('pdf-damaged', {});
    const name = this.#document.resolve(font?.get('BaseFont'));
    const isLetters =
      font &&
      !isName(this.#document.resolve(font.get('Subtype')), 'Type3') &&
      !(name instanceof PdfName && /Dingbats|Wingdings|Webdings|Symbol/i.test(name.value));
    const isOne = this.#options.isList || this.#written === null || this.#written === colour;
    if (!isLetters || !isSeen || !isOne) throw new AppError('pdf-damaged', {});
    this.#written = colour;
  }

  #marked(resources: PdfDict, value: PdfObject | undefined): void {
    const dict = value instanceof PdfName ? this.#named(resources, 'Properties', value) : (value ?? null);
    const isReplaced = dict instanceof PdfDict && replacements.some((key) => dict.has(key));
    if (isReplaced) throw new AppError('pdf-damaged', {});
  }

  #parameters(dict: PdfDict | null): void {
    const mask = this.#document.resolve(dict?.get('SMask'));
    const mode = this.#document.resolve(dict?.get('BM'));
    const isOpaque = ['ca', 'CA'].every((key) => (this.#document.number(dict?.get(key)) ?? 1) === 1);
    const isPlain = (mask === null || isName(mask, 'None')) && (mode === null || isName(mode, 'Normal'));
    if (!isPlain || !isOpaque) throw new AppError('pdf-damaged', {});
  }

  #draw(operator: string, numbers: readonly number[], matrix: Matrix, paths: [number, number][][]): void {
    this.#pieces++;
    if (this.#pieces > maxPieces + this.#options.cells * 2) throw new AppError('pdf-damaged', {});
    const [x = 0, y = 0, width = 0, height = 0] = numbers;
    if (operator === 're') {
      const corners = [
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
      ] as const;
      paths.push(corners.map(([across, up]) => transform(matrix, across, up)));
      return;
    }
    if (operator === 'm' || paths.length === 0) paths.push([]);
    for (let index = 0; index + 1 < numbers.length; index += 2)
      paths.at(-1)?.push(transform(matrix, numbers[index] ?? 0, numbers[index + 1] ?? 0));
    // So that no curve has as many points as a rectangle.
    const last = paths.at(-1)?.at(-1);
    if (last && (operator === 'c' || operator === 'v' || operator === 'y')) paths.at(-1)?.push(last, last);
  }

  #paint(paths: readonly [number, number][][], { matrix, penWidth }: State): void {
    // Frames and grounds come first: what comes behind the words may hide some of them, and so may a broad pen's line.
    const [a, b, c, d] = matrix;
    const isBroad = penWidth * Math.max(Math.hypot(a, b), Math.hypot(c, d)) > edge;
    if (isBroad || this.#written !== null) throw new AppError('pdf-damaged', {});
    for (const path of paths) {
      if (path.length < 2 || this.#isFrame(path)) continue;
      const [left, bottom, right, top] = extentOf(path);
      const isDivider = right - left <= edge && top - bottom >= wide * (this.#box[3] - this.#box[1]);
      if (!isDivider || ++this.#cells > this.#options.cells) throw new AppError('pdf-damaged', {});
    }
  }

  /** A line or a rectangle over most of the box's width or, along its sides, its height; corners. */
  #isFrame(path: readonly [number, number][]): boolean {
    const [left, bottom, right, top] = extentOf(path);
    const [boxLeft, boxBottom, boxRight, boxTop] = this.#box;
    if (right <= boxLeft + edge || left >= boxRight - edge)
      return top - bottom <= edge || top - bottom >= wide * (boxTop - boxBottom);
    const isWide = right - left >= wide * (boxRight - boxLeft);
    return isWide && (path.length === 2 || isRectangle(opened(path)) || this.#followsSides(path));
  }

  /**
   * Whether a path goes along the box's sides alone, as bevelled and rounded frames do: one that crosses it could
   * write.
   */
  #followsSides(path: readonly [number, number][]): boolean {
    const [left, bottom, right, top] = this.#box;
    const sidesOf = ([x, y]: readonly [number, number]) =>
      [x <= left + edge, x >= right - edge, y <= bottom + edge, y >= top - edge] as const;
    return path.every((point, index) => {
      const [own, next] = [sidesOf(point), sidesOf(path[(index + 1) % path.length] ?? point)];
      return own.some((isAtSide, side) => isAtSide && next[side]);
    });
  }

  /**
   * Whether a clip is a rectangle and leaves the box as it is but for a margin and its right end: otherwise it would
   * hide letters.
   */
  #isHarmlessClip(paths: readonly [number, number][][]): boolean {
    const [path, ...more] = paths;
    if (!path) return true;
    // With more corners, or paths, what lies between may be cut out.
    if (more.length > 0 || !isRectangle(opened(path))) return false;
    const [left, bottom, right, top] = extentOf(path);
    const [boxLeft, boxBottom, boxRight, boxTop] = this.#box;
    const across = Math.max(edge, edgeShare * (boxRight - boxLeft));
    const up = Math.max(edge, edgeShare * (boxTop - boxBottom));
    if (right < boxRight - across) {
      const [placeLeft, placeBottom, placeRight, placeTop] = this.#place;
      this.#place = [placeLeft, placeBottom, Math.min(placeRight, right), placeTop];
    }
    return left <= boxLeft + across && bottom <= boxBottom + up && top >= boxTop - up;
  }

  #named(resources: PdfDict, kind: string, name: PdfObject | undefined): PdfObject {
    const names = this.#document.dict(resources.get(kind));
    return name instanceof PdfName ? this.#document.resolve(names?.get(name.value)) : null;
  }
}

/** A font is a dictionary (9.5): of a stream some readers take its dictionary, some nothing. */
function dictOf(value: PdfObject): PdfDict | null {
  return value instanceof PdfDict ? value : null;
}

/** Letters that stand upright, slanting at most as italics do; those on their side or head aren't read. */
function isUpright([a, b, c, d]: Matrix): boolean {
  return a > 0 && d > 0 && b === 0 && Math.abs(c) <= d / 2;
}

function matrixOfNumbers([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: readonly number[]): Matrix {
  return [a, b, c, d, e, f];
}

/** A path without its last point where that is its first once more. */
function opened(path: readonly [number, number][]): readonly [number, number][] {
  const [first, last] = [path[0], path.at(-1)];
  const isClosed = path.length > 2 && first && last && first[0] === last[0] && first[1] === last[1];
  return isClosed ? path.slice(0, -1) : path;
}

/** Four corners of which each stands beside or above the one before. */
function isRectangle(path: readonly [number, number][]): boolean {
  if (path.length !== 4) return false;
  const isAcross = path.map(([x, y], index) => {
    const [nextX, nextY] = path[(index + 1) % 4] ?? [0, 0];
    return y === nextY && x !== nextX ? 1 : x === nextX && y !== nextY ? 0 : -1;
  });
  return /^(?:1010|0101)$/.test(isAcross.join(''));
}

function extentOf(path: readonly [number, number][]): Rectangle {
  const [xs, ys] = [path.map(([x]) => x), path.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
