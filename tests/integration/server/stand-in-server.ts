import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ProvinceSeed } from '../../../server/seed.ts';
import { startServer } from '../../../server/server.ts';
import { AppendedFileCheck } from './appended-file-check.ts';
import { ListedIdentityCheck } from './identities.ts';

/** The server in a process of its own, so that it can be killed: `stand-in-server.ts DATA SEED ANCHOR`. */
const [dataDir = '', seedPath = '', anchorPath = ''] = process.argv.slice(2);
const anchor = new X509Certificate(readFileSync(anchorPath));
const server = await startServer({
  dataDir,
  port: 0,
  anchors: [anchor],
  seed: JSON.parse(readFileSync(seedPath, 'utf8')) as ProvinceSeed,
  identityCheck: new ListedIdentityCheck(anchor),
  signedFileCheck: new AppendedFileCheck(),
});
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
