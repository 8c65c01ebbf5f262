import { lazy, Suspense, useState } from 'react';
import type { DeskDocument } from '../../contract/desktop.ts';
import type { DocumentFile } from '../../contract/document.ts';
import type { FileFinding } from '../../contract/file-finding.ts';
import type { DocumentId, FileDigest } from '../../contract/identity.ts';
import { failureOf } from '../core/failure-of.ts';
import { useHeldFile } from '../core/queries.ts';
import type { PageJump } from '../pdf/page-layout.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { common, pdfWords } from '../words/screens.ts';
import styles from './DocumentFiles.module.css';

// PDF.js is the largest part of the page by far: fetched when the first document is opened.
const PdfView = lazy(() => import('../pdf/PdfView.tsx'));

/** A document's pages, and where it has appendices in files of their own, the way to each. */
export function DocumentFiles({
  document: desk,
  jump,
  onDrawn,
}: {
  document: DeskDocument;
  /** A page of the main file that somebody wants to see. */
  jump: PageJump | null;
  /** Of which file pages are drawn as the main one's. */
  onDrawn(digest: FileDigest | null): void;
}) {
  const { document, file, fileHeld } = desk;
  const [shown, setShown] = useState<FileDigest | null>(null);
  const [followed, setFollowed] = useState(jump);
  if (jump !== followed) {
    setFollowed(jump);
    setShown(null);
  }
  const appendices = document.files.filter(({ part }) => part === 'appendix');
  const appendix = appendices.find(({ digest }) => digest === shown) ?? null;
  const main = file ? (
    fileHeld ? (
      <View file={file} jump={jump} onDrawn={onDrawn} findings={desk.verification?.findings} />
    ) : (
      <EmptyState icon="clock" title={pdfWords.notHeld} />
    )
  ) : (
    <EmptyState icon="document" title={pdfWords.noFile} />
  );
  if (appendices.length === 0) return main;
  return (
    <div className={styles.files}>
      <fieldset className={styles.choices} aria-label={pdfWords.files}>
        <Choice name={pdfWords.main} isShown={appendix === null} onShow={() => setShown(null)} />
        {appendices.map(({ digest, name }) => (
          <Choice
            key={digest}
            name={pdfWords.appendix(name)}
            isShown={digest === appendix?.digest}
            onShow={() => setShown(digest)}
          />
        ))}
      </fieldset>
      <div className={styles.pages}>
        {appendix ? <Appendix key={appendix.digest} id={document.id} file={appendix} /> : main}
      </div>
    </div>
  );
}

function Choice({ name, isShown, onShow }: { name: string; isShown: boolean; onShow(): void }) {
  return (
    <label className={styles.choice}>
      <input type="radio" name="document-file" checked={isShown} onChange={onShow} />
      <span>{name}</span>
    </label>
  );
}

interface ViewProps {
  file: DocumentFile;
  findings?: readonly FileFinding[] | undefined;
  jump?: PageJump | null;
  onDrawn?(digest: FileDigest | null): void;
}

function View(props: ViewProps) {
  return (
    <Suspense
      fallback={
        <p role="status" className={styles.loading}>
          {common.loading}
        </p>
      }
    >
      <PdfView {...props} />
    </Suspense>
  );
}

/** Brought here when somebody asks for it. */
function Appendix({ id, file }: { id: DocumentId; file: DocumentFile }) {
  const held = useHeldFile(id, file.digest);
  if (held.isSuccess) return <View file={file} />;
  if (held.isError && !held.isFetching) {
    return (
      <FailureBanner
        failure={failureOf(held.error)}
        heading={pdfWords.notFetched}
        actions={<ActionButton onPress={() => void held.refetch()}>{common.tryAgain}</ActionButton>}
      />
    );
  }
  return <EmptyState icon="clock" title={pdfWords.notHeld} />;
}
