import { listenToParent } from '../../../native/process/parent.ts';

/** A token process that says who it is and then hangs, as a driver does: no signal but the last ends it. */
process.on('SIGTERM', () => console.error('stand-in: not now'));
listenToParent(
  (_name, channel) => channel.postMessage({ from: 'token', pid: process.pid }),
  () => console.error('stand-in: orphaned'),
);
setInterval(() => undefined, 60_000);
