import type { StampPlace } from '../../contract/stamp-place.ts';

/** Lengths in millimetres, from the visible page's top left corner. */
export type Box = StampPlace['box'];

export interface Size {
  width: number;
  height: number;
}

/** Smaller signatures can't be read. */
export const leastBox: Size = { width: 12, height: 6 };

const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

/** The box moved by so much, but not off the page. */
export function moved(box: Box, right: number, down: number, page: Size): Box {
  return {
    ...box,
    x: within(box.x + right, 0, Math.max(page.width - box.width, 0)),
    y: within(box.y + down, 0, Math.max(page.height - box.height, 0)),
  };
}

/** The box with its lower right corner moved by so much, but not off the page, and never too small to read. */
export function resized(box: Box, wider: number, higher: number, page: Size): Box {
  return {
    ...box,
    width: within(box.width + wider, Math.min(leastBox.width, page.width), page.width - box.x),
    height: within(box.height + higher, Math.min(leastBox.height, page.height), page.height - box.y),
  };
}

/** The box on another page, which may be smaller. */
export function fitted(box: Box, page: Size): Box {
  const size = { width: Math.min(box.width, page.width), height: Math.min(box.height, page.height) };
  return moved({ ...box, ...size }, 0, 0, page);
}

interface Key {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

const steps = new Map<string, readonly [number, number]>([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, -1]],
  ['ArrowDown', [0, 1]],
]);

/** What a key does to the box: arrows move it by a millimetre, with Ctrl by ten; with Shift they resize it. Null for other keys. */
export function boxOfKey({ key, shiftKey, ctrlKey, altKey, metaKey }: Key, box: Box, page: Size): Box | null {
  const step = steps.get(key);
  if (!step || altKey || metaKey) return null;
  const [right, down] = step.map((one) => one * (ctrlKey ? 10 : 1)) as [number, number];
  return shiftKey ? resized(box, right, down, page) : moved(box, right, down, page);
}
