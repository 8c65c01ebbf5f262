import type { Migration } from '../migration.ts';
import { initialWork } from './work-0001-initial.ts';
import { stampJobWork } from './work-0002-stamp-job.ts';

/** Schema of work.db, oldest step first. */
export const workMigrations: readonly Migration[] = [initialWork, stampJobWork];
