import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import type { IconName } from './icon-paths.ts';
import styles from './Status.module.css';

export type Tone = 'good' | 'bad' | 'doubt' | 'info' | 'quiet';

/** A state in a word: picture, word and colour together, never colour alone. */
export function Status({ tone, icon, children }: { tone: Tone; icon: IconName; children: ReactNode }) {
  return (
    <span className={`${styles.status} ${styles[tone]}`}>
      <Icon name={icon} size={1.15} />
      <span>{children}</span>
    </span>
  );
}
