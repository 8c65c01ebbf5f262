import { TimeStampAuthority } from '../signing/time-stamp/authority.ts';
import type { TrustOptions } from '../verification/certificate/trust.ts';
import { HttpFetcher } from '../verification/index.ts';
import type { OptionTable } from './options.ts';
import { isRoot, readTrust } from './trust.ts';

/** The options that say to which baseline level a file is raised, and with whose help. */
export const levelOptions = {
  level: { type: 'string' },
  tsa: { type: 'string' },
  trust: { type: 'string', multiple: true },
  'allow-private': { type: 'boolean', default: false },
} as const satisfies OptionTable;

export interface LevelValues {
  readonly tsa?: string | undefined;
  readonly trust?: readonly string[] | undefined;
  readonly 'allow-private'?: boolean | undefined;
}

export interface LevelHelp {
  readonly trust: TrustOptions;
  readonly authority: TimeStampAuthority | null;
}

/** Whom to trust and to ask, and the time-stamp authority where one is named. One for all files: it remembers what it fetched. */
export function levelHelp(values: LevelValues): {
  trust: TrustOptions;
  authority: TimeStampAuthority | null;
} {
  const given = readTrust(values.trust ?? []);
  const trust = {
    anchors: given,
    intermediates: given.filter((certificate) => !isRoot(certificate)),
    fetcher: new HttpFetcher({ allowPrivate: values['allow-private'] ?? false }),
  };
  const authority = values.tsa === undefined ? null : new TimeStampAuthority({ url: values.tsa, trust });
  return { trust, authority };
}
