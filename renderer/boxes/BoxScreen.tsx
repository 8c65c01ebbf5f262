import { useEffect } from 'react';
import { GridList } from 'react-aria-components/GridList';
import { useNavigate, useParams } from 'react-router';
import { type DocumentBox, documentBox } from '../../contract/desktop.ts';
import { failureOf } from '../core/failure-of.ts';
import { useBox } from '../core/queries.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { markReady } from '../ui/ready.ts';
import { ScreenHeading } from '../ui/ScreenHeading.tsx';
import { common, listWords } from '../words/screens.ts';
import { boxNames, emptyBoxes } from '../words/vi.ts';
import styles from './BoxScreen.module.css';
import { DocumentRow } from './DocumentRow.tsx';

/** One box of the desk: its documents, the newest first. */
export function BoxScreen() {
  const parsed = documentBox.safeParse(useParams()['box']);
  return parsed.success ? <Box key={parsed.data} box={parsed.data} /> : null;
}

function Box({ box }: { box: DocumentBox }) {
  const cards = useBox(box);
  const navigate = useNavigate();
  const settled = !cards.isPending;
  useEffect(() => {
    if (settled) markReady();
  }, [settled]);
  const count = cards.data?.length;
  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <ScreenHeading>{boxNames[box]}</ScreenHeading>
        {count !== undefined && count > 0 && <p className={styles.count}>{listWords.count(count)}</p>}
      </header>
      {cards.error && (
        <FailureBanner
          failure={failureOf(cards.error)}
          actions={<ActionButton onPress={() => void cards.refetch()}>{common.tryAgain}</ActionButton>}
        />
      )}
      {cards.isPending && (
        <p role="status" className={styles.loading}>
          {common.loading}
        </p>
      )}
      {cards.data && (
        <GridList
          className={styles.list ?? ''}
          aria-label={listWords.list(boxNames[box])}
          items={cards.data}
          selectionMode="none"
          onAction={(id) => void navigate(`/document/${id}`, { state: { box } })}
          renderEmptyState={() => (
            <EmptyState icon="document" title={emptyBoxes[box].title}>
              <p>{emptyBoxes[box].hint}</p>
            </EmptyState>
          )}
        >
          {(card) => <DocumentRow card={card} />}
        </GridList>
      )}
    </div>
  );
}
