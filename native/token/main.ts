import { RPCHandler } from '@orpc/server/message-port';
import { PinReceiver } from '../../contract/sealed-pin.ts';
import { listenToParent } from '../process/parent.ts';
import { tokenRouter } from './token-router.ts';
import { TokenService } from './token-service.ts';

/**
 * The token process: the only one that loads makers' PKCS#11 code and ever sees a PIN. It has one caller, does one thing
 * at a time, keeps nothing, and may be killed at any moment.
 */
const service = PinReceiver.create().then((receiver) => new TokenService(receiver));
const handler = new RPCHandler(tokenRouter(service));

// Ctrl+C in a terminal goes to every process of the group; the parent decides when this one ends.
process.on('SIGINT', () => undefined);

listenToParent(
  (name, channel) => {
    if (name === 'token') handler.upgrade(channel);
  },
  () => {
    // The core is gone: its login mustn't outlive it. Drivers that hang in here are ended from outside.
    service.then((running) => running.logout()).finally(() => process.exit(0));
  },
);
