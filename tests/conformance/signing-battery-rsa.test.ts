import { battery } from './battery/battery.ts';

battery(['RSA-2048', 'RSA-4096', 'PSS']);
