import { playTour } from './tour.ts';

/** The tour as a program of its own, so that it can be run as another user: node scripts/tour-entry.ts FOLDER */
await playTour(process.argv[2]);
