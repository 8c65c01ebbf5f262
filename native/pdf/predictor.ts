import { AppError } from '../../contract/failure.ts';

/** /DecodeParms of a predictor (ISO 32000-2, table 8). */
export interface PredictorSettings {
  readonly predictor: number;
  readonly colors: number;
  readonly bitsPerComponent: number;
  readonly columns: number;
}

const [none, tiff] = [1, 2];

/** Undoes a predictor: PNG's five row filters; TIFF's for eight bits a component. Throws `pdf-damaged` for absurd rows. */
export function undoPredictor(bytes: Uint8Array, settings: PredictorSettings): Uint8Array {
  if (settings.predictor === none || bytes.length === 0) return bytes;
  const bitsPerPixel = settings.colors * settings.bitsPerComponent;
  const pixel = Math.max(1, Math.ceil(bitsPerPixel / 8));
  const rowLength = Math.ceil((settings.columns * bitsPerPixel) / 8);
  // A row longer than all there is: the settings are nonsense, and would ask for nonsensical memory.
  if (rowLength > bytes.length) throw new AppError('pdf-damaged', {});
  return settings.predictor === tiff ? undoTiff(bytes, pixel, rowLength) : undoPng(bytes, pixel, rowLength);
}

function undoTiff(bytes: Uint8Array, pixel: number, rowLength: number): Uint8Array {
  const output = Uint8Array.from(bytes);
  for (let index = 0; index < output.length; index++) {
    if (index % rowLength >= pixel)
      output[index] = ((output[index] ?? 0) + (output[index - pixel] ?? 0)) & 0xff;
  }
  return output;
}

/**
 * Undoes PNG's row filters (PNG specification, 9.2): each row is one filter byte and `rowLength` bytes. A loop for each kind, since
 * one that asked for the kind at every byte would take ten times as long over what a hostile file unpacks to; no view for each row, since
 * there may be one for every byte.
 */
function undoPng(bytes: Uint8Array, pixel: number, rowLength: number): Uint8Array {
  const rows = Math.ceil(bytes.length / (rowLength + 1));
  // Above the first row stand noughts.
  const output = new Uint8Array((rows + 1) * rowLength);
  for (let row = 0; row < rows; row++) {
    const from = row * (rowLength + 1);
    const at = (row + 1) * rowLength;
    // A last row that was cut off has noughts where nothing is.
    const end = Math.min(from + 1 + rowLength, bytes.length);
    for (let index = from + 1, to = at; index < end; index++, to++) output[to] = byte(bytes, index);
    undoRow(bytes[from], { output, at, length: rowLength, pixel });
  }
  // A last row that was cut off gives only what it has.
  return output.subarray(rowLength, rowLength + Math.max(0, bytes.length - rows));
}

/** A row in the output; the one above stands right before it. */
interface Row {
  readonly output: Uint8Array;
  readonly at: number;
  readonly length: number;
  readonly pixel: number;
}

function undoRow(kind: number | undefined, { output, at, length, pixel }: Row): void {
  const end = at + length;
  switch (kind) {
    case 1:
      for (let to = at + pixel; to < end; to++) output[to] = byte(output, to) + byte(output, to - pixel);
      return;
    case 2:
      for (let to = at; to < end; to++) output[to] = byte(output, to) + byte(output, to - length);
      return;
    case 3:
      for (let to = at; to < end; to++) {
        const left = to < at + pixel ? 0 : byte(output, to - pixel);
        output[to] = byte(output, to) + ((left + byte(output, to - length)) >> 1);
      }
      return;
    case 4:
      for (let to = at; to < end; to++) {
        const isFirst = to < at + pixel;
        const left = isFirst ? 0 : byte(output, to - pixel);
        const corner = isFirst ? 0 : byte(output, to - length - pixel);
        output[to] = byte(output, to) + paeth(left, byte(output, to - length), corner);
      }
      return;
  }
}

/** A byte that is there: the loops above stay within their rows. */
function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] as number;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const toLeft = Math.abs(guess - left);
  const toUp = Math.abs(guess - up);
  const toCorner = Math.abs(guess - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
