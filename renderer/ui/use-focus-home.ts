import { useEffect } from 'react';

/**
 * React Aria gives the focus back to what opened a dialog. Where that is gone or can't be pressed any more, as after an act, the
 * focus would be nowhere and no key would do anything: then it goes to the dialog beneath, else to the screen.
 */
export function useFocusHome(): void {
  useEffect(
    () => () => {
      // After two frames whoever wants the focus has taken it.
      const settle = () => {
        if (document.activeElement && document.activeElement !== document.body) return;
        const dialogs = document.querySelectorAll<HTMLElement>('[role="dialog"]');
        const home = [...dialogs].at(-1) ?? document.querySelector<HTMLElement>('main');
        (home?.querySelector<HTMLElement>('input[type="password"]') ?? home)?.focus();
      };
      requestAnimationFrame(() => requestAnimationFrame(settle));
    },
    [],
  );
}
