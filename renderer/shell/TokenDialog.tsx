import { useState } from 'react';
import type { TokenState } from '../../contract/desktop.ts';
import type { Failure } from '../../contract/failure.ts';
import { useDesk } from '../core/desk-context.ts';
import type { DesktopClient } from '../core/desktop-client.ts';
import { failureOf } from '../core/failure-of.ts';
import { expiryOf } from '../token/expiry.ts';
import { allKeys } from '../token/key-choice.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Banner } from '../ui/Banner.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { dayText } from '../words/format.ts';
import { common, pinWords, signInWords, tokenWords } from '../words/screens.ts';
import styles from './TokenDialog.module.css';

/** Which certificates are plugged in, until when, and what is wrong with the tokens if anything is. */
export function TokenDialog({ tokens, onClose }: { tokens: TokenState; onClose(): void }) {
  const { core, queries } = useDesk();
  const [failure, setFailure] = useState<Failure | null>(null);
  const ask = async (question: (client: DesktopClient) => Promise<TokenState>) => {
    setFailure(null);
    try {
      queries.setQueryData(['tokens'], await core.call((client) => question(client)));
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  };
  const plugged = tokens.modules.flatMap((module) => module.tokens);
  const keys = allKeys(tokens).filter(({ certificate }) => certificate.canSign);
  const moduleFailures = plugged.length === 0 ? tokens.modules.flatMap(({ error }) => error ?? []) : [];
  return (
    <DialogFrame
      title={tokenWords.title}
      onClose={onClose}
      actions={
        <>
          {plugged.some(({ loggedIn }) => loggedIn) && (
            <ActionButton icon="lock" onPress={() => void ask((client) => client.tokens.logout({}))}>
              {tokenWords.logout}
            </ActionButton>
          )}
          <ActionButton icon="refresh" onPress={() => void ask((client) => client.tokens.refresh({}))}>
            {signInWords.checkAgain}
          </ActionButton>
          <ActionButton onPress={onClose}>{common.close}</ActionButton>
        </>
      }
    >
      {failure && <FailureBanner failure={failure} />}
      {tokens.problem && <FailureBanner failure={tokens.problem} />}
      {moduleFailures[0] && !tokens.modules.some(({ ok }) => ok) && (
        <FailureBanner failure={moduleFailures[0]} />
      )}
      {plugged.length === 0 && <Banner tone="info" title={tokenWords.none} />}
      {plugged.some(({ flags }) => flags.pinLocked) && (
        <Banner tone="bad" title={pinWords.lockedTitle}>
          <p>{pinWords.locked}</p>
        </Banner>
      )}
      {plugged.some(({ loggedIn }) => loggedIn) && (
        <Banner tone="good" title={tokenWords.open}>
          <p>{tokenWords.logoutHint}</p>
        </Banner>
      )}
      <ul className={styles.list}>
        {keys.map(({ key, certificate }) => {
          const expiry = expiryOf(certificate, new Date());
          return (
            <li key={`${key.tokenSerial} ${key.certificateId}`} className={styles.certificate}>
              <p className={styles.subject}>{certificate.subject}</p>
              <p>
                {tokenWords.holder[certificate.holder]}
                {certificate.organisation && ` – ${certificate.organisation}`}
              </p>
              <p className={styles.quiet}>{tokenWords.until(dayText(certificate.notAfter))}</p>
              <p className={styles.quiet}>{tokenWords.issuer(certificate.issuer)}</p>
              {expiry.kind !== 'fine' && (
                <Banner
                  tone={expiry.kind === 'expired' ? 'bad' : 'doubt'}
                  title={expiry.kind === 'expired' ? tokenWords.expired : tokenWords.expiresSoon(expiry.days)}
                >
                  <p>{tokenWords.expiryAdvice}</p>
                </Banner>
              )}
            </li>
          );
        })}
      </ul>
    </DialogFrame>
  );
}
