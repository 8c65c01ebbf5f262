/** Name of the one IPC channel between shell and preload script. */
export const pageChannel = 'antin';

/** Name of the one channel the other way: what a person has dropped on the window. */
export const filesChannel = 'antin-files';

/** Where the page comes from; its whole origin. */
export const pageOrigin = 'app://antin';

/** The same for the window in which a person agrees to signatures: another origin, in another session. */
export const consentOrigin = 'app://consent';
export const consentUrl = `${consentOrigin}/consent.html`;

/** The page's address; `recovered` tells it that it was loaded again after it had crashed. */
export function pageUrl(recovered: boolean): string {
  return `${pageOrigin}/index.html${recovered ? '?recovered=1' : ''}`;
}
