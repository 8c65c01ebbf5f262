import type { ReactNode } from 'react';
import type { Failure } from '../../contract/failure.ts';
import { failureMessage } from '../../contract/messages/message.ts';
import { Banner } from './Banner.tsx';

interface FailureBannerProps {
  failure: Failure;
  /** What didn't come about, before what happened: "Chưa ký được." */
  heading?: string;
  actions?: ReactNode;
}

/** A failure in its three sentences: what happened, why, what to do now. */
export function FailureBanner({ failure, heading, actions }: FailureBannerProps) {
  const { happened, why, todo } = failureMessage(failure);
  return (
    <Banner tone="bad" title={heading ? `${heading} ${happened}` : happened} actions={actions} announce>
      <p>{why}</p>
      <p>{todo}</p>
    </Banner>
  );
}
