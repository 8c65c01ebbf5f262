import { type ReactNode, useId } from 'react';
import styles from './Banner.module.css';
import { Icon } from './Icon.tsx';
import type { IconName } from './icon-paths.ts';
import type { Tone } from './Status.tsx';

const icons: Record<Tone, IconName> = {
  good: 'check',
  bad: 'cross',
  doubt: 'alert',
  info: 'info',
  quiet: 'info',
};

interface BannerProps {
  tone: Tone;
  /** Instead of the tone's own. */
  icon?: IconName;
  title: ReactNode;
  children?: ReactNode;
  /** Buttons; a banner stays until the person does something about it. */
  actions?: ReactNode;
  /** Read out at once: for what has just happened, not for what simply is so. */
  announce?: boolean;
}

/** A message that stays where it is: nothing that matters vanishes by itself. */
export function Banner({
  tone,
  icon = icons[tone],
  title,
  children,
  actions,
  announce = false,
}: BannerProps) {
  const titleId = useId();
  return (
    <section
      className={`${styles.banner} ${styles[tone]}`}
      role={announce ? (tone === 'bad' ? 'alert' : 'status') : 'group'}
      aria-labelledby={titleId}
    >
      <span className={styles.icon}>
        <Icon name={icon} size={1.5} />
      </span>
      <div className={styles.text}>
        <p id={titleId} className={styles.title}>
          {title}
        </p>
        {children}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </section>
  );
}
