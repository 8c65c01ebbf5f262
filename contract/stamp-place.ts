import * as z from 'zod';

/** A page's longest possible side in millimetres (ISO 32000-2, annex C: 200 inches at the usual unit). */
const longestSide = 5080;
const length = z.number().min(0).max(longestSide);

/** Where a stamp stands: millimetres from the visible page's top left corner; pages from 1. */
export const stampPlace = z.object({
  page: z.int().min(1).max(100_000),
  box: z.object({ x: length, y: length, width: length.min(1), height: length.min(1) }),
});
export type StampPlace = z.infer<typeof stampPlace>;

/** Where the rules put a stamp. `isFixed`: a field of the document waits for it there, and nobody can move it. */
export const plannedPlace = stampPlace.extend({
  pageSize: z.object({ width: length, height: length }),
  isFixed: z.boolean(),
});
export type PlannedPlace = z.infer<typeof plannedPlace>;
