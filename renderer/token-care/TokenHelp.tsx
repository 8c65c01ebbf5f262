import { useEffect, useRef, useState } from 'react';
import type { TokenState } from '../../contract/desktop.ts';
import { failureMessage } from '../../contract/messages/message.ts';
import type { TokenReference } from '../../contract/token.ts';
import { tokensToChange } from '../token/token-standing.ts';
import { headline, otherTroubles } from '../token/token-steps.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { timeText } from '../words/format.ts';
import { common, signInWords } from '../words/screens.ts';
import { careWords, helpWords } from '../words/token.ts';
import { ChangePinDialog } from './ChangePinDialog.tsx';
import { Drivers } from './Drivers.tsx';
import { ErrandBanner } from './ErrandBanner.tsx';
import { StepList } from './StepList.tsx';
import { TechnicalReport } from './TechnicalReport.tsx';
import styles from './TokenHelp.module.css';
import { useErrand } from './use-errand.ts';

/** What stands between the person and a signature, step by step, and what to do about it now. */
export function TokenHelp({ tokens, onClose }: { tokens: TokenState; onClose(): void }) {
  const { run, outcome, isGoing } = useErrand();
  const top = useRef<HTMLDivElement>(null);
  // What was found stands at the top, which may be out of sight by now.
  useEffect(() => {
    if (outcome) top.current?.scrollIntoView({ block: 'nearest' });
  }, [outcome]);
  const [changing, setChanging] = useState<TokenReference | null>(null);
  const { steps = [] } = tokens;
  const troubles = otherTroubles(tokens);
  const [toChange] = tokensToChange(tokens);
  const check = () =>
    run('refresh', { note: null, failed: careWords.checkFailed }, (client, signal) =>
      client.tokens.refresh({}, { signal }),
    );
  const isChecking = isGoing('refresh');
  return (
    <DialogFrame
      title={helpWords.title}
      onClose={onClose}
      actions={
        <>
          <ActionButton icon="refresh" isPending={isChecking} onPress={() => void check()}>
            {isChecking ? careWords.checking : signInWords.checkAgain}
          </ActionButton>
          <ActionButton onPress={onClose}>{common.close}</ActionButton>
        </>
      }
    >
      <div ref={top} className={styles.list}>
        <ErrandBanner outcome={outcome} />
        <Banner {...headline(steps)}>
          {tokens.checkedAt && <p role="status">{careWords.checkedAt(timeText(tokens.checkedAt))}</p>}
        </Banner>
      </div>
      <StepList steps={steps} onChangePin={toChange ? () => setChanging(toChange) : null} />
      {troubles.length > 0 && (
        <section className={styles.section} aria-label={helpWords.others}>
          <h3>{helpWords.others}</h3>
          <ul className={styles.list}>
            {troubles.map(({ subject, failure }) => {
              const { happened, todo } = failureMessage(failure);
              return (
                <li key={`${subject} ${failure.code}`} className={styles.trouble}>
                  <p className={styles.strong}>
                    {subject && `${subject}: `}
                    {happened}
                  </p>
                  <p>{todo}</p>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      <Drivers modules={tokens.modules} />
      <TechnicalReport tokens={tokens} />
      {changing && <ChangePinDialog token={changing} onClose={() => setChanging(null)} />}
    </DialogFrame>
  );
}
