import { type ReactNode, useEffect, useRef } from 'react';

/** Takes the focus, and so the eye, when it appears: for what came of something whose button or field is gone by then. */
export function FocusPlace({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1}>
      {children}
    </div>
  );
}
