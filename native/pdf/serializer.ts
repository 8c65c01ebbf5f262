import { isArray, PdfDict, PdfName, type PdfObject, PdfRef, PdfStream, type PdfString } from './object.ts';

/** Writes objects as bytes (ISO 32000-2, 7.3), collected in pieces. Streams must carry their bytes. */
export function serialize(value: PdfObject): Uint8Array {
  const pieces: Uint8Array[] = [];
  write(value, pieces);
  return Buffer.concat(pieces);
}

function text(value: string): Uint8Array {
  return Buffer.from(value, 'latin1');
}

function write(value: PdfObject, pieces: Uint8Array[]): void {
  if (value === null || typeof value === 'boolean') pieces.push(text(String(value)));
  else if (typeof value === 'number') pieces.push(text(exactNumber(value)));
  else if (value instanceof PdfName) pieces.push(text(formatName(value.value)));
  else if (value instanceof PdfRef) pieces.push(text(value.toString()));
  else if (value instanceof PdfDict) writeDict(value, pieces);
  else if (value instanceof PdfStream) writeStream(value, pieces);
  else if (isArray(value)) {
    pieces.push(text('['));
    value.forEach((item, index) => {
      if (index > 0) pieces.push(text(' '));
      write(item, pieces);
    });
    pieces.push(text(']'));
  } else pieces.push(formatString(value));
}

function writeDict(dict: PdfDict, pieces: Uint8Array[]): void {
  pieces.push(text('<<'));
  for (const [key, value] of dict.entries) {
    pieces.push(text(`${formatName(key)} `));
    write(value, pieces);
  }
  pieces.push(text('>>'));
}

function writeStream({ dict, data }: PdfStream, pieces: Uint8Array[]): void {
  if (!('bytes' in data)) throw new TypeError('a stream of the file itself is never written again');
  writeDict(dict.with({ Length: data.bytes.length }), pieces);
  pieces.push(text('\nstream\n'), data.bytes, text('\nendstream'));
}

/** At most five decimals, which is a hundredth of a micrometre in points; never an exponent (7.3.3). */
export function formatNumber(value: number): string {
  return exactNumber(Math.round(value * 1e5) / 1e5);
}

/**
 * The shortest decimal that reads back as this very number: what a file already said, such as a map's scale of a
 * millionth, mustn't change where its dictionary is written again. PDF has no infinite numbers; they come out as 0.
 */
function exactNumber(value: number): string {
  if (!Number.isFinite(value) || value === 0) return '0';
  if (Number.isInteger(value)) return BigInt(value).toString();
  const shortest = String(value);
  if (!shortest.includes('e')) return shortest;
  return value
    .toFixed(decimalLimit)
    .replace(/\.?0+$/, '')
    .replace(/^-?0?$/, '0');
}

const decimalLimit = 20;

export function formatName(value: string): string {
  const escaped = value.replace(
    /[^\x21-\x7e]|[#()<>[\]{}/%]/g,
    (character) => `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `/${escaped}`;
}

function formatString({ bytes, hex }: PdfString): Uint8Array {
  const raw = Buffer.from(bytes);
  if (hex) return text(`<${raw.toString('hex').toUpperCase()}>`);
  // A bare CR would be read back as LF (7.3.4.2).
  const escaped = raw
    .toString('latin1')
    .replace(/[\\()]/g, '\\$&')
    .replaceAll('\r', '\\r');
  return text(`(${escaped})`);
}
