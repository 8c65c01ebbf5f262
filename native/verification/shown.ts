const longestText = 300;

/** Text out of a hostile file or certificate: no control characters for a terminal, none that turn the reading direction. */
export function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu, '\ufffd').slice(0, longestText);
}
