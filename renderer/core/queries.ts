import { skipToken, useQuery } from '@tanstack/react-query';
import type { DeskDocument, DocumentBox } from '../../contract/desktop.ts';
import type { DocumentId, FileDigest } from '../../contract/identity.ts';
import type { DocumentSigningAct, StampWish } from '../../contract/signing-act.ts';
import type { KeyReference } from '../../contract/token.ts';
import { actDeadlineMs } from './core-connection.ts';
import { useDesk } from './desk-context.ts';

/**
 * One hook for each thing that the core can be asked. The first part of a key is the topic that makes it out of date.
 */
export function useSession() {
  const { core } = useDesk();
  return useQuery({
    queryKey: ['session'],
    queryFn: () => core.call((client, options) => client.session.state({}, options)),
  });
}

export function useTokens() {
  const { core } = useDesk();
  return useQuery({
    queryKey: ['tokens'],
    queryFn: () => core.call((client, options) => client.tokens.state({}, options)),
  });
}

/**
 * How long a good answer about a certificate is shown before it is asked for again; the core itself asks responders
 * once a day.
 */
const standingMs = 5 * 60_000;

/**
 * Whether a certificate may sign today; asked again when the line comes or goes, and whenever a screen shows it anew.
 */
export function useStanding(key: KeyReference | null) {
  const { core } = useDesk();
  const line = useConnection().data?.status;
  return useQuery({
    queryKey: ['standing', key, line],
    queryFn: key ? () => core.call((client, options) => client.tokens.standing({ key }, options)) : skipToken,
    // A doubt is never taken from what was once heard: the line has come back since, perhaps.
    staleTime: ({ state }) => (state.data?.state === 'good' ? standingMs : 0),
    enabled: line !== undefined,
  });
}

export function useBox(box: DocumentBox) {
  const { core } = useDesk();
  return useQuery({
    queryKey: ['documents', 'box', box],
    queryFn: () => core.call((client, options) => client.documents.list({ box }, options)),
  });
}

export function useCounts() {
  const { core } = useDesk();
  return useQuery({
    queryKey: ['documents', 'counts'],
    queryFn: () => core.call((client, options) => client.documents.counts({}, options)),
  });
}

export function useDocument(id: DocumentId) {
  const { core } = useDesk();
  return useQuery({
    queryKey: ['documents', 'one', id],
    queryFn: () => core.call((client, options) => client.documents.get({ id }, options)),
  });
}

/** Where an act would put its stamp on a document as it is now; null while its file is on the way. */
export function usePlace(document: DeskDocument, act: DocumentSigningAct, key: KeyReference | null) {
  const { core } = useDesk();
  const { id, version } = document.document;
  return useQuery({
    queryKey: ['documents', 'place', id, version, document.fileHeld, act, key],
    queryFn: key
      ? () => core.call((client, options) => client.documents.place({ id, act, key }, options))
      : skipToken,
  });
}

/** The files on this computer that were opened. */
export function useLocalFiles() {
  const { core } = useDesk();
  return useQuery({
    queryKey: ['files', 'list'],
    queryFn: () => core.call((client, options) => client.files.list({}, options)),
  });
}

export function useLocalFile(id: DocumentId) {
  const { core } = useDesk();
  return useQuery({
    queryKey: ['files', 'one', id],
    queryFn: () => core.call((client, options) => client.files.get({ id }, options)),
  });
}

/** Where a stamp would stand on a file; null stands for a wish that isn't whole yet. */
export function useLocalPlace(id: DocumentId, stamp: StampWish | null, key: KeyReference | null) {
  const { core } = useDesk();
  return useQuery({
    queryKey: ['place', id, stamp, key],
    queryFn:
      key && stamp
        ? () => core.call((client, options) => client.files.place({ id, stamp, key }, options))
        : skipToken,
  });
}

export function useBatch() {
  const { core } = useDesk();
  return useQuery({
    queryKey: ['batch'],
    queryFn: () => core.call((client, options) => client.batch.state({}, options)),
  });
}

/** Has a file of a document's here; as long as it takes to fetch it. */
export function useHeldFile(id: DocumentId, digest: FileDigest) {
  const { core } = useDesk();
  return useQuery({
    queryKey: ['held', id, digest],
    queryFn: () =>
      core.call((client, options) => client.documents.hold({ id, digest }, options), actDeadlineMs),
  });
}

export function useOutbox() {
  const { core } = useDesk();
  return useQuery({
    queryKey: ['outbox'],
    queryFn: () => core.call((client, options) => client.outbox.list({}, options)),
  });
}

/** Whom this office trusts. */
export function useTrust() {
  const { core } = useDesk();
  return useQuery({
    queryKey: ['trust'],
    queryFn: () => core.call((client, options) => client.trust.list({}, options)),
  });
}

export function useConnection() {
  const { core } = useDesk();
  return useQuery({
    queryKey: ['connection'],
    queryFn: () => core.call((client, options) => client.connection.state({}, options)),
  });
}
