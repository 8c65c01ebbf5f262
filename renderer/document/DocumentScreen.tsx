import { useEffect, useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import type { SessionState } from '../../contract/desktop.ts';
import { type DocumentId, documentId, type FileDigest } from '../../contract/identity.ts';
import { openedFrom } from '../boxes/way-back.ts';
import { failureOf } from '../core/failure-of.ts';
import { useDocument } from '../core/queries.ts';
import type { PageJump } from '../pdf/page-layout.ts';
import { boxesOf } from '../shell/boxes-of.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { markReady } from '../ui/ready.ts';
import { ScreenHeading } from '../ui/ScreenHeading.tsx';
import { common, documentWords } from '../words/screens.ts';
import { typeName } from '../words/type-name.ts';
import { DocumentFiles } from './DocumentFiles.tsx';
import styles from './DocumentScreen.module.css';
import { Panel } from './Panel.tsx';

type SignedIn = Extract<SessionState, { status: 'signedIn' }>;

/** One document: its pages beside what is known of it, and the one thing to do with it. */
export function DocumentScreen({ session }: { session: SignedIn }) {
  const parsed = documentId.safeParse(useParams()['id']);
  return parsed.success ? <OneDocument key={parsed.data} id={parsed.data} session={session} /> : null;
}

function OneDocument({ id, session }: { id: DocumentId; session: SignedIn }) {
  const document = useDocument(id);
  const navigate = useNavigate();
  const [jump, setJump] = useState<PageJump | null>(null);
  const [drawn, setDrawn] = useState<FileDigest | null>(null);
  const from = openedFrom.safeParse(useLocation().state).data;
  const settled = !document.isPending;
  useEffect(() => {
    if (settled) markReady();
  }, [settled]);
  const back = () =>
    void navigate(`/box/${from?.box ?? boxesOf(session.person.role)[0]}`, { state: from ?? null });
  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <ActionButton look="quiet" icon="back" onPress={back}>
          {documentWords.back}
        </ActionButton>
        {document.data && (
          <div className={styles.title}>
            <p className={styles.type}>{typeName(document.data.document.type)}</p>
            <ScreenHeading>{document.data.document.subject}</ScreenHeading>
          </div>
        )}
      </header>
      {document.error && !document.data && (
        <FailureBanner
          failure={failureOf(document.error)}
          actions={<ActionButton onPress={() => void document.refetch()}>{common.tryAgain}</ActionButton>}
        />
      )}
      {document.isPending && (
        <p role="status" className={styles.loading}>
          {common.loading}
        </p>
      )}
      {document.data && (
        <div className={styles.sides}>
          <div className={styles.pages}>
            <DocumentFiles document={document.data} jump={jump} onDrawn={setDrawn} />
          </div>
          <Panel
            document={document.data}
            drawn={drawn}
            session={session}
            onGo={(page) => setJump({ page })}
          />
        </div>
      )}
    </div>
  );
}
