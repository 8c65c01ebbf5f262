import { useEffect, useState } from 'react';
import { MemoryRouter } from 'react-router';
import styles from './App.module.css';
import { useDesk } from './core/desk-context.ts';
import { failureOf } from './core/failure-of.ts';
import { useConnection, useLocalFiles, useSession } from './core/queries.ts';
import { LocalShell } from './shell/LocalShell.tsx';
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
  if (session.data.status === 'signedOut') return <SignedOut />;
  return (
    // Another person, another desk: nothing of the last one's screens is kept.
    <MemoryRouter key={session.data.person.id}>
      <Shell session={session.data} />
    </MemoryRouter>
  );
}

/** The way in, or the files on this computer, for which nobody has to sign in. */
function SignedOut() {
  const connection = useConnection();
  const arrival = useLocalFiles().data?.arrival.number ?? 0;
  const desk = useDesk();
  const [isAtFiles, setAtFiles] = useState(false);
  // Whoever drops a file, or opens one with the program, wants to see it.
  const isHanded = arrival !== desk.seenArrival;
  useEffect(() => {
    if (isHanded) setAtFiles(true);
  }, [isHanded]);
  if (connection.isPending) {
    return (
      <main className={styles.alone}>
        <p role="status">{common.loading}</p>
      </main>
    );
  }
  const withoutServer = connection.data?.withoutServer === true;
  if (!withoutServer && !isAtFiles) return <SignInScreen onFiles={() => setAtFiles(true)} />;
  return (
    <MemoryRouter>
      <LocalShell onSignIn={withoutServer ? null : () => setAtFiles(false)} />
    </MemoryRouter>
  );
}
