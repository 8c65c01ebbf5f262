import { Fragment, type ReactNode } from 'react';
import styles from './Panel.module.css';

export type Fact = readonly [name: string, value: ReactNode];

/** Names and values; what isn't known is left out by the caller. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
