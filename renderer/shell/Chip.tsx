import { Icon } from '../ui/Icon.tsx';
import type { IconName } from '../ui/icon-paths.ts';
import type { Tone } from '../ui/Status.tsx';
import styles from './Chip.module.css';

interface ChipProps {
  label: string;
  tone: Tone;
  icon: IconName;
  title: string;
  detail?: string | null;
}

/** A state that is always in sight: what it is, and what there is to know about it. Changes are read out politely. */
export function Chip({ label, tone, icon, title, detail = null }: ChipProps) {
  return (
    <div className={`${styles.chip} ${styles[tone]}`} role="status" aria-label={label}>
      <Icon name={icon} size={1.5} />
      <span className={styles.text}>
        <span className={styles.title}>{title}</span>
        {detail && <span className={styles.detail}>{detail}</span>}
      </span>
    </div>
  );
}
