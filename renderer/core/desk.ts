import { QueryClient } from '@tanstack/react-query';
import type { CoreEvent, Topic } from '../../contract/desktop.ts';
import type { FileDigest } from '../../contract/identity.ts';
import { ActBoard } from './act-board.ts';
import { CoreConnection } from './core-connection.ts';

/**
 * Whatever has to be asked again when a topic changes. An act changes the outbox, its document and the count at once.
 */
const affected: Record<Exclude<Topic, 'progress'>, readonly Topic[]> = {
  session: ['session', 'documents', 'outbox', 'connection', 'batch'],
  tokens: ['tokens'],
  documents: ['documents'],
  files: ['files'],
  outbox: ['outbox', 'documents', 'connection'],
  connection: ['connection'],
  batch: ['batch', 'files'],
  trust: ['trust', 'documents', 'files'],
};

/** All that the screens work with, made once per window. */
export interface Desk {
  core: CoreConnection;
  acts: ActBoard;
  queries: QueryClient;
  fileUrl(digest: FileDigest): string;
  /** Which of the files that were handed over have been shown. */
  seenArrival: number;
}

export function createDesk(fileUrl: Desk['fileUrl']): Desk {
  const acts = new ActBoard();
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        // The core is on this computer: it can be asked whether or not there is a network, and says itself what
        // changed.
        networkMode: 'always',
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: false,
      },
    },
  });
  const onEvent = (event: CoreEvent) => {
    if (event.topic === 'progress') {
      acts.step(event.id, event.step);
      return;
    }
    for (const topic of affected[event.topic]) void queries.invalidateQueries({ queryKey: [topic] });
  };
  const core = new CoreConnection(onEvent, () => void queries.invalidateQueries());
  return { core, acts, queries, fileUrl, seenArrival: 0 };
}
