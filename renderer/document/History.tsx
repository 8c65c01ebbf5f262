import type { HistoryEntry } from '../../contract/document.ts';
import { instantText } from '../words/format.ts';
import { documentWords } from '../words/screens.ts';
import { historyActs } from '../words/vi.ts';
import styles from './Panel.module.css';
import { Section } from './Section.tsx';

/** What happened, in the server's order, the newest first. */
export function History({ entries }: { entries: readonly HistoryEntry[] }) {
  return (
    <Section title={documentWords.history}>
      {entries.length === 0 && <p>{documentWords.noHistory}</p>}
      <ol className={styles.list} reversed>
        {entries.toReversed().map((entry) => (
          <li key={`${entry.at} ${entry.act}`} className={styles.item}>
            <p className={styles.strong}>{historyActs[entry.act]}</p>
            <p className={styles.quiet}>
              {instantText(entry.at)} · {entry.actor}
            </p>
            {entry.note && <p className={styles.note}>{entry.note}</p>}
          </li>
        ))}
      </ol>
    </Section>
  );
}
