import type { X509Certificate } from 'node:crypto';
import { type Fetcher, HttpFetcher } from '../native/verification/index.ts';

/** What the province trusts, and the way to its authorities' responders. */
export interface ProvinceTrust {
  readonly anchors: X509Certificate[];
  readonly fetcher: Fetcher;
}

/**
 * `allowPrivate`: authorities inside the province's own network may be asked. Otherwise an address in a certificate could point
 * the server at its neighbours.
 */
export function provinceTrust(anchors: readonly X509Certificate[], allowPrivate: boolean): ProvinceTrust {
  return { anchors: [...anchors], fetcher: new HttpFetcher({ allowPrivate }) };
}
