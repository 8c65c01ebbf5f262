import styles from './Icon.module.css';
import { type IconName, iconPaths } from './icon-paths.ts';

/** A picture beside words: never alone, so that it needs no name of its own. */
export function Icon({ name, size = 1.3 }: { name: IconName; size?: number }) {
  return (
    <svg
      className={styles.icon}
      viewBox="0 0 24 24"
      width={`${size}em`}
      height={`${size}em`}
      aria-hidden="true"
      focusable="false"
    >
      <path d={iconPaths[name]} />
    </svg>
  );
}
