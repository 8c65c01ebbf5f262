import { Banner } from '../ui/Banner.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import type { ErrandOutcome } from './use-errand.ts';

/** How the last errand ended; stays until the next. */
export function ErrandBanner({ outcome }: { outcome: ErrandOutcome | null }) {
  if (outcome?.kind === 'failed') {
    return <FailureBanner failure={outcome.failure} heading={outcome.heading} />;
  }
  return outcome?.note ? (
    <Banner tone={outcome.kind === 'done' ? 'good' : 'quiet'} title={outcome.note} announce />
  ) : null;
}
