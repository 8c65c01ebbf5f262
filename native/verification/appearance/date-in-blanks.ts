/** A date in figures as seals fill it in. With a day of two digits nobody can take a digit of the month for one of the day. */
const figures = /^(\d{2})\/(\d{1,2})\/(\d{4})$/;

/**
 * Whether a field that says a date in figures shows it in the blanks of "ngày … tháng … năm …" (NĐ 30/2020 PL I, II.4): the day, then
 * month and year as far as the page hasn't printed them. `shown` are the digits in a row, with nothing between them.
 */
export function isDateInBlanks(said: string, shown: string): boolean {
  const [, day, month, year] = figures.exec(said) ?? [];
  if (day === undefined) return false;
  return [[day], [day, month], [day, year], [day, month, year]].some((parts) => parts.join('') === shown);
}
