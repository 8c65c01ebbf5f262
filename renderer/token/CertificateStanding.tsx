import { failureMessage } from '../../contract/messages/message.ts';
import type { KeyReference } from '../../contract/token.ts';
import { failureOf } from '../core/failure-of.ts';
import { useStanding } from '../core/queries.ts';
import { Banner } from '../ui/Banner.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { Status } from '../ui/Status.tsx';
import { timeText } from '../words/format.ts';
import { standingWords } from '../words/token.ts';

interface CertificateStandingProps {
  certificate: KeyReference;
  /** In a list the doubt is one line; where somebody is about to sign, it says what to do. */
  brief?: boolean;
}

/** Whether a certificate is revoked, before it signs: good, not to be found out, or revoked (TT 15/2025 Đ5 K1, PL II). */
export function CertificateStanding({ certificate, brief = false }: CertificateStandingProps) {
  const { data, error, isPending } = useStanding(certificate);
  if (isPending) {
    return (
      <div role="status">
        <Status tone="quiet" icon="clock">
          {standingWords.checking}
        </Status>
      </div>
    );
  }
  if (data?.state === 'good') {
    return (
      <div role="status">
        <Status tone="good" icon="check">
          {standingWords.good(timeText(data.at))}
        </Status>
      </div>
    );
  }
  const failure = data ? data.failure : failureOf(error);
  const refused = data?.state === 'refused';
  const { happened, why } = failureMessage(failure);
  if (brief) {
    return (
      <Status tone={refused ? 'bad' : 'doubt'} icon={refused ? 'cross' : 'alert'}>
        {happened}
      </Status>
    );
  }
  return refused ? (
    <FailureBanner failure={failure} heading={standingWords.refused} />
  ) : (
    <Banner tone="doubt" title={happened} announce>
      <p>{why}</p>
      <p>{standingWords.uncheckedAdvice}</p>
    </Banner>
  );
}
