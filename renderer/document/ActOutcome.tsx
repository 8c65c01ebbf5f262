import { type SigningStep, signingStep } from '../../contract/batch.ts';
import type { Failure } from '../../contract/failure.ts';
import type { DocumentId } from '../../contract/identity.ts';
import { failureMessage } from '../../contract/messages/message.ts';
import { signingAct } from '../../contract/signing-act.ts';
import type { ActStatus, BoardAct } from '../core/act-board.ts';
import { useActs, useDesk } from '../core/desk-context.ts';
import { isTokenFailure } from '../token/token-failure.ts';
import { HelpButton } from '../token-care/HelpButton.tsx';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { Icon } from '../ui/Icon.tsx';
import { timeText } from '../words/format.ts';
import { common, documentWords } from '../words/screens.ts';
import { actsDone, actsFailed, actsUnderWay, signingSteps } from '../words/vi.ts';
import styles from './Panel.module.css';

interface ActOutcomeProps {
  id: DocumentId;
  /** The act that waits to be sent; null where none does. */
  waiting: BoardAct | 'acknowledge' | null;
}

/** How the last act on this document or file goes or went; stays until the person closes it or acts again. */
export function ActOutcome({ id, waiting }: ActOutcomeProps) {
  const { acts } = useDesk();
  const status = useActs().get(id);
  const close = (
    <ActionButton look="quiet" onPress={() => acts.dismiss(id)}>
      {common.dismiss}
    </ActionButton>
  );
  switch (status?.kind) {
    case undefined:
      return null;
    case 'running':
      return <Running status={status} />;
    case 'failed':
      return (
        <FailureBanner
          failure={status.failure}
          heading={actsFailed[status.act]}
          actions={
            <>
              {isTokenFailure(status.failure) && <HelpButton />}
              {close}
            </>
          }
        />
      );
    case 'done':
      // What only the server can do isn't done while it waits to be sent; `PendingAct` says how it stands.
      if (waiting === status.act && !isSignature(status.act)) return null;
      return (
        <Banner
          tone={status.warning ? 'doubt' : 'good'}
          title={documentWords.doneAt(actsDone[status.act], timeText(status.at))}
          actions={close}
          announce
        >
          {status.warning && <Warning warning={status.warning} />}
        </Banner>
      );
  }
}

/** Done as soon as it is made here, whenever it is sent. */
function isSignature(act: BoardAct): boolean {
  return signingAct.safeParse(act).success;
}

/** Done, but not as it should be: what is in doubt, and what to do. */
function Warning({ warning }: { warning: Failure }) {
  const { happened, todo } = failureMessage(warning);
  return (
    <>
      <p className={styles.strong}>{happened}</p>
      <p>{todo}</p>
    </>
  );
}

function Running({ status }: { status: Extract<ActStatus, { kind: 'running' }> }) {
  return (
    <Banner tone="info" title={actsUnderWay[status.act]} announce>
      {isSignature(status.act) && <Steps current={status.step} />}
    </Banner>
  );
}

/** The steps of signing, so that a slow token doesn't look like a frozen program. */
function Steps({ current }: { current: SigningStep | null }) {
  const steps = signingStep.options;
  const reached = current ? steps.indexOf(current) : -1;
  return (
    <ol className={styles.steps}>
      {steps.map((step, index) => (
        <li
          key={step}
          className={styles.step}
          aria-current={index === reached ? 'step' : undefined}
          data-done={index < reached || undefined}
        >
          <Icon name={index < reached ? 'check' : index === reached ? 'chevronRight' : 'clock'} size={1.1} />
          {signingSteps[step]}
        </li>
      ))}
    </ol>
  );
}
