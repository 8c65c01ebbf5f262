import { useState } from 'react';
import type { TokenState } from '../../contract/desktop.ts';
import type { TokenReference } from '../../contract/token.ts';
import { loginEndSentence } from '../token/token-standing.ts';
import { stuckSentence } from '../token/token-steps.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { timeText } from '../words/format.ts';
import { common, signInWords, tokenWords } from '../words/screens.ts';
import { careWords } from '../words/token.ts';
import { ChangePinDialog } from './ChangePinDialog.tsx';
import { ErrandBanner } from './ErrandBanner.tsx';
import { HelpButton } from './HelpButton.tsx';
import { TokenCard } from './TokenCard.tsx';
import styles from './TokenPanel.module.css';
import { useErrand } from './use-errand.ts';

/** Every token that is plugged in: its state, its certificates, and what can be done with it. */
export function TokenPanel({ tokens, onClose }: { tokens: TokenState; onClose(): void }) {
  const { run, outcome, isGoing } = useErrand();
  // Held here, not beside the button: an unplugged token's card goes, what became of its PIN must not.
  const [changing, setChanging] = useState<TokenReference | null>(null);
  const plugged = tokens.modules.flatMap((module) => module.tokens.map((token) => ({ module, token })));
  const open = plugged.some(({ token }) => token.loggedIn);
  const ended = loginEndSentence(tokens.loginEnded);
  const stuck = stuckSentence(tokens);
  const check = () =>
    run('refresh', { note: null, failed: careWords.checkFailed }, (client, signal) =>
      client.tokens.refresh({}, { signal }),
    );
  const lock = () =>
    run('logout', { note: careWords.locked, failed: careWords.lockFailed }, (client, signal) =>
      client.tokens.logout({}, { signal }),
    );
  return (
    <DialogFrame
      title={tokenWords.title}
      onClose={onClose}
      actions={
        <>
          <HelpButton />
          <ActionButton icon="refresh" isPending={isGoing('refresh')} onPress={() => void check()}>
            {isGoing('refresh') ? careWords.checking : signInWords.checkAgain}
          </ActionButton>
          <ActionButton onPress={onClose}>{common.close}</ActionButton>
        </>
      }
    >
      <ErrandBanner outcome={outcome} />
      {tokens.problem && <FailureBanner failure={tokens.problem} />}
      {open && (
        <Banner
          tone="good"
          title={tokenWords.open}
          actions={
            <ActionButton icon="lock" isPending={isGoing('logout')} onPress={() => void lock()}>
              {tokenWords.logout}
            </ActionButton>
          }
        >
          <p>
            {tokens.loginEndsAt ? `${careWords.lockingAt(timeText(tokens.loginEndsAt))} ` : ''}
            {tokenWords.logoutHint}
          </p>
        </Banner>
      )}
      {!open && ended && <Banner tone="info" title={ended} />}
      {plugged.length === 0 && !tokens.problem && (
        <Banner tone="info" title={tokenWords.none}>
          {stuck && <p>{stuck}</p>}
        </Banner>
      )}
      {plugged.length > 0 && (
        <ul className={styles.list}>
          {plugged.map(({ module, token }) => (
            <TokenCard
              key={`${module.path} ${token.serial} ${token.slot}`}
              module={module}
              token={token}
              onChangePin={() => setChanging({ modulePath: module.path, tokenSerial: token.serial })}
            />
          ))}
        </ul>
      )}
      {tokens.checkedAt && (
        <p className={styles.quiet} role="status">
          {careWords.checkedAt(timeText(tokens.checkedAt))}
        </p>
      )}
      {changing && <ChangePinDialog token={changing} onClose={() => setChanging(null)} />}
    </DialogFrame>
  );
}
