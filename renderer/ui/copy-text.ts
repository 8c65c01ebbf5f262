/**
 * Puts text on the clipboard; false where the system wouldn't take it. Only from within a press: the page has no permission for the
 * clipboard, and needs none for what a person has just asked for.
 */
export function copyText(text: string): boolean {
  let isTaken = false;
  const fill = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    isTaken = true;
  };
  document.addEventListener('copy', fill, { once: true });
  document.execCommand('copy');
  document.removeEventListener('copy', fill);
  return isTaken;
}
