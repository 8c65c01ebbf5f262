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

/** Undoes PNG's row filters (PNG specification, 9.2): each row is one filter byte and `rowLength` bytes. */
function undoPng(bytes: Uint8Array, pixel: number, rowLength: number): Uint8Array {
  const rows = Math.ceil(bytes.length / (rowLength + 1));
  const output = new Uint8Array(rows * rowLength);
  for (let row = 0; row < rows; row++) {
    const from = row * (rowLength + 1);
    const kind = bytes[from];
    const to = row * rowLength;
    for (let column = 0; column < rowLength; column++) {
      const left = column >= pixel ? (output[to + column - pixel] as number) : 0;
      const up = row > 0 ? (output[to + column - rowLength] as number) : 0;
      const corner = row > 0 && column >= pixel ? (output[to + column - rowLength - pixel] as number) : 0;
      output[to + column] = ((bytes[from + 1 + column] ?? 0) + predicted(kind, left, up, corner)) & 0xff;
    }
  }
  // A last row that was cut off gives only what it has.
  return output.subarray(0, Math.max(0, bytes.length - rows));
}

function predicted(kind: number | undefined, left: number, up: number, corner: number): number {
  switch (kind) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, corner);
    default:
      return 0;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const toLeft = Math.abs(guess - left);
  const toUp = Math.abs(guess - up);
  const toCorner = Math.abs(guess - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
