import { AppError } from '../../../contract/failure.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isName, PdfDict, PdfName, type PdfObject, PdfStream } from '../../pdf/object.ts';
import type { Operation } from '../../pdf/text/content-reader.ts';
import { strictOperations } from '../../pdf/text/strict-content.ts';

/** Forms within forms, and states saved; every reader goes further (ISO 32000-2, Annex C asks for 28). */
const formDepth = 12;
const stateDepth = 28;
const formLimit = 1000;
const deviceSpaces = /^(?:Device(?:Gray|RGB|CMYK)|Pattern)$/;
const shows = new Set(['Tj', 'TJ', "'", '"']);
const insideText = new Set([...shows, 'Td', 'TD', 'Tm', 'T*']);

/**
 * Whether all readers draw an appearance alike, forms within it included: operators with their operands, text between
 * BT and ET, and every name in the form's own resources. For a name that isn't there some readers look in the page's,
 * some take a font of their own, and some draw nothing.
 */
export function isSoundLook(document: PdfDocument, form: PdfStream): boolean {
  try {
    new SoundLook(document).check(form, 0);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

class SoundLook {
  readonly #document: PdfDocument;
  readonly #seen = new Set<PdfStream>();

  constructor(document: PdfDocument) {
    this.#document = document;
  }

  check(form: PdfStream, depth: number): void {
    if (depth > formDepth || this.#seen.size > formLimit) throw new AppError('pdf-too-complex', {});
    if (this.#seen.has(form)) return;
    this.#seen.add(form);
    const resources = this.#document.dict(form.dict.get('Resources')) ?? new PdfDict();
    /** Whether a font is chosen, in each saved state. */
    const states = [depth > 0];
    let isText = false;
    for (const operation of strictOperations(this.#document.decodedBytes(form))) {
      const { operator } = operation;
      if (operator === 'q') states.push(states.at(-1) ?? false);
      else if (operator === 'Q') states.pop();
      if (states.length === 0 || states.length > stateDepth) throw new AppError('pdf-damaged', {});
      if (operator === 'BT' || operator === 'ET') {
        if (isText === (operator === 'BT')) throw new AppError('pdf-damaged', {});
        isText = operator === 'BT';
      }
      if (insideText.has(operator) && !isText) throw new AppError('pdf-damaged', {});
      // A blank look may name a font that it doesn't use.
      if (operator === 'Tf') states[states.length - 1] = this.#has(resources, 'Font', operation.operands[0]);
      if (shows.has(operator) && !states.at(-1)) throw new AppError('pdf-damaged', {});
      this.#follow(operation, resources, depth);
    }
  }

  #follow({ operator, operands }: Operation, resources: PdfDict, depth: number): void {
    const [name] = operands;
    switch (operator) {
      case 'gs':
        this.#parameters(this.#named(resources, 'ExtGState', name));
        return;
      case 'Do':
        this.#object(this.#named(resources, 'XObject', name), depth);
        return;
      case 'cs':
      case 'CS':
        if (!(name instanceof PdfName && deviceSpaces.test(name.value)))
          this.#named(resources, 'ColorSpace', name);
        return;
      case 'scn':
      case 'SCN':
        if (operands.at(-1) instanceof PdfName) this.#named(resources, 'Pattern', operands.at(-1));
        return;
      case 'sh':
        this.#named(resources, 'Shading', name);
    }
  }

  /**
   * A font that comes by way of parameters isn't seen by everyone; an opacity beyond its bounds is bounded by some
   * and ignored by others.
   */
  #parameters(value: PdfObject): void {
    const dict = this.#document.dict(value);
    const opacities = ['ca', 'CA'].map((key) => this.#document.resolve(dict?.get(key)) ?? 1);
    const isSound =
      dict && !dict.has('Font') && opacities.every((one) => typeof one === 'number' && one >= 0 && one <= 1);
    if (!isSound) throw new AppError('pdf-damaged', {});
  }

  #object(object: PdfObject, depth: number): void {
    const subtype = object instanceof PdfStream ? object.dict.get('Subtype') : null;
    if (object instanceof PdfStream && isName(subtype, 'Form')) this.check(object, depth + 1);
    else if (!isName(subtype, 'Image')) throw new AppError('pdf-damaged', {});
  }

  #has(resources: PdfDict, kind: string, name: PdfObject | undefined): boolean {
    const names = this.#document.dict(resources.get(kind));
    return name instanceof PdfName && this.#document.resolve(names?.get(name.value)) !== null;
  }

  #named(resources: PdfDict, kind: string, name: PdfObject | undefined): PdfObject {
    if (!this.#has(resources, kind, name)) throw new AppError('pdf-damaged', {});
    return name instanceof PdfName
      ? this.#document.resolve(this.#document.dict(resources.get(kind))?.get(name.value))
      : null;
  }
}
