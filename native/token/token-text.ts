/** As long as any text from a token may get; the contract refuses more. */
const longest = 200;

/**
 * Text from a token, a module or a certificate as it may be shown: padding cut, control and formatting characters
 * (which could turn or hide what a person reads) taken out, bounded. Bytes that aren't UTF-8 came as U+FFFD.
 */
export function cleanText(raw: string): string {
  const visible = raw.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu, '').trim();
  if (visible.length <= longest) return visible;
  // By code points, so that no character is cut in half.
  let text = '';
  for (const character of visible) {
    if (text.length + character.length > longest) break;
    text += character;
  }
  return text;
}

/** A path as a failure's parameter, which is bounded. */
export function shownPath(path: string): string {
  return path.length <= 1000 ? path : `…${path.slice(-999)}`;
}
