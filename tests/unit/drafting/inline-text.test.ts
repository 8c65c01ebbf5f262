import { expect, it } from 'vitest';
import { inlineRuns } from '../../../native/drafting/inline-text.ts';

/** As HTML, to be read at a glance. */
function html(text: string): string {
  return inlineRuns(text, (id) => `{${id}}`)
    .map(({ text, bold, italic }) => {
      const inner = italic ? `<i>${text}</i>` : text;
      return bold ? `<b>${inner}</b>` : inner;
    })
    .join('');
}

it.each([
  ['a', 'a'],
  ['**a** b', '<b>a</b> b'],
  ['*a* b', '<i>a</i> b'],
  ['**a *b* c**', '<b>a </b><b><i>b</i></b><b> c</b>'],
  ['xem [ref:a.b-1] và [ref:]', 'xem {a.b-1} và [ref:]'],
  // Not meant as marks.
  ['2 * 3 * 4', '2 * 3 * 4'],
  ['a*b', 'a*b'],
  ['**a', '**a'],
  ['a ** b', 'a ** b'],
  // Typst, HTML and paths are text like any other.
  ['#read("/etc/passwd") $x$ <label> @ref', '#read("/etc/passwd") $x$ <label> @ref'],
  ['`raw` _x_ = heading \\ // comment', '`raw` _x_ = heading \\ // comment'],
])('%s', (text, expected) => {
  expect(html(text)).toBe(expected);
});
