import { useEffect, useRef, useState } from 'react';
import { GridList, type Key, type Selection } from 'react-aria-components/GridList';
import { useLocation, useNavigate, useParams } from 'react-router';
import {
  type DocumentBox,
  type DocumentCard,
  documentBox,
  type SessionState,
} from '../../contract/desktop.ts';
import type { DocumentSigningAct } from '../../contract/signing-act.ts';
import { BatchDialog } from '../batch/BatchDialog.tsx';
import { failureOf } from '../core/failure-of.ts';
import { useBox } from '../core/queries.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { markReady } from '../ui/ready.ts';
import { ScreenHeading } from '../ui/ScreenHeading.tsx';
import { batchTitles, selectionWords } from '../words/batch.ts';
import { common, listWords } from '../words/screens.ts';
import { boxNames, emptyBoxes } from '../words/vi.ts';
import styles from './BoxScreen.module.css';
import { type BatchItemChoice, batchChoice, batchItems } from './batch-choice.ts';
import { DocumentRow } from './DocumentRow.tsx';
import { type OpenedFrom, openedFrom, rowsFrom } from './way-back.ts';

type SignedIn = Extract<SessionState, { status: 'signedIn' }>;

/** One box of the desk: its documents, the newest first. */
export function BoxScreen({ session }: { session: SignedIn }) {
  const parsed = documentBox.safeParse(useParams()['box']);
  return parsed.success ? <Box key={parsed.data} box={parsed.data} session={session} /> : null;
}

function Box({ box, session }: { box: DocumentBox; session: SignedIn }) {
  const cards = useBox(box);
  const navigate = useNavigate();
  const settled = !cards.isPending;
  const list = useRef<HTMLDivElement>(null);
  const cameFrom = openedFrom.safeParse(useLocation().state).data;
  // Once, when the list first stands: later it belongs to whoever works in it.
  const wanted = useRef(cameFrom?.rows ?? []);
  useEffect(() => {
    if (!settled) return undefined;
    // A list has its rows a frame after it has its data.
    const frame = requestAnimationFrame(() => {
      focusRow(list.current, wanted.current);
      wanted.current = [];
    });
    return () => cancelAnimationFrame(frame);
  }, [settled]);
  useEffect(() => {
    if (settled) markReady();
  }, [settled]);
  const count = cards.data?.length;
  const choice = cards.data ? batchChoice(cards.data) : null;
  const [selected, setSelected] = useState<ReadonlySet<Key>>(new Set());
  const chosen = choice?.cards.filter(({ id }) => selected.has(id)) ?? [];
  /** What the dialog was opened with: a verdict that comes meanwhile is told in it, and doesn't close it. */
  const [asking, setAsking] = useState<{
    act: DocumentSigningAct;
    chosen: readonly BatchItemChoice[];
  } | null>(null);
  const select = (keys: Selection) => {
    const all = choice?.cards.map(({ id }) => id) ?? [];
    setSelected(new Set(keys === 'all' ? all : keys));
  };
  const others = cards.data?.filter((card) => !choice?.cards.includes(card)).map(({ id }) => id) ?? [];
  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <ScreenHeading>{boxNames[box]}</ScreenHeading>
        {count !== undefined && count > 0 && <p className={styles.count}>{listWords.count(count)}</p>}
        {choice && (
          <Chooser
            choice={choice}
            chosen={chosen}
            onAll={() => select('all')}
            onNone={() => select(new Set())}
            onAct={() => setAsking({ act: choice.act, chosen: batchItems(chosen) })}
          />
        )}
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
          ref={list}
          className={styles.list ?? ''}
          aria-label={listWords.list(boxNames[box])}
          items={cards.data}
          selectionMode={choice ? 'multiple' : 'none'}
          selectedKeys={selected}
          onSelectionChange={select}
          disabledKeys={choice ? others : []}
          disabledBehavior="selection"
          dependencies={[choice !== null]}
          onAction={(id) => {
            const rows = rowsFrom(
              cards.data.map((card) => card.id),
              String(id),
            );
            void navigate(`/document/${id}`, { state: { box, rows } satisfies OpenedFrom });
          }}
          renderEmptyState={() => (
            <EmptyState icon="document" title={emptyBoxes[box].title}>
              <p>{emptyBoxes[box].hint}</p>
            </EmptyState>
          )}
        >
          {(card) => <DocumentRow card={card} choosable={choice !== null} />}
        </GridList>
      )}
      {asking && (
        <BatchDialog
          act={asking.act}
          chosen={asking.chosen}
          cards={cards.data?.filter((card) => asking.chosen.some(({ id }) => id === card.id)) ?? []}
          wanted={asking.act === 'approve' ? session.key : null}
          onStarted={() => void navigate('/batch')}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

/** Puts the reader back where they were: the first of these rows that there is. */
function focusRow(list: HTMLElement | null, ids: readonly string[]): void {
  const rows = ids.map((id) => list?.querySelector<HTMLElement>(`[data-key="${id}"]`));
  rows.find((row) => row)?.focus();
}

interface ChooserProps {
  choice: NonNullable<ReturnType<typeof batchChoice>>;
  chosen: readonly DocumentCard[];
  onAll(): void;
  onNone(): void;
  onAct(): void;
}

/** How many are chosen, and what can be done with them all. */
function Chooser({ choice, chosen, onAll, onNone, onAct }: ChooserProps) {
  const { act, cards } = choice;
  return (
    <div className={styles.chooser}>
      {chosen.length < cards.length && (
        <ActionButton look="quiet" icon="check" onPress={onAll}>
          {selectionWords.all(cards.length)}
        </ActionButton>
      )}
      {chosen.length > 0 && (
        <>
          <ActionButton look="quiet" onPress={onNone}>
            {selectionWords.none}
          </ActionButton>
          <ActionButton look="primary" icon={act === 'approve' ? 'sign' : 'seal'} onPress={onAct}>
            {batchTitles[act](chosen.length)}
          </ActionButton>
        </>
      )}
      <p className="visually-hidden" role="status">
        {chosen.length > 0 ? selectionWords.count(chosen.length) : ''}
      </p>
    </div>
  );
}
