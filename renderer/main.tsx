import { start } from './start.tsx';

start((digest) => `doc://file/${digest}`);
