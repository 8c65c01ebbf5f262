import { type ReactNode, useEffect, useRef } from 'react';
import styles from './ScreenHeading.module.css';

/** A screen's name. Takes the focus when the screen appears, so that keys and screen readers begin there. */
export function ScreenHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} tabIndex={-1} className={styles.heading}>
      {children}
    </h1>
  );
}
