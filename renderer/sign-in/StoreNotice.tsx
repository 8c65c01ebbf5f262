import { useState } from 'react';
import { useConnection } from '../core/queries.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { FailureBanner } from '../ui/FailureBanner.tsx';
import { common } from '../words/screens.ts';

/**
 * What this start found of the program's own data: stays until the person has read it, since nothing else tells them
 * that work of theirs may be missing. A store that can't be written to stays in sight for as long as it is so.
 */
export function StoreNotice() {
  const notice = useConnection().data?.storeNotice;
  const [isRead, setRead] = useState(false);
  if (!notice || isRead) return null;
  const dismiss = (
    <ActionButton look="quiet" onPress={() => setRead(true)}>
      {common.dismiss}
    </ActionButton>
  );
  return <FailureBanner failure={notice} actions={notice.code === 'store-newer' ? undefined : dismiss} />;
}
