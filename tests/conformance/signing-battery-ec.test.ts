import { battery } from './battery/battery.ts';

battery(['P-256', 'P-384']);
