/** Where the server's time comes from; the tests turn the hands themselves. */
export type Clock = () => Date;

const vietNamOffsetMs = 7 * 60 * 60 * 1000;

/**
 * The calendar day in Viet Nam, YYYY-MM-DD. A fixed UTC+7: the country has one zone and no summer time, and the result
 * must not depend on the zone that the server's machine happens to be set to.
 */
export function vietNamDate(at: Date): string {
  return new Date(at.getTime() + vietNamOffsetMs).toISOString().slice(0, 10);
}
