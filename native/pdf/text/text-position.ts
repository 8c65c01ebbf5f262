import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../document.ts';
import type { PdfDict, PdfStream } from '../object.ts';
import type { Page } from '../page.ts';
import { type BoxMm, type Matrix, shownMatrix } from '../page-geometry.ts';
import { WorkBudget } from '../work-budget.ts';
import { type Operation, pageContent } from './content-reader.ts';
import { ContentWalker, type Glyph, initialText, type OpenFont, type TextState } from './content-walker.ts';
import { transform } from './matrix.ts';
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

/** A character that leans, stands on its side or on its head, with the area that it takes. */
export interface TurnedCharacter {
  readonly text: string;
  readonly box: BoxMm;
}

/** What a page shows. */
export interface PageMarks {
  /** All upright characters in the order in which they are drawn. */
  readonly characters: readonly PlacedCharacter[];
  readonly turned: readonly TurnedCharacter[];
  /** Areas of pictures, painted paths and text that stands on its side or head. */
  readonly areas: readonly BoxMm[];
  /** Some words may stand elsewhere, or are shown by some readers only. */
  readonly isGuessed: boolean;
}

const markLimit = 200_000;

/**
 * What a page's text may cost to read: content tokens and shown characters, forms within forms counted each time they
 * are drawn. A page of dense text takes some twenty thousand.
 */
export function textBudget(): WorkBudget {
  return new WorkBudget(1_000_000);
}

/**
 * What stands on a page, as far as its content can be read. Throws `pdf-too-complex` beyond the budget. `openFont`:
 * as `ContentWalker`'s.
 */
export function pageMarks(
  document: PdfDocument,
  page: Page,
  budget = textBudget(),
  openFont?: OpenFont,
): PageMarks {
  const placer = new MarkPlacer(document, budget, openFont);
  placer.walk(pageContent(document, page), page.resources, { ...initialText, matrix: shownMatrix(page) });
  return placer;
}

/** Follows a content stream for its text, and for paths and pictures as far as their area goes. */
class MarkPlacer extends ContentWalker<TextState, PaintedPath> implements PageMarks {
  readonly characters: PlacedCharacter[] = [];
  readonly turned: TurnedCharacter[] = [];
  readonly areas: BoxMm[] = [];
  isGuessed = false;

  protected newPath(): PaintedPath {
    return new PaintedPath();
  }

  protected inForm(_form: PdfStream, state: TextState): TextState {
    return state;
  }

  protected override misplaced(): void {
    this.isGuessed = true;
  }

  protected picture(_image: PdfStream | null, { matrix }: TextState): void {
    push(this.areas, boxOf(transformed(unitSquare, matrix)));
  }

  protected follow(
    { operator, operands }: Operation,
    state: TextState,
    _resources: PdfDict,
    path: PaintedPath,
  ): TextState {
    const painted = path.follow(operator, operands, state.matrix);
    if (painted) push(this.areas, boxOf(painted));
    return state;
  }

  protected character({ text, toShown, left, right, bottom, top }: Glyph): void {
    if (text === '') return;
    // Spelled out instead of by `transform`: this runs for each letter of a page.
    const [a, b, c, d, e, f] = toShown;
    const [startX, startY] = [a * left + c * bottom + e, b * left + d * bottom + f];
    const endX = startX + a * (right - left);
    // Without a width of its own a character still has a direction.
    const isLevel = Math.abs(b * (right - left || top - bottom)) <= uprightTolerance;
    if (isLevel && endX >= startX) {
      const size = Math.abs(d * (top - bottom));
      push(this.characters, { text, left: startX, right: endX, baseline: startY, size });
      return;
    }
    const box = boxOf(transformed([left, bottom, right, top], toShown));
    push(this.turned, { text, box });
    // A note in the margin, or a page that hangs upside down, is no place to sign at; over a slanting watermark one
    // may.
    if (isLevel || Math.abs(endX - startX) <= uprightTolerance) push(this.areas, box);
  }
}

/** Adds to a list that a hostile page can't make grow without end. Throws `pdf-too-complex`. */
function push<Item>(list: Item[], item: Item): void {
  if (list.length >= markLimit) throw new AppError('pdf-too-complex', {});
  list.push(item);
}

function boxOf([left, top, right, bottom]: Extent): BoxMm {
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Millimetres by which a character may rise or fall over its width and still count as upright. */
const uprightTolerance = 0.2;

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
