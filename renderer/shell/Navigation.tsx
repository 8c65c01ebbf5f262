import { NavLink } from 'react-router';
import type { DocumentBox } from '../../contract/desktop.ts';
import { useConnection, useCounts, useOutbox } from '../core/queries.ts';
import { Icon } from '../ui/Icon.tsx';
import type { IconName } from '../ui/icon-paths.ts';
import { fileWords } from '../words/local-file.ts';
import { shellWords } from '../words/screens.ts';
import { trustWords } from '../words/trust.ts';
import { boxNames } from '../words/vi.ts';
import styles from './Navigation.module.css';
import { TextSize } from './TextSize.tsx';

const boxIcons: Record<DocumentBox, IconName> = {
  toSign: 'sign',
  toIssue: 'seal',
  incoming: 'inbox',
  outgoing: 'outgoing',
};

interface EntryProps {
  to: string;
  icon: IconName;
  name: string;
  count: number | undefined;
  countWords: (count: number) => string;
  /** What waits for the person's hand stands out. */
  calls?: boolean;
}

function Entry({ to, icon, name, count, countWords, calls = false }: EntryProps) {
  return (
    <li>
      <NavLink to={to} className={styles.entry ?? ''}>
        <Icon name={icon} size={1.4} />
        <span className={styles.name}>{name}</span>
        {count !== undefined && count > 0 && (
          <span className={`${styles.count} ${calls ? styles.calls : ''}`}>
            {count}
            <span className="visually-hidden"> ({countWords(count)})</span>
          </span>
        )}
      </NavLink>
    </li>
  );
}

function FilesEntry() {
  return (
    <Entry
      to="/files"
      icon="document"
      name={fileWords.title}
      count={undefined}
      countWords={shellWords.waiting}
    />
  );
}

function TrustEntry() {
  return (
    <Entry
      to="/trust"
      icon="building"
      name={trustWords.title}
      count={undefined}
      countWords={shellWords.waiting}
    />
  );
}

/** Where nobody is signed in. `decidesTrust`: there is no server, so that whoever sits here says whom to trust. */
export function LocalNavigation({ decidesTrust }: { decidesTrust: boolean }) {
  return (
    <nav className={styles.navigation} aria-label={shellWords.navigation} tabIndex={-1} data-region>
      <ul className={styles.list}>
        <FilesEntry />
        {decidesTrust && <TrustEntry />}
      </ul>
      <TextSize />
    </nav>
  );
}

/** The boxes of this person's desk with their counts, and the outbox. */
export function Navigation({ boxes }: { boxes: readonly DocumentBox[] }) {
  const counts = useCounts().data;
  const outbox = useOutbox().data;
  const waiting = useConnection().data?.waiting;
  const unsent = outbox?.filter(({ state }) => state !== 'confirmed').length ?? waiting;
  return (
    <nav className={styles.navigation} aria-label={shellWords.navigation} tabIndex={-1} data-region>
      <ul className={styles.list}>
        {boxes.map((box) => (
          <Entry
            key={box}
            to={`/box/${box}`}
            icon={boxIcons[box]}
            name={boxNames[box]}
            count={counts?.[box]}
            countWords={shellWords.waiting}
            calls={box === 'toSign' || box === 'toIssue'}
          />
        ))}
        <Entry
          to="/outbox"
          icon="send"
          name={shellWords.outbox}
          count={unsent}
          countWords={shellWords.outboxWaiting}
        />
        <FilesEntry />
        <TrustEntry />
      </ul>
      <TextSize />
    </nav>
  );
}
