import { plainLine } from '../../contract/plain-text.ts';

/** As long as a name out of a file or a certificate is shown. */
const longestText = 300;

/** A name out of a hostile file or certificate, as a verdict tells it. */
export function shown(text: string): string {
  return plainLine(text, longestText);
}
