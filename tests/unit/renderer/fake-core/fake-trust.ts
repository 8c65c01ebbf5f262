import { implement } from '@orpc/server';
import { desktopContract } from '../../../../contract/desktop.ts';
import type { AnchorCertificate, TrustState } from '../../../../contract/trust.ts';

interface HoldsTrust {
  trust: TrustState;
  candidates: AnchorCertificate[] | null;
}

/** The trust store's procedures over a state in memory. */
export function fakeTrust(state: HoldsTrust) {
  const os = implement(desktopContract.trust);
  return {
    list: os.list.handler(() => state.trust),
    pick: os.pick.handler(() => ({ candidates: state.candidates })),
    add: os.add.handler(({ input: { fingerprint } }) => {
      const picked = (state.candidates ?? []).filter((each) => each.fingerprint === fingerprint);
      const added = { source: 'added' as const, addedAt: '2026-11-22T01:31:00Z', addedBy: 'Giám đốc' };
      state.trust = {
        anchors: [...state.trust.anchors, ...picked.map((each) => ({ ...each, ...added }))],
        known: state.trust.known.filter((each) => each.fingerprint !== fingerprint),
      };
      return state.trust;
    }),
    remove: os.remove.handler(({ input: { fingerprint } }) => {
      const anchors = state.trust.anchors.filter((each) => each.fingerprint !== fingerprint);
      state.trust = { ...state.trust, anchors };
      return state.trust;
    }),
  };
}
