import { useEffect, useState } from 'react';
import { shellWords } from '../words/screens.ts';
import styles from './TextSize.module.css';

const scales = [1, 1.2, 1.45];
const storageKey = 'antin.textSize';

function stored(): number {
  const index = Number(localStorage.getItem(storageKey));
  return index in scales ? index : 0;
}

/** Three sizes of print for the whole window; kept on this computer, since eyes don't change with the session. */
export function TextSize() {
  const [index, setIndex] = useState(stored);
  useEffect(() => {
    document.documentElement.style.setProperty('--scale', String(scales[index] ?? 1));
    localStorage.setItem(storageKey, String(index));
  }, [index]);
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{shellWords.textSize}</legend>
      <div className={styles.choices}>
        {shellWords.textSizes.map((name, size) => (
          <label key={name} className={styles.choice} title={name}>
            <input
              type="radio"
              name="text-size"
              className="visually-hidden"
              checked={size === index}
              onChange={() => setIndex(size)}
            />
            <span className={styles[`size${size}`]} aria-hidden="true">
              A
            </span>
            <span className="visually-hidden">{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
