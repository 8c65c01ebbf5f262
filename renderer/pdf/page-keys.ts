export type PageMove = 'next' | 'previous' | 'first' | 'last' | 'larger' | 'smaller' | 'fit';

const moves = new Map<string, PageMove>([
  ['PageDown', 'next'],
  ['PageUp', 'previous'],
  ['Home', 'first'],
  ['End', 'last'],
  ['+', 'larger'],
  // Unshifted "+" on most keyboards.
  ['=', 'larger'],
  ['-', 'smaller'],
  ['0', 'fit'],
]);

interface Key {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** What a key does while the pages have the focus; with Ctrl or Alt it belongs to the window or the system. */
export function moveOfKey({ key, ctrlKey, altKey, metaKey }: Key): PageMove | null {
  return ctrlKey || altKey || metaKey ? null : (moves.get(key) ?? null);
}
