import { readPngHeader } from '../pdf/image/png-header.ts';
import type { BoxMm } from '../pdf/page-geometry.ts';
import type { Mark } from './appearance.ts';

interface Extent {
  readonly width: number;
  readonly height: number;
}

/** Sizes between which a picture's own word on its real size is believed: screens claim what suits them. */
interface Plausible {
  readonly least: number;
  readonly greatest: number;
}

/**
 * Real size of a picture in millimetres; where it doesn't tell a plausible one, `width` wide in its own proportions.
 * Throws `image-unusable`.
 */
export function realSize(png: Uint8Array, plausible: Plausible, width: number): Extent {
  const { physical, ...pixels } = readPngHeader(png);
  if (physical) {
    const longer = Math.max(physical.width, physical.height);
    if (longer >= plausible.least && longer <= plausible.greatest) return physical;
  }
  return { width, height: (width * pixels.height) / pixels.width };
}

/** The extent, made smaller where it doesn't fit into the room. */
export function shrunk(extent: Extent, room: Extent): Extent {
  const scale = Math.min(1, room.width / extent.width, room.height / extent.height);
  return { width: extent.width * scale, height: extent.height * scale };
}

/** The picture as large as fits into the box with its proportions kept, centred. */
export function pictureMarks(box: Extent, png: Uint8Array): Mark[] {
  const { width, height } = readPngHeader(png);
  const scale = Math.min(box.width / width, box.height / height);
  return [{ kind: 'picture', png, box: centred({ width: width * scale, height: height * scale }, box) }];
}

function centred({ width, height }: Extent, box: Extent): BoxMm {
  return { x: (box.width - width) / 2, y: (box.height - height) / 2, width, height };
}
