import { useState } from 'react';
import type { SessionState } from '../../contract/desktop.ts';
import { useDesk } from '../core/desk-context.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { SealMark } from '../ui/SealMark.tsx';
import { fileWords } from '../words/local-file.ts';
import { common, shellWords } from '../words/screens.ts';
import { ConnectionChip } from './ConnectionChip.tsx';
import { TokenChip } from './TokenChip.tsx';
import styles from './TopBar.module.css';

/** Nobody is signed in; null where there is nothing to sign in to. */
export function LocalTopBar({ onSignIn }: { onSignIn: (() => void) | null }) {
  return (
    <section className={styles.bar} aria-label={shellWords.topBar} tabIndex={-1} data-region>
      <div className={styles.brand}>
        <SealMark />
        <span className={styles.name}>{common.appName}</span>
      </div>
      <div className={styles.person} />
      <div className={styles.states}>
        <TokenChip />
        {onSignIn && (
          <ActionButton look="quiet" icon="person" onPress={onSignIn}>
            {fileWords.signIn}
          </ActionButton>
        )}
      </div>
    </section>
  );
}

/** Who works here, with which token, connected or not. */
export function TopBar({ session }: { session: Extract<SessionState, { status: 'signedIn' }> }) {
  const { position, agency } = session.person;
  return (
    <section className={styles.bar} aria-label={shellWords.topBar} tabIndex={-1} data-region>
      <div className={styles.brand}>
        <SealMark />
        <span className={styles.name}>{common.appName}</span>
      </div>
      <div className={styles.person}>
        <p className={styles.position} title={position}>
          {position}
        </p>
        <p className={styles.agency} title={agency.name}>
          {agency.name}
        </p>
      </div>
      <div className={styles.states}>
        <TokenChip />
        <ConnectionChip />
        <SignOut />
      </div>
    </section>
  );
}

function SignOut() {
  const { core, queries, acts } = useDesk();
  const [underWay, setUnderWay] = useState(false);
  const signOut = async () => {
    setUnderWay(true);
    try {
      queries.setQueryData(
        ['session'],
        await core.call((client, options) => client.session.signOut({}, options)),
      );
      acts.clear();
      queries.removeQueries({ queryKey: ['documents'] });
      queries.removeQueries({ queryKey: ['outbox'] });
    } catch {
      // The core will say where the session stands; the button can be pressed again.
      await queries.invalidateQueries({ queryKey: ['session'] });
    } finally {
      setUnderWay(false);
    }
  };
  return (
    <ActionButton look="quiet" icon="out" isDisabled={underWay} onPress={() => void signOut()}>
      {underWay ? shellWords.signingOut : shellWords.signOut}
    </ActionButton>
  );
}
