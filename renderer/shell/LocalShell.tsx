import { useRef } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { BatchScreen } from '../batch/BatchScreen.tsx';
import { DropOverlay } from '../files/DropOverlay.tsx';
import { FileScreen } from '../files/FileScreen.tsx';
import { FilesScreen } from '../files/FilesScreen.tsx';
import { TrustScreen } from '../trust/TrustScreen.tsx';
import { common, shellWords } from '../words/screens.ts';
import { LocalNavigation } from './Navigation.tsx';
import { Notices } from './Notices.tsx';
import styles from './Shell.module.css';
import { LocalTopBar } from './TopBar.tsx';
import { useRegionKeys } from './use-region-keys.ts';

interface LocalShellProps {
  /** Null where there is no server to sign in to. */
  onSignIn: (() => void) | null;
}

/** Files on this computer, for whoever sits here: nobody is signed in. */
export function LocalShell({ onSignIn }: LocalShellProps) {
  const root = useRef<HTMLDivElement>(null);
  useRegionKeys(root);
  const besideDocument = useLocation().pathname.startsWith('/file/');
  const toContent = () => root.current?.querySelector<HTMLElement>('main')?.focus();
  return (
    <div ref={root} className={styles.shell} data-beside-document={besideDocument || undefined}>
      <button type="button" className={styles.skip} onClick={toContent}>
        {common.skipToContent}
      </button>
      <div className={styles.frame}>
        <LocalTopBar onSignIn={onSignIn} />
        <div className={styles.below}>
          <LocalNavigation decidesTrust={onSignIn === null} />
          <main className={styles.main} tabIndex={-1} data-region aria-label={shellWords.content}>
            <Notices session={null} />
            <div className={styles.screen}>
              <Routes>
                <Route path="/" element={<Navigate to="/files" replace />} />
                <Route path="/files" element={<FilesScreen />} />
                <Route path="/file/:id" element={<FileScreen />} />
                <Route path="/batch" element={<BatchScreen home="/files" />} />
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
