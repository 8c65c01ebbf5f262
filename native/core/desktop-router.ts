import { implement } from '@orpc/server';
import { desktopContract } from '../../contract/desktop.ts';
import type { Core } from './core.ts';

/**
 * The desktop contract, answered by the core as soon as it is open. Where it couldn't be opened each call fails with
 * the reason, so that the window can say it.
 */
export function desktopRouter(opening: Promise<Core>) {
  const os = implement(desktopContract);
  return os.router({
    session: {
      state: os.session.state.handler(async () => (await opening).session.state()),
      signIn: os.session.signIn.handler(async ({ input }) => (await opening).signIn(input)),
      signOut: os.session.signOut.handler(async () => (await opening).signOut()),
    },
    tokens: {
      state: os.tokens.state.handler(async () => (await opening).tokens.state()),
      refresh: os.tokens.refresh.handler(async () => (await opening).tokens.refresh()),
      standing: os.tokens.standing.handler(async ({ input }) => (await opening).standings.of(input.key)),
      pinKey: os.tokens.pinKey.handler(async () => (await opening).tokens.pinKey()),
      logout: os.tokens.logout.handler(async () => (await opening).tokens.end('asked')),
      pickModule: os.tokens.pickModule.handler(async () => (await opening).drivers.pick()),
      addModule: os.tokens.addModule.handler(async ({ input }) => (await opening).drivers.add(input.path)),
      removeModule: os.tokens.removeModule.handler(async ({ input }) =>
        (await opening).drivers.remove(input.path),
      ),
      diagnose: os.tokens.diagnose.handler(async () => (await opening).diagnoses.save()),
      changePin: os.tokens.changePin.handler(async ({ input: { token, ...pins } }) =>
        (await opening).changePin({ ...token, ...pins }),
      ),
    },
    documents: {
      list: os.documents.list.handler(async ({ input }) => (await opening).documents.list(input.box)),
      counts: os.documents.counts.handler(async () => (await opening).documents.counts()),
      get: os.documents.get.handler(async ({ input }) => (await opening).show(input.id)),
      hold: os.documents.hold.handler(async ({ input }) => {
        await (await opening).heldFiles.hold(input.id, input.digest);
        return {};
      }),
      place: os.documents.place.handler(async ({ input: { id, act, key } }) =>
        (await opening).places.of(id, act, key),
      ),
      approve: os.documents.approve.handler(async ({ input }) =>
        (await opening).acts.sign(input.id, 'approve', input),
      ),
      return: os.documents.return.handler(async ({ input }) =>
        (await opening).acts.plain(input.id, input.shown, { act: 'return', reason: input.reason }),
      ),
      assignNumber: os.documents.assignNumber.handler(async ({ input }) =>
        (await opening).acts.plain(input.id, input.shown, { act: 'assignNumber' }),
      ),
      seal: os.documents.seal.handler(async ({ input }) =>
        (await opening).acts.sign(input.id, 'seal', input),
      ),
      issue: os.documents.issue.handler(async ({ input }) =>
        (await opening).acts.plain(input.id, input.shown, { act: 'issue', recipients: input.recipients }),
      ),
      register: os.documents.register.handler(async ({ input }) =>
        (await opening).acts.plain(input.id, input.shown, { act: 'register', override: input.override }),
      ),
      saveReport: os.documents.saveReport.handler(async ({ input }) =>
        (await opening).reports.save(input.id),
      ),
      saveFlatCopy: os.documents.saveFlatCopy.handler(async ({ input }) =>
        (await opening).reports.saveFlatCopy(input.id),
      ),
      signedVersion: os.documents.signedVersion.handler(async ({ input }) =>
        (await opening).reports.signedVersion(input.id, input.field),
      ),
      destroyEvidence: os.documents.destroyEvidence.handler(async ({ input }) => {
        await (await opening).reports.destroyEvidence(input.id);
        return {};
      }),
      refuse: os.documents.refuse.handler(async ({ input }) =>
        (await opening).acts.plain(input.id, input.shown, { act: 'refuse', reason: input.reason }),
      ),
    },
    files: {
      list: os.files.list.handler(async () => (await opening).localFiles.list()),
      get: os.files.get.handler(async ({ input }) => (await opening).localFiles.get(input.id)),
      pick: os.files.pick.handler(async ({ input }) => (await opening).localFiles.pick(input.what)),
      reopen: os.files.reopen.handler(async ({ input }) => (await opening).localFiles.reopen(input.id)),
      close: os.files.close.handler(async ({ input }) => (await opening).localFiles.close(input.ids)),
      forget: os.files.forget.handler(async ({ input }) => (await opening).localFiles.forget(input.id)),
      checkAgain: os.files.checkAgain.handler(async ({ input }) =>
        (await opening).localFiles.checkAgain(input.id),
      ),
      place: os.files.place.handler(async ({ input: { id, stamp, key } }) =>
        (await opening).localSigning.place(id, stamp, key),
      ),
      sign: os.files.sign.handler(async ({ input }) => (await opening).localSigning.sign(input, input)),
      signAll: os.files.signAll.handler(async ({ input }) =>
        (await opening).localSigning.signAll(input.items, input),
      ),
      saveAs: os.files.saveAs.handler(async ({ input }) => (await opening).localSigning.saveAs(input.id)),
      reveal: os.files.reveal.handler(async ({ input }) => {
        await (await opening).localFiles.reveal(input.id);
        return {};
      }),
    },
    batch: {
      state: os.batch.state.handler(async () => (await opening).batches.state()),
      start: os.batch.start.handler(async ({ input: { act, items, use } }) =>
        (await opening).batches.start(act, items, use),
      ),
      pause: os.batch.pause.handler(async () => (await opening).batches.pause()),
      resume: os.batch.resume.handler(async () => (await opening).batches.resume()),
      unlock: os.batch.unlock.handler(async () => (await opening).batches.unlock()),
      cancel: os.batch.cancel.handler(async () => (await opening).batches.cancel()),
      dismiss: os.batch.dismiss.handler(async () => (await opening).batches.dismiss()),
    },
    outbox: {
      list: os.outbox.list.handler(async () => (await opening).outbox.list()),
      dismiss: os.outbox.dismiss.handler(async ({ input }) => (await opening).outbox.dismiss(input.keys)),
      retry: os.outbox.retry.handler(async ({ input }) => (await opening).acts.retry(input.key)),
    },
    connection: { state: os.connection.state.handler(async () => (await opening).connection()) },
    trust: {
      list: os.trust.list.handler(async () => (await opening).trust.state()),
      pick: os.trust.pick.handler(async () => ({ candidates: await (await opening).trust.pick() })),
      add: os.trust.add.handler(async ({ input }) => (await opening).trust.add(input.fingerprint)),
      remove: os.trust.remove.handler(async ({ input }) => (await opening).trust.remove(input.fingerprint)),
    },
    events: { watch: os.events.watch.handler(async ({ signal }) => (await opening).events.watch(signal)) },
  });
}
