import type { Migration } from '../migration.ts';

/** Acts that ended and that their person has put away: out of sight, never out of the store. */
export const dismissedActWork: Migration = {
  number: 4,
  name: 'dismissed-act',
  sql: `
    ALTER TABLE outbox ADD COLUMN dismissed_at TEXT;
    CREATE TRIGGER outbox_dismisses_ended BEFORE UPDATE OF dismissed_at ON outbox
      WHEN NEW.dismissed_at IS NOT NULL AND OLD.state NOT IN ('confirmed', 'needsAttention')
      BEGIN SELECT RAISE(ABORT, 'an act on its way stays in sight'); END;
  `,
};
