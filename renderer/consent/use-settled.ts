import { useEffect, useState } from 'react';

/** Long enough that no key or click that was meant for what was there before still arrives, in milliseconds. */
const settleMs = 800;

/**
 * True once the window has had the focus for a moment with what it asks about in sight (`ready`). It has come up in
 * front of somebody who was typing or clicking elsewhere: nothing of that may count as a yes.
 */
export function useSettled(ready: boolean): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      clearTimeout(timer);
      setSettled(false);
    };
    const begin = () => {
      stop();
      if (ready && document.hasFocus()) timer = setTimeout(() => setSettled(true), settleMs);
    };
    begin();
    window.addEventListener('focus', begin);
    window.addEventListener('blur', stop);
    return () => {
      stop();
      window.removeEventListener('focus', begin);
      window.removeEventListener('blur', stop);
    };
  }, [ready]);
  return settled;
}
