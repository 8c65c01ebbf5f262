import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Failure } from '../../contract/failure.ts';
import { actDeadlineMs } from '../core/core-connection.ts';
import { useDesk } from '../core/desk-context.ts';
import type { DesktopClient } from '../core/desktop-client.ts';
import { failureOf } from '../core/failure-of.ts';
import { useLocalFiles } from '../core/queries.ts';

/** Opening files by the shell's dialog; what was chosen comes as an arrival. */
export function useOpening() {
  const { core, queries } = useDesk();
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async (perform: (client: DesktopClient) => Promise<unknown>) => {
    setFailure(null);
    try {
      await core.call(perform, actDeadlineMs);
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
    await queries.invalidateQueries({ queryKey: ['files'] });
  };
  const pick = (what: 'files' | 'folder') => void run((client) => client.files.pick({ what }));
  return { pick, run, failure };
}

/** Ctrl+O opens files, wherever the person is among them. */
export function useOpenKey(pick: (what: 'files' | 'folder') => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'o' || !event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      pick('files');
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [pick]);
}

/** Shows what a person has handed over: one file itself, several in the list. */
export function useArrivals(): void {
  const desk = useDesk();
  const arrival = useLocalFiles().data?.arrival;
  const navigate = useNavigate();
  useEffect(() => {
    if (!arrival || arrival.number === desk.seenArrival) return;
    desk.seenArrival = arrival.number;
    if (arrival.number === 0) return;
    const [only, ...others] = arrival.ids;
    void navigate(only !== undefined && others.length === 0 ? `/file/${only}` : '/files');
  }, [arrival, desk, navigate]);
}

/** Whether files are being dragged over the window. */
export function useDraggedOver(): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onEnter = (event: DragEvent) => {
      if (holdsFiles(event)) setOver(true);
    };
    // Leaving one element for another inside the window isn't leaving.
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = () => setOver(false);
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  return isOver;
}
