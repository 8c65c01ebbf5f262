/** A page's size in PDF points (1/72 inch), turned as it is shown. */
export interface PageSize {
  width: number;
  height: number;
}

/** A wish to see a page, from 1; each press is a wish of its own, also for the same page. */
export interface PageJump {
  page: number;
}

export interface PagePlace {
  /** CSS pixels from the top of the column of pages. */
  top: number;
  width: number;
  height: number;
}

/** Screen pixels that one page's canvas may hold at most: 8 million are 32 MB, and old computers show several. */
const mostCanvasPixels = 8_000_000;

/** Where each page lies in a column `columnWidth` wide. At zoom 1 a page fills the column's width. */
export function placePages(
  sizes: readonly PageSize[],
  columnWidth: number,
  zoom: number,
  gap: number,
): PagePlace[] {
  let top = 0;
  return sizes.map(({ width, height }) => {
    const shownWidth = columnWidth * zoom;
    const place = { top, width: shownWidth, height: (height / width) * shownWidth };
    top += place.height + gap;
    return place;
  });
}

/** The page (from 0) that a reader is looking at: the one across the upper third of what is visible. */
export function pageInView(places: readonly PagePlace[], scrollTop: number, viewHeight: number): number {
  const line = scrollTop + viewHeight / 3;
  const after = places.findIndex(({ top }) => top > line);
  return after === -1 ? Math.max(places.length - 1, 0) : Math.max(after - 1, 0);
}

/** The pages that are drawn: the one in view and its neighbours, never more than three. */
export function livePages(inView: number, count: number): number[] {
  return [inView - 1, inView, inView + 1].filter((page) => page >= 0 && page < count);
}

/** Device pixels per CSS pixel for a page's canvas: as sharp as the screen is, within the bound. */
export function canvasScale(width: number, height: number, devicePixelRatio: number): number {
  const most = Math.sqrt(mostCanvasPixels / Math.max(width * height, 1));
  return Math.min(devicePixelRatio, most);
}
