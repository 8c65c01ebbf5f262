/** Says to whoever drives the window from outside that the first screen stands and can be used. */
export function markReady(): void {
  document.documentElement.dataset['ready'] = 'true';
}
