import { RPCHandler } from '@orpc/server/message-port';
import { PinReceiver } from '../../contract/sealed-pin.ts';
import { listenToParent } from '../process/parent.ts';
import { watchProcess } from './process-watch.ts';
import { procedureLane, serveSigning } from './signing-lane.ts';
import { tokenRouter } from './token-router.ts';
import { TokenService } from './token-service.ts';

/**
 * The token process: the only one that loads makers' PKCS#11 code and ever sees a PIN. It has one caller, does one thing
 * at a time, keeps nothing, and may be killed at any moment.
 */
const service = PinReceiver.create().then((receiver) => new TokenService(receiver));
const handler = new RPCHandler(tokenRouter(service));

/** The core is gone, and a login mustn't outlive it. Where a driver hangs in here, the watch or the shell ends us. */
function end(): void {
  service.then((running) => running.logout()).finally(() => process.exit(0));
}

// Ctrl+C in a terminal goes to every process of the group; the parent decides when this one ends.
process.on('SIGINT', () => undefined);

listenToParent((name, channel) => {
  if (name !== 'token') return;
  channel.on('close', end);
  handler.upgrade(procedureLane(channel));
  serveSigning(channel, async (order) => (await service).sign(order));
}, end);

watchProcess({ parent: process.send ? process.ppid : null });
