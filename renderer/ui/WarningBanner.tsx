import type { Failure } from '../../contract/failure.ts';
import { failureMessage } from '../../contract/messages/message.ts';
import { Banner } from './Banner.tsx';

/** Something that went well enough, but not as it should: the same three sentences as for a failure, as a doubt. */
export function WarningBanner({ warning }: { warning: Failure }) {
  const { happened, why, todo } = failureMessage(warning);
  return (
    <Banner tone="doubt" title={happened} announce>
      <p>{why}</p>
      <p>{todo}</p>
    </Banner>
  );
}
