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
 * one that asked for the kind at every byte would take ten times as long over what a hostile file unpacks to.
 */
function undoPng(bytes: Uint8Array, pixel: number, rowLength: number): Uint8Array {
  const rows = Math.ceil(bytes.length / (rowLength + 1));
  const output = new Uint8Array(rows * rowLength);
  let above = new Uint8Array(rowLength);
  for (let row = 0; row < rows; row++) {
    const from = row * (rowLength + 1);
    const own = output.subarray(row * rowLength, (row + 1) * rowLength);
    // A last row that was cut off has noughts where nothing is.
    own.set(bytes.subarray(from + 1, from + 1 + rowLength));
    undoRow(bytes[from], own, above, pixel);
    above = own;
  }
  // A last row that was cut off gives only what it has.
  return output.subarray(0, Math.max(0, bytes.length - rows));
}

function undoRow(kind: number | undefined, row: Uint8Array, above: Uint8Array, pixel: number): void {
  const { length } = row;
  switch (kind) {
    case 1:
      for (let at = pixel; at < length; at++) row[at] = byte(row, at) + byte(row, at - pixel);
      return;
    case 2:
      for (let at = 0; at < length; at++) row[at] = byte(row, at) + byte(above, at);
      return;
    case 3:
      for (let at = 0; at < length; at++) {
        const left = at < pixel ? 0 : byte(row, at - pixel);
        row[at] = byte(row, at) + ((left + byte(above, at)) >> 1);
      }
      return;
    case 4:
      for (let at = 0; at < length; at++) {
        const left = at < pixel ? 0 : byte(row, at - pixel);
        const corner = at < pixel ? 0 : byte(above, at - pixel);
        row[at] = byte(row, at) + paeth(left, byte(above, at), corner);
      }
      return;
  }
}

/** A byte that is there: the loops above stay within both rows. */
function byte(row: Uint8Array, at: number): number {
  return row[at] as number;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const toLeft = Math.abs(guess - left);
  const toUp = Math.abs(guess - up);
  const toCorner = Math.abs(guess - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
