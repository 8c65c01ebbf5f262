import { createContext, useContext, useSyncExternalStore } from 'react';
import type { DocumentId } from '../../contract/identity.ts';
import type { ActStatus } from './act-board.ts';
import type { CoreStatus } from './core-connection.ts';
import type { Desk } from './desk.ts';

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('a screen stands outside of the desk');
  return desk;
}

export function useCoreStatus(): CoreStatus {
  const { status } = useDesk().core;
  return useSyncExternalStore(status.subscribe, status.get);
}

export function useActs(): ReadonlyMap<DocumentId, ActStatus> {
  const { entries } = useDesk().acts;
  return useSyncExternalStore(entries.subscribe, entries.get);
}
