const pattern = /^D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(Z|[+-]\d{2})?'?(\d{2})?/;

/** A date of ISO 32000-2, 7.9.4; null for anything else. Without a zone it counts as UTC. */
export function readPdfDate(text: string): Date | null {
  const match = pattern.exec(text);
  if (!match) return null;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', zone, zoneMinute] =
    match;
  const offset = zone === undefined || zone === 'Z' ? 'Z' : `${zone}:${zoneMinute ?? '00'}`;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Viet Nam's distance from UTC, in milliseconds. */
export const vietnamOffsetMs = 7 * 3_600_000;

/**
 * What was meant by a signing time that shows the digits of Viet Nam's clock and marks them as UTC, as some signers
 * write it: /M, where that shows the same digits and says seven hours (+07'00'). Null where the two don't say so. Both
 * are signed.
 */
export function meantByLocalClock(signingTime: Date, written: string): Date | null {
  const date = readPdfDate(written);
  if (date === null || !/[+]07'?(00)?'?$/.test(written.trim())) return null;
  return signingTime.getTime() - date.getTime() === vietnamOffsetMs ? date : null;
}
