import type { DocumentId } from '../../contract/identity.ts';
import type { RecentFile } from '../../contract/local-file.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Status } from '../ui/Status.tsx';
import { instantText } from '../words/format.ts';
import { fileWords } from '../words/local-file.ts';
import styles from './RecentFiles.module.css';

interface RecentFilesProps {
  recent: readonly RecentFile[];
  onOpen(id: DocumentId): void;
  onForget(id: DocumentId): void;
}

/** What was opened before; a file that isn't there any more says so. */
export function RecentFiles({ recent, onOpen, onForget }: RecentFilesProps) {
  if (recent.length === 0) return null;
  return (
    <section className={styles.recent} aria-label={fileWords.recent}>
      <h2>{fileWords.recent}</h2>
      <ul className={styles.list}>
        {recent.map(({ id, name, folder, openedAt, isMissing }) => (
          <li key={id} className={styles.item}>
            {isMissing ? (
              <span className={styles.name}>{name}</span>
            ) : (
              <ActionButton look="quiet" icon="document" onPress={() => onOpen(id)}>
                {name}
              </ActionButton>
            )}
            <span className={styles.where}>
              {folder} · {instantText(openedAt)}
            </span>
            {isMissing && (
              <>
                <Status tone="doubt" icon="alert">
                  {fileWords.missing}
                </Status>
                <ActionButton look="quiet" icon="minus" iconOnly onPress={() => onForget(id)}>
                  {fileWords.forget(name)}
                </ActionButton>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
