/** A number as forms keep it: with a point for its fraction, and nothing between thousands. */
const kept = /^-?\d+(?:\.\d+)?$/;

/**
 * Whether `shown` is the number `said` as a form's format script writes it (AFNumber_Format): thousands parted, a
 * fraction of noughts added, by points or commas.
 */
export function isFormatOf(said: string, shown: string): boolean {
  if (!kept.test(said.trim())) return false;
  const [whole = '', fraction = ''] = said.trim().split('.');
  const parts = /^(-?)(\d{1,3}(?:([.,])\d{3}(?:\3\d{3})*)?|\d+)(?:([.,])(\d+))?$/.exec(shown);
  if (!parts) return false;
  const [, sign = '', thousands = '', between, point, decimals = ''] = parts;
  // One sign for both would leave open which of them it is.
  if (between !== undefined && between === point) return false;
  const isWhole = sign + thousands.replaceAll(/[.,]/g, '') === whole;
  return isWhole && decimals.replace(/0+$/, '') === fraction.replace(/0+$/, '');
}
