import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type RunningServer, startServer } from '../server/server.ts';
import { type Lab, type PersonName, type Profile, startLab } from '../tests/lab/lab.ts';

/** The lab with its server running, and profiles for its people: what the demonstration and the tour play in. */
export interface Province extends AsyncDisposable {
  readonly lab: Lab;
  readonly server: RunningServer;
  profile(name: PersonName): Promise<Profile>;
}

/** Takes some seconds: keys are made, papers are set. */
export async function startProvince(): Promise<Province> {
  const lab = await startLab();
  try {
    const dataDir = path.join(lab.dir, 'server');
    await mkdir(dataDir);
    const server = await startServer({
      dataDir,
      port: 0,
      anchors: lab.anchors,
      seed: lab.seed,
      allowPrivate: true,
    });
    return {
      lab,
      server,
      profile: (name) => lab.profile(name, { serverUrl: server.url }),
      async [Symbol.asyncDispose]() {
        await server.close();
        await lab.close();
      },
    };
  } catch (error) {
    await lab.close();
    throw error;
  }
}
