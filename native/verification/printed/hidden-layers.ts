import type { PdfDocument } from '../../pdf/document.ts';
import { isName, type PdfDict, type PdfObject, PdfRef } from '../../pdf/object.ts';

/** Groups and lists of groups that are looked through; drawings of engineers have a few hundred. */
const mostGroups = 10_000;

/** The layers of a document that are off when it is opened (ISO 32000-2, 8.11.4), and whatever is bound to them. */
export class HiddenLayers {
  readonly #document: PdfDocument;
  readonly #off = new Set<number>();
  readonly #on = new Set<number>();
  readonly #isOffByDefault: boolean;

  constructor(document: PdfDocument) {
    this.#document = document;
    const properties = document.dict(document.catalog.get('OCProperties'));
    const usual = document.dict(properties?.get('D'));
    this.#isOffByDefault = isName(document.resolve(usual?.get('BaseState')), 'OFF');
    this.#add(this.#off, usual?.get('OFF'));
    this.#add(this.#on, usual?.get('ON'));
  }

  #add(numbers: Set<number>, value: PdfObject | undefined): void {
    for (const group of (this.#document.array(value) ?? []).slice(0, mostGroups)) {
      if (group instanceof PdfRef) numbers.add(group.number);
    }
  }

  /**
   * Whether what belongs to this group, or to these, isn't shown; of several one that is off hides, since readers
   * differ.
   */
  hides(group: PdfObject | undefined): boolean {
    if (group instanceof PdfRef && this.#isOff(group)) return true;
    const members = this.#members(this.#document.dict(group));
    return members.some((member) => member instanceof PdfRef && this.#isOff(member));
  }

  #members(dict: PdfDict | null): readonly PdfObject[] {
    const groups = dict?.get('OCGs');
    if (groups === undefined) return [];
    return (this.#document.array(groups) ?? [groups]).slice(0, mostGroups);
  }

  #isOff({ number }: PdfRef): boolean {
    return this.#off.has(number) || (this.#isOffByDefault && !this.#on.has(number));
  }
}
