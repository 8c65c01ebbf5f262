import { battery } from './battery/battery.ts';

battery(['P-256']);
