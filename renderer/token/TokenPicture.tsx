import styles from './TokenPicture.module.css';

/** A token before a socket: said in words beside it, so it has no name of its own. */
export function TokenPicture() {
  return (
    <svg className={styles.picture} viewBox="0 0 220 90" aria-hidden="true" focusable="false">
      <rect className={styles.socket} x="150" y="18" width="62" height="54" rx="8" />
      <rect className={styles.hole} x="150" y="33" width="26" height="24" rx="2" />
      <g className={styles.token}>
        <rect className={styles.plug} x="98" y="35" width="34" height="20" rx="2" />
        <rect className={styles.body} x="14" y="26" width="86" height="38" rx="14" />
        <circle className={styles.light} cx="84" cy="45" r="4" />
        <circle className={styles.ring} cx="32" cy="45" r="7" />
        <path className={styles.pin} d="M108 41h8M108 49h8" />
      </g>
    </svg>
  );
}
