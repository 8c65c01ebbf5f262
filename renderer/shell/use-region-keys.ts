import { type RefObject, useEffect } from 'react';

/** F6 and Shift+F6 walk through the parts of the window marked `data-region`, as in other desktop programs. */
export function useRegionKeys(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // A dialog keeps the focus until it is closed.
      if (event.key !== 'F6' || document.querySelector('[role="dialog"]')) return;
      const regions = [...(root.current?.querySelectorAll<HTMLElement>('[data-region]') ?? [])];
      if (regions.length === 0) return;
      event.preventDefault();
      const here = regions.findLastIndex((region) => region.contains(document.activeElement));
      const step = event.shiftKey ? -1 : 1;
      regions.at((here + step) % regions.length)?.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [root]);
}
