import { ownCharacters } from '../doc-encoding.ts';

/** How a password becomes bytes (ISO 32000-2, 7.6.4.3.2 step a and 7.6.4.3.3 step a). */

function pdfDocEncoded(text: string): Uint8Array | null {
  const bytes: number[] = [];
  for (const character of text) {
    const code = ownCharacters.get(character) ?? character.charCodeAt(0);
    if (code > 0xff || character.length > 1) return null;
    bytes.push(code);
  }
  return Uint8Array.from(bytes);
}

/** RFC 3454, B.1: characters that are mapped to nothing. */
const nothing = /\u00ad|\u034f|\u1806|[\u180b-\u180d]|[\u200b-\u200d]|\u2060|[\ufe00-\ufe0f]|\ufeff/g;
/** RFC 3454, C.1.2: spaces that become a plain one. */
const spaces = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

/**
 * SASLprep (RFC 4013) without its prohibitions: they say which passwords mustn't be chosen, and who opens a file didn't
 * choose its.
 */
function prepared(text: string): string {
  return text.replace(spaces, ' ').replace(nothing, '').normalize('NFKC');
}

/** Longer ones are cut, in bytes: 32 up to revision 4, 127 from revision 5. */
const [oldLength, newLength] = [32, 127];

/**
 * The byte strings that the password may have become when the file was protected. The standard names the first; writers
 * that never cared took the characters' UTF-8 as they got it, and for Vietnamese ones there is no other way in the older
 * revisions.
 */
export function passwordBytes(password: string, revision: number): Uint8Array[] {
  const raw = Buffer.from(password, 'utf8');
  const candidates =
    revision >= 5
      ? [Buffer.from(prepared(password), 'utf8'), raw]
      : [pdfDocEncoded(password), raw, Buffer.from(prepared(password), 'utf8')].filter(
          (bytes) => bytes !== null,
        );
  const limit = revision >= 5 ? newLength : oldLength;
  const distinct = new Map(
    candidates.map((bytes) => {
      const cut = bytes.subarray(0, limit);
      return [Buffer.from(cut).toString('hex'), cut] as const;
    }),
  );
  return [...distinct.values()];
}
