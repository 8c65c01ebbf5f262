import { useRef } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import type { SessionState } from '../../contract/desktop.ts';
import { BatchScreen } from '../batch/BatchScreen.tsx';
import { BoxScreen } from '../boxes/BoxScreen.tsx';
import { DocumentScreen } from '../document/DocumentScreen.tsx';
import { DropOverlay } from '../files/DropOverlay.tsx';
import { FileScreen } from '../files/FileScreen.tsx';
import { FilesScreen } from '../files/FilesScreen.tsx';
import { OutboxScreen } from '../outbox/OutboxScreen.tsx';
import { TrustScreen } from '../trust/TrustScreen.tsx';
import { common, shellWords } from '../words/screens.ts';
import { boxesOf } from './boxes-of.ts';
import { Navigation } from './Navigation.tsx';
import { Notices } from './Notices.tsx';
import styles from './Shell.module.css';
import { TopBar } from './TopBar.tsx';
import { useRegionKeys } from './use-region-keys.ts';

type SignedIn = Extract<SessionState, { status: 'signedIn' }>;

/** Everything after the sign-in: navigation, the person's bar, and one screen at a time. */
export function Shell({ session }: { session: SignedIn }) {
  const root = useRef<HTMLDivElement>(null);
  useRegionKeys(root);
  const besideDocument = /^\/(document|file)\//.test(useLocation().pathname);
  const boxes = boxesOf(session.person.role);
  const toContent = () => root.current?.querySelector<HTMLElement>('main')?.focus();
  return (
    <div ref={root} className={styles.shell} data-beside-document={besideDocument || undefined}>
      <button type="button" className={styles.skip} onClick={toContent}>
        {common.skipToContent}
      </button>
      <div className={styles.frame}>
        <TopBar session={session} />
        <div className={styles.below}>
          <Navigation boxes={boxes} />
          <main className={styles.main} tabIndex={-1} data-region aria-label={shellWords.content}>
            <Notices session={session} />
            <div className={styles.screen}>
              <Routes>
                <Route path="/" element={<Navigate to={`/box/${boxes[0]}`} replace />} />
                <Route path="/box/:box" element={<BoxScreen session={session} />} />
                <Route path="/batch" element={<BatchScreen home={`/box/${boxes[0]}`} />} />
                <Route path="/document/:id" element={<DocumentScreen session={session} />} />
                <Route path="/files" element={<FilesScreen />} />
                <Route path="/file/:id" element={<FileScreen />} />
                <Route path="/outbox" element={<OutboxScreen />} />
                <Route path="/trust" element={<TrustScreen />} />
              </Routes>
            </div>
          </main>
        </div>
      </div>
      <DropOverlay />
    </div>
  );
}
