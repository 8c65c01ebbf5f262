/**
 * Other names of agencies, and the agency above: what documents and certificates may call them instead (JSON: a list
 * of names).
 */
export const agencyNames = `
ALTER TABLE agencies ADD COLUMN aliases TEXT NOT NULL DEFAULT '[]';
ALTER TABLE agencies ADD COLUMN parent TEXT;
`;
