/**
 * What a section of a file says that isn't so, or isn't as programs expect it: one a section, so that a finding has a
 * name.
 */
export const twists = [
  ...([
    'prev nought',
    'prev beside',
    'prev of the last but one',
    'prev itself',
    'prev a fraction',
    'prev missing',
  ] as const),
  ...(['prev a reference', 'prev with a plus', 'prev twice', 'prev in front of white space'] as const),
  ...([
    'startxref beside',
    'startxref nought',
    'startxref of the section before',
    'startxref twice',
  ] as const),
  ...([
    'startxref before white space',
    'startxref in a comment',
    'startxref missing',
    'end missing',
  ] as const),
  ...([
    'rows exchanged',
    'row of another generation',
    'row free',
    'row beside',
    'row twice',
    'rows of 19 bytes',
  ] as const),
  ...([
    'rows from one',
    'row missing',
    'count short',
    'count long',
    'row behind the end',
    'row of a type unknown',
  ] as const),
  ...([
    'size small',
    'size missing',
    'size huge',
    'root twice',
    'root another',
    'trailer twice',
    'trailer of comments',
  ] as const),
  ...([
    'hybrid with another',
    'hybrid agreeing',
    'hybrid that frees',
    'hybrid beside',
    'hybrid in one section',
  ] as const),
  ...(['object again behind', 'object again in front', 'object again in a stream', 'number padded'] as const),
  ...([
    'comment in the header',
    'junk before the value',
    'no endobj',
    'no endstream',
    'header of another number',
  ] as const),
  ...([
    'length short',
    'length long',
    'length by reference',
    'length missing',
    'length by a missing reference',
  ] as const),
  ...([
    'junk before the file',
    'two headers',
    'junk behind the end',
    'header of version 1.0',
    'no header',
  ] as const),
  ...(['linearized', 'linearized longer', 'linearized in another revision', 'linearized and split'] as const),
  ...([
    'first short',
    'n short',
    'numbers exchanged',
    'extends',
    'w with nothing for types',
    'index missing',
  ] as const),
  ...(['index overlapping', 'carriage returns', 'encrypted by nothing', 'catalog of a version'] as const),
] as const;

export type Twist = (typeof twists)[number];
