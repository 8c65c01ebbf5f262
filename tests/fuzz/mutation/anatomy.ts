/** Where the parts of a PDF stand that are worth changing: found by expressions, not by the reader that is tested. */
export interface Anatomy {
  readonly numbers: readonly Stretch[];
  readonly names: readonly Stretch[];
  readonly marks: readonly Stretch[];
  readonly lengths: readonly Stretch[];
  readonly rows: readonly Stretch[];
  readonly references: readonly Stretch[];
  readonly pointers: readonly Stretch[];
  /** Whole objects, `1 0 obj` to `endobj`. */
  readonly objects: readonly Stretch[];
  /** Data of deflated streams. */
  readonly deflated: readonly Stretch[];
  /** Digits in the gap that a signature leaves for itself. */
  readonly gaps: readonly Stretch[];
}

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Takes a file apart. */
export function anatomyOf(bytes: Uint8Array): Anatomy {
  const text = Buffer.from(bytes).toString('latin1');
  const gaps = found(text, /\/Contents\s*<([0-9a-fA-F]{64,})>/g);
  const data = found(text, /stream\r?\n([\s\S]*?)endstream/g).filter(({ start, end }) => end - start > 40);
  // What stands in data or in a gap looks like numbers and names by chance alone.
  let bare = text;
  for (const { start, end } of [...data, ...gaps])
    bare = bare.slice(0, start) + '\0'.repeat(end - start) + bare.slice(end);
  return {
    numbers: found(bare, /(?<![\d#A-Za-z])([-+]?\d+(?:\.\d+)?)/g),
    names: found(bare, /(\/[A-Za-z][A-Za-z0-9]*)/g),
    marks: found(bare, /(<<|>>|\[|\]|\bendobj|\bobj|\bendstream|\bstream|\bR\b|\btrailer|\bxref|%%EOF)/g),
    lengths: found(bare, /\/(?:Length\d?|Size|N|First|Index|W|Count|Columns|Predictor)\s*(\[?[\d ]+)/g),
    rows: found(bare, /(\d{10} \d{5} [nf])/g),
    references: found(bare, /(\d+ \d+ (?:R\b|obj\b))/g),
    pointers: found(bare, /(?:\/Prev|\/XRefStm|startxref|\/ByteRange)\s*(\[?[\d ]+)/g),
    objects: found(text, /(\b\d+ \d+ obj\b[\s\S]*?endobj)/g),
    deflated: data.filter(({ start }) =>
      text.slice(Math.max(0, start - 300), start).includes('/FlateDecode'),
    ),
    gaps,
  };
}

/** Where the first group of an expression matches. */
function found(text: string, expression: RegExp): Stretch[] {
  return [...text.matchAll(expression)].map((match) => {
    const start = match.index + match[0].indexOf(match[1] ?? '');
    return { start, end: start + (match[1] ?? '').length };
  });
}
