import styles from './SealMark.module.css';

/** The program's mark: a small square seal with its two initials. Always beside its name. */
export function SealMark({ size = 2.2 }: { size?: number }) {
  return (
    <svg
      className={styles.mark}
      viewBox="0 0 40 40"
      width={`${size}rem`}
      height={`${size}rem`}
      aria-hidden="true"
      focusable="false"
    >
      <rect className={styles.field} x="1.5" y="1.5" width="37" height="37" rx="6" />
      <rect className={styles.frame} x="5" y="5" width="30" height="30" rx="3" />
      <path
        className={styles.strokes}
        d="M11 28 15.5 15 20 28M12.5 24h6M13.5 12l2-2.5 2 2.500M23 16h8M27 16v12"
      />
    </svg>
  );
}
