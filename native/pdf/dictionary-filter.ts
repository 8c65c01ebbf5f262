import { AppError } from '../../contract/failure.ts';
import { ByteCollector } from './byte-collector.ts';

/** The older compressing filters (ISO 32000-2, 7.4.4 and 7.4.5). Output beyond `limit` throws `pdf-too-complex`. */

const endOfRuns = 128;

export function decodeRunLength(bytes: Uint8Array, limit: number): Uint8Array {
  const output = new ByteCollector(limit);
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at++] as number;
    if (length === endOfRuns) break;
    if (length < endOfRuns) {
      output.append(bytes.subarray(at, at + length + 1));
      at += length + 1;
    } else {
      output.repeat(bytes[at] ?? 0, 257 - length);
      at++;
    }
  }
  return output.take();
}

const [clearTable, endOfData] = [256, 257];
const tableLimit = 4096;
const singles = Array.from({ length: 258 }, (_, code) => Uint8Array.of(code & 0xff));

/** LZW: codes of 9 to 12 bits; `early` is /EarlyChange, whose default 1 widens codes one step early. */
export function decodeLzw(bytes: Uint8Array, early: boolean, limit: number): Uint8Array {
  const output = new ByteCollector(limit);
  const table: Uint8Array[] = [...singles];
  let width = 9;
  let previous: Uint8Array | null = null;
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffffff;
    bits += 8;
    if (bits < width) continue;
    bits -= width;
    const code = (buffer >> bits) & ((1 << width) - 1);
    if (code === endOfData) break;
    if (code === clearTable) {
      // Not made anew: a stream of nothing but these would take a table's time for each nine bits.
      if (table.length > singles.length) table.length = singles.length;
      width = 9;
      previous = null;
      continue;
    }
    const entry: Uint8Array | null = table[code] ?? (previous ? extended(previous, previous) : null);
    if (!entry) throw new AppError('pdf-damaged', {});
    if (previous && table.length < tableLimit) table.push(extended(previous, entry));
    output.append(entry);
    previous = entry;
    const size = table.length + (early ? 1 : 0);
    width = size >= 2048 ? 12 : size >= 1024 ? 11 : size >= 512 ? 10 : 9;
  }
  return output.take();
}

/** `word` with the first byte of `next` behind it. */
function extended(word: Uint8Array, next: Uint8Array): Uint8Array {
  const longer = new Uint8Array(word.length + 1);
  longer.set(word);
  longer[word.length] = next[0] ?? 0;
  return longer;
}
