/** What PDF.js leaves out of a page and only tells its console, in the window as here. */
export type LeftOut = 'picture' | 'content' | 'annotation';

const kinds: readonly (readonly [RegExp, LeftOut])[] = [
  [/Image exceeded maximum allowed size/, 'picture'],
  [/Unable to decode (?:inline )?image/, 'content'],
  // A name without a stream behind it draws nothing anywhere.
  [/getOperatorList - ignoring (?:XObject: (?!"FormatError: XObject should be)|Shading|errors)/, 'content'],
  [/getOperatorList - ignoring annotation/, 'annotation'],
  [/ignoring (?:pattern|sub-stream)/, 'content'],
];

const heard = new Set<LeftOut>();

/** Listens to what PDF.js tells the console of its thread, which has no other reader. */
export function listenToPdfjs(): void {
  console.warn = (...words: unknown[]) => {
    const text = words.join(' ');
    for (const [pattern, kind] of kinds) if (pattern.test(text)) heard.add(kind);
  };
}

/** What was left out since this was asked last. */
export function leftOut(): ReadonlySet<LeftOut> {
  const kindsHeard = new Set(heard);
  heard.clear();
  return kindsHeard;
}
