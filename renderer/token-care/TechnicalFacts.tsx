import { Icon } from '../ui/Icon.tsx';
import { careWords } from '../words/token.ts';
import styles from './TokenPanel.module.css';

export type Fact = readonly [name: string, value: string];

/** What only whoever looks after the computer wants to know. */
export function TechnicalFacts({ facts }: { facts: readonly Fact[] }) {
  return (
    <details className={styles.details}>
      <summary>
        <Icon name="chevronRight" size={1} />
        {careWords.technical}
      </summary>
      <dl className={styles.facts}>
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </details>
  );
}
