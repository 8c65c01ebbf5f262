/** A stretch of an input and what takes its place. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly by: Uint8Array;
}

/** Makes the edits; of two that overlap, the one that begins first counts. */
export function edited(bytes: Uint8Array, edits: readonly Edit[]): Buffer {
  const parts: Uint8Array[] = [];
  let position = 0;
  for (const { start, end, by } of edits.toSorted((a, b) => a.start - b.start)) {
    if (start < position) continue;
    parts.push(bytes.subarray(position, start), by);
    position = Math.max(start, end);
  }
  return Buffer.concat([...parts, bytes.subarray(position)]);
}
