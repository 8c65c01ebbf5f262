import type { Migration } from '../migration.ts';
import { initialWork } from './work-0001-initial.ts';
import { stampJobWork } from './work-0002-stamp-job.ts';
import { trustAnchorWork } from './work-0003-trust-anchor.ts';
import { dismissedActWork } from './work-0004-dismissed-act.ts';
import { evidenceWork } from './work-0005-evidence.ts';
import { vouchedWork } from './work-0006-vouched.ts';
import { localFileWork } from './work-0007-local-file.ts';

/** Schema of work.db, oldest step first. */
export const workMigrations: readonly Migration[] = [
  initialWork,
  stampJobWork,
  trustAnchorWork,
  dismissedActWork,
  evidenceWork,
  vouchedWork,
  localFileWork,
];
