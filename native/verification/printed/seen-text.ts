import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isName, type PdfDict, PdfName, type PdfObject, type PdfStream } from '../../pdf/object.ts';
import { type Page, type Rectangle, rectangle } from '../../pdf/page.ts';
import { shownMatrix } from '../../pdf/page-geometry.ts';
import { type Operation, pageContent } from '../../pdf/text/content-reader.ts';
import type { Glyph } from '../../pdf/text/content-walker.ts';
import { unknownCharacter } from '../../pdf/text/font-reader.ts';
import { concatenate, matrixOf, transform } from '../../pdf/text/matrix.ts';
import type { PlacedCharacter } from '../../pdf/text/text-position.ts';
import { coveringWork, hiddenWords } from '../appearance/cover.ts';
import { largestWriting } from '../appearance/letter-cover.ts';
import { Painter, type Path, type State, start } from '../appearance/painter.ts';
import { fitting, normalAppearance, solid } from '../appearance/widget-appearance.ts';
import { HiddenLayers } from './hidden-layers.ts';

/** A character that a person sees on a page. */
export interface SeenCharacter extends PlacedCharacter {
  /** Part of the page itself; otherwise of a field or a signature on it. */
  readonly isContent: boolean;
  readonly isBold: boolean;
  readonly isItalic: boolean;
  /** The font's own name; empty where it has none. */
  readonly font: string;
}

/** Letters of less than four points are there to be overlooked; in millimetres. */
const smallestSeen = 1.4;
/** What is fainter than this is a watermark at most. */
const faintest = 0.4;
/** Millimetres by which a character may rise over its width and still count as upright. */
const upright = 0.2;
const mostAnnotations = 1000;

/**
 * The characters that a person sees on a page and on the fields and signatures over it: not those in the colour of
 * paper, without any, tiny, cut off, beyond the page, in a layer that is off, or with something painted over them.
 * What nobody knows how to read is `unknownCharacter`. Null where readers may see other characters, or these
 * elsewhere. Throws `pdf-too-complex`.
 */
export function seenText(document: PdfDocument, page: Page): SeenCharacter[] | null {
  const painter = new TextPainter(document, page);
  painter.page();
  const annotations = document.array(page.dict.get('Annots')) ?? [];
  for (const annotation of annotations.slice(0, mostAnnotations)) painter.annotation(annotation);
  return painter.isGuessed ? null : painter.seen();
}

/** What a font's name tells of its letters. */
interface FontStyle {
  readonly name: string;
  readonly isBold: boolean;
  readonly isItalic: boolean;
  /** Its codes stand for other letters than Unicode's. */
  readonly isLegacy: boolean;
}

interface Candidate extends SeenCharacter {
  readonly box: Rectangle;
  /** How many things were painted when it was, itself among them. */
  readonly painted: number;
}

class TextPainter extends Painter {
  isGuessed = false;
  readonly #page: Page;
  readonly #layers: HiddenLayers;
  readonly #candidates: Candidate[] = [];
  readonly #fonts = new Map<PdfDict, FontStyle>();
  /** Whether each piece of marked content that is open stands in a layer that is off. */
  readonly #marked: boolean[] = [];
  #isContent = true;

  constructor(document: PdfDocument, page: Page) {
    super(document);
    this.#page = page;
    this.#layers = new HiddenLayers(document);
  }

  page(): void {
    this.walk(pageContent(this.document, this.#page), this.#page.resources, start);
  }

  annotation(value: PdfObject): void {
    const annotation = this.document.dict(value);
    if (!annotation || this.#isOutOfSight(annotation)) return;
    const form = normalAppearance(this.document, annotation);
    const rect = rectangle(this.document, annotation.get('Rect'));
    const box = form && rectangle(this.document, form.dict.get('BBox'));
    if (!form || !rect || !box) return;
    this.#isContent = false;
    this.form(form, fitting(rect, box, matrixOf(this.document, form.dict.get('Matrix'))));
  }

  /**
   * Hidden or not for the screen (12.5.3), a window that only opens when it is asked for, or of a layer that is off.
   */
  #isOutOfSight(annotation: PdfDict): boolean {
    const flags = this.document.number(annotation.get('F')) ?? 0;
    const isPopup = isName(this.document.resolve(annotation.get('Subtype')), 'Popup');
    return isPopup || (flags & 0b100010) !== 0 || this.#layers.hides(annotation.get('OC'));
  }

  /** What was read, without what something painted later hides. */
  seen(): SeenCharacter[] {
    const hiders = this.paints.map((paint, at) => ({ paint, at }));
    const work = coveringWork();
    const seen: SeenCharacter[] = [];
    let index = 0;
    while (index < this.#candidates.length) {
      // All that was drawn between the same two hiders is asked about at once.
      const from = hiders.findIndex(({ at }) => at >= (this.#candidates[index]?.painted ?? 0));
      const next = from < 0 ? Number.POSITIVE_INFINITY : (hiders[from]?.at ?? 0);
      const group: Candidate[] = [];
      for (let one = this.#candidates[index]; one && one.painted <= next; one = this.#candidates[++index]) {
        group.push(one);
      }
      const paints = from < 0 ? [] : hiders.slice(from).map(({ paint }) => paint);
      const boxes = group.map(({ box }) => box);
      const hidden = hiddenWords({ rect: everywhere, paints, isOdd: false }, boxes, work);
      seen.push(...group.filter((_, at) => !hidden.has(at)));
    }
    return seen;
  }

  protected override misplaced(): void {
    this.isGuessed = true;
  }

  protected override character(glyph: Glyph, state: State): void {
    // Unlike the painter of widgets: letters are printed over each other to look bold, and pages have white ones in
    // dark boxes, so that only these, large ones and drawn ones hide what lies below, as far as they themselves
    // reach.
    const box = boxOf(glyph);
    const isWriting = state.fill.tone !== 'bright' && box[3] - box[1] < letterHeight * largestWriting;
    if (!isWriting && state.rendering % 4 !== 3) this.paints.push(solid(box));
    const candidate = this.#isShown(state) ? this.#placed(glyph, box, state) : null;
    if (!candidate) return;
    if (this.#candidates.length >= mostCharacters) throw new AppError('pdf-too-complex', {});
    this.#candidates.push(candidate);
  }

  #isShown({ rendering, fill, stroke, fillAlpha, strokeAlpha }: State): boolean {
    if (this.#marked.includes(true)) return false;
    const mode = rendering % 4;
    const isFilled = (mode === 0 || mode === 2) && fill.tone !== 'bright' && fillAlpha >= faintest;
    const isStroked = (mode === 1 || mode === 2) && stroke.tone !== 'bright' && strokeAlpha >= faintest;
    return isFilled || isStroked;
  }

  /** Null where it leans, is too small, cut off, or beyond the page. */
  #placed(
    { text, toShown, left, right, bottom, top }: Glyph,
    box: Rectangle,
    { font, clips, rendering }: State,
  ): Candidate | null {
    if (text === '') return null;
    const middle = { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 };
    const [pageLeft, pageBottom, pageRight, pageTop] = this.#page.box;
    const isOnPage =
      middle.x > pageLeft && middle.x < pageRight && middle.y > pageBottom && middle.y < pageTop;
    if (!isOnPage || !clips.every(({ outline }) => outline.contains(middle, false))) return null;
    const matrix = concatenate(toShown, shownMatrix(this.#page));
    const [[startX, startY], [endX, endY]] = [
      transform(matrix, left, bottom),
      transform(matrix, right, bottom),
    ];
    const size = Math.abs(matrix[3] * (top - bottom));
    if (Math.abs(endY - startY) > upright || endX < startX || size < smallestSeen) return null;
    const { isBold, isItalic, isLegacy, name } = this.#styleOf(font);
    return {
      text: isLegacy ? unknownCharacter : text,
      ...{ left: startX, right: endX, baseline: startY, size },
      isContent: this.#isContent,
      isBold: isBold || rendering % 4 === 2,
      isItalic,
      font: name,
      box,
      painted: this.paints.length,
    };
  }

  #styleOf(font: PdfDict | null): FontStyle {
    if (!font) return { name: '', isBold: false, isItalic: false, isLegacy: false };
    const known = this.#fonts.get(font);
    if (known) return known;
    const value = this.document.resolve(font.get('BaseFont'));
    const name = value instanceof PdfName ? value.value.replace(/^[A-Z]{6}\+/, '') : '';
    const style = {
      name,
      isItalic: /italic|oblique/i.test(name),
      isBold: /bold|black|heavy|demi/i.test(name),
      isLegacy: /^(?:\.?Vn[A-Z]|VNI[-_])/.test(name),
    };
    this.#fonts.set(font, style);
    return style;
  }

  protected override inForm(form: PdfStream, state: State): State {
    const inside = super.inForm(form, state);
    // Nothing is painted without ink: what stands in a layer that is off neither shows nor hides.
    return this.#layers.hides(form.dict.get('OC')) ? { ...inside, fillAlpha: 0, strokeAlpha: 0 } : inside;
  }

  protected override follow(operation: Operation, state: State, resources: PdfDict, path: Path): State {
    const { operator, operands } = operation;
    if (operator === 'BDC' || operator === 'BMC') {
      if (this.#marked.length >= mostMarked) throw new AppError('pdf-too-complex', {});
      this.#marked.push(operator === 'BDC' && this.#isOff(operands, resources));
    } else if (operator === 'EMC') this.#marked.pop();
    return super.follow(operation, state, resources, path);
  }

  #isOff([tag, name]: readonly PdfObject[], resources: PdfDict): boolean {
    if (!isName(tag, 'OC') || !(name instanceof PdfName)) return false;
    return this.#layers.hides(this.document.dict(resources.get('Properties'))?.get(name.value));
  }
}

/** Where a letter stands in the page's space. */
function boxOf({ toShown, left, right, bottom, top }: Glyph): Rectangle {
  const [[x0, y0], [x1, y1]] = [
    transform(toShown, left, bottom),
    transform(toShown, right, bottom + letterHeight * (top - bottom)),
  ];
  return [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)];
}

/** The part of a font's size that letters rise above their line. */
const letterHeight = 0.7;
const mostCharacters = 100_000;
const mostMarked = 10_000;
const everywhere: Rectangle = [-1e9, -1e9, 1e9, 1e9];
