import { useEffect } from 'react';
import { MemoryRouter } from 'react-router';
import styles from './App.module.css';
import { failureOf } from './core/failure-of.ts';
import { useSession } from './core/queries.ts';
import { Shell } from './shell/Shell.tsx';
import { SignInScreen } from './sign-in/SignInScreen.tsx';
import { ActionButton } from './ui/ActionButton.tsx';
import { FailureBanner } from './ui/FailureBanner.tsx';
import { markReady } from './ui/ready.ts';
import { common } from './words/screens.ts';

/** Signed in or not decides all else. */
export function App() {
  const session = useSession();
  const failed = session.isError && !session.data;
  useEffect(() => {
    if (failed) markReady();
  }, [failed]);
  if (failed) {
    return (
      <main className={styles.alone}>
        <FailureBanner
          failure={failureOf(session.error)}
          actions={<ActionButton onPress={() => void session.refetch()}>{common.tryAgain}</ActionButton>}
        />
      </main>
    );
  }
  if (!session.data) {
    return (
      <main className={styles.alone}>
        <p role="status">{common.loading}</p>
      </main>
    );
  }
  if (session.data.status === 'signedOut') return <SignInScreen />;
  return (
    // Another person, another desk: nothing of the last one's screens is kept.
    <MemoryRouter key={session.data.person.id}>
      <Shell session={session.data} />
    </MemoryRouter>
  );
}
