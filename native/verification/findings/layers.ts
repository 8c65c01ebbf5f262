import type { HiddenKind } from '../../../contract/file-finding.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isName, type PdfDict, PdfName, type PdfObject, PdfRef, PdfString } from '../../pdf/object.ts';

/** A layer (ISO 32000-2, 8.11: optional content) that not everybody sees, or not everywhere. */
export interface HiddenLayer {
  readonly kind: HiddenKind;
  readonly name: string;
}

/** Layers of an honest plan are some dozens. */
const mostLayers = 10_000;
const deepestExpression = 32;

/** Which layers are on at first, by the default configuration. */
export class Layers {
  readonly #document: PdfDocument;
  readonly #isOnByDefault: boolean;
  readonly #on: ReadonlySet<number>;
  readonly #off: ReadonlySet<number>;
  readonly #groups: readonly PdfObject[];

  constructor(document: PdfDocument) {
    this.#document = document;
    const properties = document.dict(document.catalog.get('OCProperties'));
    const configuration = document.dict(properties?.get('D'));
    this.#isOnByDefault = !isName(document.resolve(configuration?.get('BaseState')), 'OFF');
    this.#on = numbersIn(document, configuration?.get('ON'));
    this.#off = numbersIn(document, configuration?.get('OFF'));
    this.#groups = (document.array(properties?.get('OCGs')) ?? []).slice(0, mostLayers);
  }

  /** Those that are off, or that print, screen, magnification, language or person switch on or off. */
  hidden(): HiddenLayer[] {
    return this.#groups.flatMap((group) => {
      const dict = this.#document.dict(group);
      const kind = dict && this.#kindOf(group, dict);
      return kind ? [{ kind, name: textOf(this.#document, dict.get('Name')) }] : [];
    });
  }

  /** Whether content that belongs to a membership dictionary (8.11.2.2) shows at first. */
  isShown(membership: PdfDict): boolean {
    const expression = this.#document.array(membership.get('VE'));
    if (expression) return this.#holds(expression, 0);
    const groups = membership.get('OCGs');
    const list = this.#document.array(groups) ?? (groups === undefined ? [] : [groups]);
    if (list.length === 0) return true;
    const states = list.map((group) => this.#isOn(group));
    const policy = this.#document.resolve(membership.get('P'));
    switch (policy instanceof PdfName ? policy.value : 'AnyOn') {
      case 'AllOn':
        return states.every((isOn) => isOn);
      case 'AnyOff':
        return states.some((isOn) => !isOn);
      case 'AllOff':
        return states.every((isOn) => !isOn);
      default:
        return states.some((isOn) => isOn);
    }
  }

  #holds(expression: readonly PdfObject[], depth: number): boolean {
    const [operator, ...operands] = expression;
    if (depth > deepestExpression) return false;
    const states = operands.map((operand) => {
      const nested = this.#document.array(operand);
      return nested ? this.#holds(nested, depth + 1) : this.#isOn(operand);
    });
    if (isName(operator, 'Not')) return !states[0];
    return isName(operator, 'Or') ? states.some((isOn) => isOn) : states.every((isOn) => isOn);
  }

  #isOn(group: PdfObject): boolean {
    const number = group instanceof PdfRef ? group.number : -1;
    if (this.#off.has(number)) return false;
    return this.#isOnByDefault || this.#on.has(number);
  }

  /** Some programs go by /Usage alone, others where /AS says so: what any of them may do counts. */
  #kindOf(group: PdfObject, dict: PdfDict): HiddenKind | null {
    const usage = this.#document.dict(dict.get('Usage'));
    const states = new Set([this.#isOn(group)]);
    for (const [event, key] of [
      ['View', 'ViewState'],
      ['Print', 'PrintState'],
      ['Export', 'ExportState'],
    ] as const) {
      const state = this.#document.resolve(this.#document.dict(usage?.get(event))?.get(key));
      if (state instanceof PdfName) states.add(state.value !== 'OFF');
    }
    if (states.size > 1) return 'layer-print';
    if (!states.has(true)) return 'layer-off';
    return ['Zoom', 'Language', 'User'].some((key) => usage?.has(key)) ? 'layer-depends' : null;
  }
}

function numbersIn(document: PdfDocument, value: PdfObject | undefined): ReadonlySet<number> {
  const items = document.array(value) ?? [];
  return new Set(items.flatMap((item) => (item instanceof PdfRef ? [item.number] : [])));
}

/** A text string; empty for anything else. */
export function textOf(document: PdfDocument, value: PdfObject | undefined): string {
  const text = document.resolve(value);
  return text instanceof PdfString ? text.toText() : '';
}
