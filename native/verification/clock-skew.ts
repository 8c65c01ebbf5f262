/** By how much the clocks of responders, time-stamp authorities and offices may differ, in milliseconds. */
export const clockSkewMs = 5 * 60_000;
