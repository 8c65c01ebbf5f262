import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isArray, isName, PdfDict, PdfName, type PdfObject, PdfRef, PdfStream } from '../../pdf/object.ts';
import type { Page } from '../../pdf/page.ts';
import { type Operation, pageContent } from '../../pdf/text/content-reader.ts';
import type { WorkBudget } from '../../pdf/work-budget.ts';
import { shownOf } from './annotation.ts';
import { isPlainFont } from './font.ts';
import { isPlainImage } from './image.ts';
import { isPlainLayer } from './layer.ts';
import { pageOperations } from './operations.ts';
import { isEncodedPlainly } from './stream.ts';

/** Forms within forms; every reader goes further. */
const formDepth = 12;
const shows = new Set(['Tj', 'TJ', "'", '"']);
const ownSpaces = /^(?:Device(?:Gray|RGB|CMYK)|Pattern)$/;

/**
 * Whether all programs read a page's content alike, forms within it included: operators with their operands, text
 * between BT and ET, and fonts, forms and pictures that are there. For a font that isn't, some take one of their own
 * and some show nothing; behind an operand too many, some go on with the first and some with the last. Whoever drafts
 * a page so chooses who sees what. `unfinished`: the budget was used up before the page's end.
 */
export function plainnessOf(
  document: PdfDocument,
  page: Page,
  budget: WorkBudget,
): 'plain' | 'ambiguous' | 'unfinished' {
  try {
    if (!areStreams(document, page.dict.get('Contents'))) return 'ambiguous';
    const walk = new PlainPage(document, budget);
    walk.walk(pageContent(document, page), page.resources, 0);
    walk.annotations(page.dict.get('Annots'));
    return 'plain';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === 'pdf-too-complex' ? 'unfinished' : 'ambiguous';
  }
}

/** 7.7.3.3: a stream or an array of them; of anything else in it some programs show the rest and some nothing. */
function areStreams(document: PdfDocument, contents: PdfObject | undefined): boolean {
  const value = document.resolve(contents);
  if (value === null) return true;
  const isStream = (item: PdfObject) => {
    const stream = document.resolve(item);
    return item instanceof PdfRef && stream instanceof PdfStream && isEncodedPlainly(document, stream);
  };
  // What isn't there, of several parts, is missed by everybody.
  const isPart = (item: PdfObject) => document.resolve(item) === null || isStream(item);
  return isArray(value) ? value.every(isPart) : isStream(contents ?? null);
}

class PlainPage {
  readonly #document: PdfDocument;
  readonly #budget: WorkBudget;
  /** With the resources that they were read with: a form may do without its own. */
  readonly #seen = new Map<PdfStream, PdfDict>();

  constructor(document: PdfDocument, budget: WorkBudget) {
    this.#document = document;
    this.#budget = budget;
  }

  walk(content: Uint8Array, resources: PdfDict, depth: number): void {
    let isText = false;
    let marked = 0;
    const fonts: boolean[] = [depth > 0];
    for (const operation of pageOperations(content, this.#budget)) {
      const { operator, operands } = operation;
      if (operator === 'q') fonts.push(fonts.at(-1) ?? false);
      else if (operator === 'Q' && fonts.length > 1) fonts.pop();
      else if (operator === 'BT' || operator === 'ET') {
        demand(isText !== (operator === 'BT'));
        isText = operator === 'BT';
      } else if (operator === 'EMC') demand(--marked >= 0);
      else if (operator === 'Tf') {
        demand(isPlainFont(this.#document, this.#named(resources, 'Font', operands[0])));
        fonts[fonts.length - 1] = true;
      } else if (shows.has(operator)) demand(isText && fonts.at(-1) === true);
      else {
        if (operator === 'BMC' || operator === 'BDC') marked++;
        this.#follow(operation, resources, depth);
      }
    }
  }

  /** What annotations show; their forms have resources of their own. */
  annotations(value: PdfObject | undefined): void {
    const list = this.#document.resolve(value);
    if (!isArray(list)) return;
    for (const item of list) {
      this.#budget.spend(1);
      const annotation = this.#document.dict(item);
      if (!annotation) continue;
      const shown = shownOf(this.#document, annotation);
      demand(shown.isPlain);
      if (shown.isPlain && shown.form) this.#form(shown.form, new PdfDict(), 0);
    }
  }

  #follow({ operator, operands }: Operation, resources: PdfDict, depth: number): void {
    const [name] = operands;
    switch (operator) {
      case 'gs':
        demand(this.#document.dict(this.#named(resources, 'ExtGState', name)) !== null);
        return;
      case 'Do':
        this.#object(this.#named(resources, 'XObject', name), resources, depth);
        return;
      case 'cs':
      case 'CS':
        if (!(name instanceof PdfName && ownSpaces.test(name.value)))
          demand(this.#named(resources, 'ColorSpace', name) !== null);
        return;
      case 'sh':
        demand(this.#named(resources, 'Shading', name) !== null);
        return;
      case 'BDC':
        if (isName(name, 'OC'))
          demand(isPlainLayer(this.#document, this.#reference(resources, 'Properties', operands[1])));
        return;
      default:
    }
  }

  #object(object: PdfObject, resources: PdfDict, depth: number): void {
    // What isn't there is drawn by nobody.
    if (object === null) return;
    if (!(object instanceof PdfStream)) throw new AppError('pdf-damaged', {});
    if (object.dict.has('OC')) demand(isPlainLayer(this.#document, object.dict.get('OC')));
    const subtype = this.#document.resolve(object.dict.get('Subtype'));
    if (isName(subtype, 'Image')) {
      demand(isPlainImage(this.#document, object));
      return;
    }
    demand(isName(subtype, 'Form'));
    this.#form(object, resources, depth);
  }

  /** A form without resources of its own takes those around it. */
  #form(form: PdfStream, around: PdfDict, depth: number): void {
    const own = this.#document.dict(form.dict.get('Resources')) ?? around;
    if (this.#seen.get(form) === own) return;
    this.#seen.set(form, own);
    demand(depth < formDepth && isEncodedPlainly(this.#document, form));
    this.walk(this.#document.decodedBytes(form), own, depth + 1);
  }

  #named(resources: PdfDict, kind: string, name: PdfObject | undefined): PdfObject {
    return this.#document.resolve(this.#reference(resources, kind, name));
  }

  #reference(resources: PdfDict, kind: string, name: PdfObject | undefined): PdfObject | undefined {
    const named = this.#document.dict(resources.get(kind));
    return name instanceof PdfName ? named?.get(name.value) : undefined;
  }
}

function demand(holds: boolean): void {
  if (!holds) throw new AppError('pdf-damaged', {});
}
