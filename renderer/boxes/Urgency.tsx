import styles from './Urgency.module.css';

/** The stamp of urgency, as on paper: capitals in a red box (NĐ 30/2020 PL I, ô 10b). */
export function Urgency({ word }: { word: string }) {
  return <span className={styles.urgency}>{word}</span>;
}
