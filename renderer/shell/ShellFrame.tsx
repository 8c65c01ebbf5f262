import { type ReactNode, useRef } from 'react';
import { useLocation } from 'react-router';
import { DropOverlay } from '../files/DropOverlay.tsx';
import { common, shellWords } from '../words/screens.ts';
import styles from './Shell.module.css';
import { useRegionKeys } from './use-region-keys.ts';

interface ShellFrameProps {
  topBar: ReactNode;
  navigation: ReactNode;
  /** What concerns the whole window, above any screen. */
  notices: ReactNode;
  /** The screens' routes. */
  children: ReactNode;
}

/** The window around every screen, whoever sits before it: regions that F6 walks, a way past them, files let fall. */
export function ShellFrame({ topBar, navigation, notices, children }: ShellFrameProps) {
  const root = useRef<HTMLDivElement>(null);
  useRegionKeys(root);
  const besideDocument = /^\/(document|file)\//.test(useLocation().pathname);
  const toContent = () => root.current?.querySelector<HTMLElement>('main')?.focus();
  return (
    <div ref={root} className={styles.shell} data-beside-document={besideDocument || undefined}>
      <button type="button" className={styles.skip} onClick={toContent}>
        {common.skipToContent}
      </button>
      <div className={styles.frame}>
        {topBar}
        <div className={styles.below}>
          {navigation}
          <main className={styles.main} tabIndex={-1} data-region aria-label={shellWords.content}>
            {notices}
            <div className={styles.screen}>{children}</div>
          </main>
        </div>
      </div>
      <DropOverlay />
    </div>
  );
}
