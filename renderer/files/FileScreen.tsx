import { lazy, Suspense, useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { type DocumentId, documentId, type FileDigest } from '../../contract/identity.ts';
import type { LocalFile } from '../../contract/local-file.ts';
import { failureOf } from '../core/failure-of.ts';
import { useLocalFile } from '../core/queries.ts';
import screenStyles from '../document/DocumentScreen.module.css';
import type { PageJump } from '../pdf/page-layout.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { markReady } from '../ui/ready.ts';
import { ScreenHeading } from '../ui/ScreenHeading.tsx';
import { fileWords } from '../words/local-file.ts';
import { common } from '../words/screens.ts';
import { FilePanel } from './FilePanel.tsx';
import { useOpening, useOpenKey } from './use-files.ts';

// PDF.js is the largest part of the page by far: fetched when the first document is opened.
const PdfView = lazy(() => import('../pdf/PdfView.tsx'));

/** One file on this computer: its pages beside its verdict, and what can be done with it. */
export function FileScreen() {
  const parsed = documentId.safeParse(useParams()['id']);
  return parsed.success ? <OneFile key={parsed.data} id={parsed.data} /> : null;
}

function OneFile({ id }: { id: DocumentId }) {
  const file = useLocalFile(id);
  const navigate = useNavigate();
  const [jump, setJump] = useState<PageJump | null>(null);
  const [drawn, setDrawn] = useState<FileDigest | null>(null);
  const { pick } = useOpening();
  useOpenKey(pick);
  const settled = !file.isPending;
  useEffect(() => {
    if (settled) markReady();
  }, [settled]);
  const { data } = file;
  return (
    <div className={screenStyles.screen}>
      <header className={screenStyles.header}>
        <ActionButton look="quiet" icon="back" onPress={() => void navigate('/files')}>
          {fileWords.back}
        </ActionButton>
        {data && (
          <div className={screenStyles.title}>
            {data.folder && <p className={screenStyles.type}>{fileWords.folder(data.folder)}</p>}
            <ScreenHeading>{data.name}</ScreenHeading>
          </div>
        )}
      </header>
      {file.error && !data && (
        <FailureBanner failure={failureOf(file.error)} heading={fileWords.openFailed} />
      )}
      {file.isPending && (
        <p role="status" className={screenStyles.loading}>
          {common.loading}
        </p>
      )}
      {data?.state === 'refused' && data.failure && (
        <FailureBanner
          failure={data.failure}
          heading={fileWords.refusedTitle}
          actions={<ActionButton onPress={() => pick('files')}>{fileWords.openFiles}</ActionButton>}
        />
      )}
      {data?.state === 'opening' && <EmptyState icon="clock" title={fileWords.states.opening} />}
      {data?.file && (
        <div className={screenStyles.sides}>
          <div className={screenStyles.pages}>
            <Pages file={data} jump={jump} onDrawn={setDrawn} />
          </div>
          <FilePanel file={data} drawn={drawn} onGo={(page) => setJump({ page })} />
        </div>
      )}
    </div>
  );
}

interface PagesProps {
  file: LocalFile;
  jump: PageJump | null;
  onDrawn(digest: FileDigest | null): void;
}

function Pages({ file: { file, verification }, jump, onDrawn }: PagesProps) {
  if (file === null) return null;
  return (
    <Suspense
      fallback={
        <p role="status" className={screenStyles.loading}>
          {common.loading}
        </p>
      }
    >
      <PdfView file={file} findings={verification?.findings} jump={jump} onDrawn={onDrawn} />
    </Suspense>
  );
}
