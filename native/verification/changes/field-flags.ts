/** Field flags (ISO 32000-2, tables 227, 229, 231, 233). */
export const readOnlyBit = 1;
export const passwordBit = 1 << 13;
export const pushButtonBit = 1 << 16;
export const comboBit = 1 << 17;
export const editBit = 1 << 18;
export const combBit = 1 << 24;

/** More cells than a line of a form has. */
export const maxCells = 100;
