import { Icon } from '../ui/Icon.tsx';
import { fileWords } from '../words/local-file.ts';
import styles from './DropOverlay.module.css';
import { useArrivals, useDraggedOver } from './use-files.ts';

/** Files dropped anywhere on the window are opened; which they are the shell tells the core, past this page. */
export function DropOverlay() {
  useArrivals();
  if (!useDraggedOver()) return null;
  return (
    <div className={styles.overlay} role="status">
      <Icon name="plus" size={3} />
      <p>{fileWords.dropHere}</p>
    </div>
  );
}
