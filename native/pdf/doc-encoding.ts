/** PDFDocEncoding (ISO 32000-2, Annex D.3): Latin-1, but for these. */

/** What it has where Latin-1 has control characters. */
export const ownCharacters: ReadonlyMap<string, number> = new Map([
  ...[...'˘ˇˆ˙˝˛˚˜'].map((character, index) => [character, 0x18 + index] as const),
  ...[...'•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž'].map((character, index) => [character, 0x80 + index] as const),
  ['€', 0xa0] as const,
]);

const byCode = new Map([...ownCharacters].map(([character, code]) => [code, character]));

/** The text of bytes in PDFDocEncoding. */
export function docEncodedText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  return text.replace(/[^ -~]/g, (one) => byCode.get(one.charCodeAt(0)) ?? one);
}
