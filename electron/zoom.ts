/** The steps that Ctrl + and Ctrl − walk through. */
const steps = [0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

export type ZoomChange = 'in' | 'out' | 'reset';

export function nextZoom(zoom: number, change: ZoomChange): number {
  if (change === 'reset') return 1;
  // The stored factor may lie between two steps; the margin keeps a rounding error from counting as one.
  const found =
    change === 'in' ? steps.find((step) => step > zoom + 0.01) : steps.findLast((step) => step < zoom - 0.01);
  return found ?? zoom;
}

/** Which zoom a key asks for: Ctrl (or ⌘) with +, − or 0, on the main keys or the number pad. */
export function zoomOfKey(input: {
  key: string;
  control: boolean;
  meta: boolean;
  alt: boolean;
}): ZoomChange | null {
  if ((!input.control && !input.meta) || input.alt) return null;
  // Unshifted, "+" is "=" on most keyboards.
  if (input.key === '+' || input.key === '=') return 'in';
  if (input.key === '-' || input.key === '_') return 'out';
  return input.key === '0' ? 'reset' : null;
}
