import type { X509Certificate } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '../../contract/document.ts';
import type { ProvinceSeed } from '../../server/seed.ts';
import { makePapers, type Papers } from './papers.ts';
import { usualValidity } from './pki/authority.ts';
import { createPki, type Pki } from './pki/pki.ts';
import { members, type PersonName, personNames } from './province.ts';
import { seedOf } from './province-seed.ts';
import { Machine, type SoftToken, softHsmModule, type TokenKind } from './tokens/machine.ts';

export type { PersonName } from './province.ts';

/** Somebody of the lab's province, at a computer of their own. */
export interface LabPerson {
  readonly person: Person;
  readonly machine: Machine;
  /** The token to sign in and approve with. */
  readonly token: SoftToken;
  /** The agency's token, where this person keeps it. */
  readonly seal: SoftToken | null;
}

/** A profile folder for the desktop program, and what its environment needs. */
export interface Profile {
  readonly dir: string;
  readonly env: { readonly SOFTHSM2_CONF: string };
}

export interface ProfileOptions {
  readonly serverUrl: string;
  /** Instead of SoftHSM's, for modules that misbehave on purpose. */
  readonly modulePaths?: readonly string[];
  readonly tokenPollMs?: number;
  readonly changesWaitSeconds?: number;
}

/** A province in a box: test authorities with their responders, soft tokens, documents, and what a server is seeded with. */
export interface Lab {
  readonly dir: string;
  readonly pki: Pki;
  /** The test root, and a file with it in PEM. */
  readonly anchors: X509Certificate[];
  readonly trustFile: string;
  readonly modulePath: string;
  readonly people: Readonly<Record<PersonName, LabPerson>>;
  readonly papers: Papers;
  readonly seed: ProvinceSeed;
  /** A fresh profile for this person's desktop program. */
  profile(name: PersonName, options: ProfileOptions): Promise<Profile>;
  /** Revokes a certificate of this person's; OCSP and CRL know it when this returns. */
  revoke(name: PersonName, kind?: TokenKind): Promise<void>;
  /** Stops the responders and removes the folder. */
  close(): Promise<void>;
}

/** Starts the lab in a new folder that only its owner can read. Takes a few seconds: keys are made on the tokens. */
export async function startLab(): Promise<Lab> {
  const dir = await mkdtemp(join(tmpdir(), 'antin-lab-'));
  await chmod(dir, 0o700);
  let pki: Pki | undefined;
  try {
    await mkdir(join(dir, 'pki'));
    const [made, papers] = await Promise.all([createPki(join(dir, 'pki')), makePapers(join(dir, 'papers'))]);
    pki = made;
    return await assemble(dir, made, papers);
  } catch (cause) {
    await pki?.responders.close();
    await rm(dir, { recursive: true, force: true });
    throw cause;
  }
}

async function assemble(dir: string, pki: Pki, papers: Papers): Promise<Lab> {
  const trustFile = join(dir, 'pki', 'root.pem');
  const made = await Promise.all(
    personNames.map(async (name) => [name, await equip(join(dir, 'machines', name), name, pki)] as const),
  );
  const people = Object.fromEntries(made) as Record<PersonName, LabPerson>;
  const { seal } = people.clerk;
  if (!seal) throw new Error("the clerk's machine has no seal");
  const certificates = Object.fromEntries(personNames.map((name) => [name, people[name].token.certificate]));
  let profiles = 0;
  return {
    dir,
    pki,
    anchors: [pki.root],
    trustFile,
    modulePath: softHsmModule,
    people,
    papers,
    seed: seedOf(papers, {
      people: certificates as Record<PersonName, X509Certificate>,
      department: seal.certificate,
    }),
    async profile(name, { serverUrl, modulePaths = [softHsmModule], ...timing }) {
      profiles += 1;
      const folder = join(dir, 'profiles', `${profiles}-${name}`);
      await mkdir(folder, { recursive: true });
      const config = {
        serverUrl,
        modulePaths,
        trustAnchorFiles: [trustFile],
        approvalImage: papers.approvalImage,
        sealImage: papers.sealImage,
        tsaUrl: `${pki.responders.url}/tsa`,
        // The responders of this province live on 127.0.0.1.
        allowPrivateNetworks: true,
        ...timing,
      };
      await writeFile(join(folder, 'config.json'), JSON.stringify(config, null, 2));
      return { dir: folder, env: { SOFTHSM2_CONF: people[name].machine.configuration } };
    },
    async revoke(name, kind = 'personal') {
      const token = kind === 'seal' ? people[name].seal : people[name].token;
      if (!token) throw new Error(`${name} has no token of that kind`);
      await pki.issuingAuthority.revoke(token.certificate);
    },
    async close() {
      await pki.responders.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function equip(folder: string, name: PersonName, pki: Pki): Promise<LabPerson> {
  const { person, tokens } = members[name];
  await mkdir(folder, { recursive: true });
  const machine = await Machine.create(folder, tokens, (request, kind) =>
    pki.issuingAuthority.issue(request, kind === 'seal' ? 'agency' : 'person', usualValidity()),
  );
  const token = machine.tokens.find(({ kind }) => kind === 'personal');
  if (!token) throw new Error(`${name} has no personal token`);
  return { person, machine, token, seal: machine.tokens.find(({ kind }) => kind === 'seal') ?? null };
}
