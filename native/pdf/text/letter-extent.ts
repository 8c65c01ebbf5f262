/** What the tallest letter (Ễ) and the lowest (g) need above and below their line, by the font size. */
export const ascent = 0.92;
export const descent = 0.24;
