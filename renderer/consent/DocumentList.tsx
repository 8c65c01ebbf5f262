import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import type { ConsentDocument } from '../../contract/consent.ts';
import { Status } from '../ui/Status.tsx';
import { consentWords } from '../words/consent.ts';
import styles from './DocumentList.module.css';
import { isNoted } from './Notes.tsx';

interface DocumentListProps {
  documents: readonly ConsentDocument[];
  /** Whose pages are shown. */
  shown: number;
  onShow(index: number): void;
}

/** All that one yes signs, in order; the one that is chosen shows its pages. */
export function DocumentList({ documents, shown, onShow }: DocumentListProps) {
  const noted = documents.filter(isNoted).length;
  return (
    <>
      <ListBox
        className={styles.list ?? ''}
        aria-label={consentWords.documents}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={[shown]}
        onSelectionChange={(keys) => {
          const [index] = keys === 'all' ? [] : keys;
          if (typeof index === 'number') onShow(index);
        }}
      >
        {documents.map((document, index) => (
          <ListBoxItem
            key={document.file.digest}
            id={index}
            textValue={document.subject}
            className={styles.item ?? ''}
          >
            <span className={styles.number}>{index + 1}.</span>
            <span>
              {document.subject}
              {isNoted(document) && (
                <Status tone="doubt" icon="alert">
                  {consentWords.noted}
                </Status>
              )}
            </span>
          </ListBoxItem>
        ))}
      </ListBox>
      {noted > 0 && <p>{consentWords.notedCount(noted)}</p>}
    </>
  );
}
