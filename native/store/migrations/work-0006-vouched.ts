import type { Migration } from '../migration.ts';

/**
 * Each entry of the audit is linked to the one before (native/audit), and each authority that was added is vouched
 * for by a MAC. What is there already gets neither: the first linked entry vouches for those before it, and a person
 * confirms the authorities anew.
 */
export const vouchedWork: Migration = {
  number: 6,
  name: 'vouched',
  sql: `
    ALTER TABLE audit ADD COLUMN digest TEXT;
    ALTER TABLE trust_anchor ADD COLUMN mac TEXT;
  `,
};
