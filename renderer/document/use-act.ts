import type { DeskDocument } from '../../contract/desktop.ts';
import type { DocumentId } from '../../contract/identity.ts';
import type { DocumentAct } from '../core/act-board.ts';
import { actDeadlineMs } from '../core/core-connection.ts';
import { useDesk } from '../core/desk-context.ts';
import type { DesktopClient } from '../core/desktop-client.ts';

export type Perform = (client: DesktopClient, id: DocumentId) => Promise<DeskDocument>;

/** Starts an act on a document; how it goes stands on the board, and the document is shown as it then is. */
export function useAct({
  document,
}: DeskDocument): (act: DocumentAct, prepare: () => Promise<Perform>) => void {
  const { core, acts, queries } = useDesk();
  return (act, prepare) => {
    void acts.run(document.id, act, document.subject, async () => {
      try {
        const perform = await prepare();
        const changed = await core.call((client) => perform(client, document.id), actDeadlineMs);
        queries.setQueryData(['documents', 'one', document.id], changed);
        return changed.warning ?? null;
      } finally {
        // Also after a failure: tries left, the document's state or the outbox may have changed by it.
        for (const topic of ['documents', 'outbox', 'tokens', 'connection']) {
          void queries.invalidateQueries({ queryKey: [topic] });
        }
      }
    });
  };
}
