/** A stretch of text in one style, as it is printed. */
export interface Run {
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
}

const marks = /(\*\*)|(\*)|\[ref:([\w.-]{1,64})\]/g;

/**
 * A paragraph's runs. `**` and `*` open and close bold and italic; a mark without its partner is printed as it is, as
 * in "2 * 3". `labelOf` gives the words for a reference and throws where there is nothing of that id.
 */
export function inlineRuns(text: string, labelOf: (id: string) => string): Run[] {
  const runs: Run[] = [];
  let style = { bold: false, italic: false };
  let from = 0;
  const push = (part: string) => {
    if (part !== '') runs.push({ text: part, ...style });
  };
  for (const match of text.matchAll(marks)) {
    const [whole, strong, emphasis, reference] = match;
    const end = match.index + whole.length;
    if (reference === undefined && !isMark(text, match.index, whole, style)) continue;
    push(text.slice(from, match.index));
    from = end;
    if (strong) style = { ...style, bold: !style.bold };
    else if (emphasis) style = { ...style, italic: !style.italic };
    else if (reference !== undefined) push(labelOf(reference));
  }
  push(text.slice(from));
  return runs;
}

/** A mark closes what is open where no blank stands before it, and opens where it closes again farther on. */
function isMark(text: string, at: number, mark: string, style: { bold: boolean; italic: boolean }): boolean {
  const isOpen = mark === '**' ? style.bold : style.italic;
  if (isOpen) return /\S/.test(text[at - 1] ?? ' ');
  if (/\s/.test(text[at + mark.length] ?? ' ')) return false;
  const closing = mark === '**' ? /\S\*\*/ : /\S(?<!\*)\*(?!\*)/;
  return closing.test(text.slice(at + mark.length));
}
