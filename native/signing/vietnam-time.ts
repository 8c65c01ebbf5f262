/** An instant in Viet Nam's zone as NĐ 30/2020 PL I, II.8.b asks (ISO 8601): 2026-03-05T14:07:09+07:00. */
export function vietnamTime(time: Date): string {
  return `${new Date(time.getTime() + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;
}

/** An instant in Viet Nam as people write it: 14:07 ngày 05/03/2026. */
export function clockAndDay(time: Date): string {
  const [day = '', clock = ''] = vietnamTime(time).split('T');
  return `${clock.slice(0, 5)} ngày ${day.split('-').toReversed().join('/')}`;
}

/** Leading zeros as the decree writes them: days below 10, and the months 1 and 2 (PL I, II.4). */
export function printedDay(day: number): string {
  return String(day).padStart(2, '0');
}

export function printedMonth(month: number): string {
  return month < 3 ? String(month).padStart(2, '0') : String(month);
}
