import type { FailureParams } from '../../../contract/failure.ts';
import type { FormRule } from '../../../contract/form-rule.ts';
import type { BoxMm } from '../../pdf/page-geometry.ts';
import type { Anatomy } from './anatomy.ts';
import type { FormLine } from './form-page.ts';

/** Where a rule isn't kept; millimetres from the top left corner, null where something is missing. */
export interface Breach {
  readonly page: number;
  readonly box: BoxMm | null;
  readonly params: FailureParams;
}

/** A rule as a value: it looks at a document's components and tells each place at which it isn't kept. */
export interface Rule {
  readonly rule: FormRule;
  breaches(document: Anatomy): readonly Breach[];
}

/** Something isn't there; told of the page where it should be. */
export const missing = (page = 1): Breach => ({ page, box: null, params: {} });

export function at({ page, box }: Pick<FormLine, 'page' | 'box'>, found?: string | number): Breach {
  return { page, box, params: found === undefined ? {} : { found } };
}

export interface Style {
  /** Points. */
  readonly sizes: readonly [least: number, most: number];
  readonly isBold?: boolean;
  readonly isItalic?: boolean;
  readonly isCapitals?: boolean;
}

/** Programs round sizes; half a point is no other size. */
const tolerance = 0.4;

/** The lines that aren't set in that style, each with the style that it has. */
export function inOtherStyle(lines: readonly (FormLine | null)[], style: Style): Breach[] {
  const { sizes, isBold, isItalic, isCapitals } = style;
  return lines.flatMap((line) => {
    if (!line) return [];
    const isSized = line.size >= sizes[0] - tolerance && line.size <= sizes[1] + tolerance;
    const isSame =
      isSized &&
      (isBold === undefined || line.isBold === isBold) &&
      (isItalic === undefined || line.isItalic === isItalic) &&
      (isCapitals === undefined || line.isCapitals === isCapitals);
    return isSame ? [] : [at(line, styleOf(line))];
  });
}

/** In the words of the decree: "13, đậm, nghiêng". */
function styleOf({ size, isBold, isItalic }: FormLine): string {
  return [`${size}`, isItalic ? 'nghiêng' : 'đứng', ...(isBold ? ['đậm'] : [])].join(', ');
}
