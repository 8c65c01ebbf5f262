/** For the ref of a part that scrolls: within reach of the keyboard, its arrows move what stands below the last button, too (WCAG 2.1.1). */
export function reachable(element: HTMLElement | null): void {
  if (element) element.tabIndex = 0;
}
