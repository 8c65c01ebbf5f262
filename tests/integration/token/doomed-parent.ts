import { ForkedTokenHost } from '../../../native/token/forked-token-host.ts';
import { TokenClient } from '../../../native/token/token-client.ts';

/** Starts a token process that hangs in the given module, tells its id, and waits to be killed. */
const client = new TokenClient({
  async start() {
    const connection = await new ForkedTokenHost().start();
    process.send?.(connection.pid);
    return connection;
  },
});
await client.list([process.argv[2] ?? '']);
