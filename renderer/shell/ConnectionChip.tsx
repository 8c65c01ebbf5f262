import { useConnection } from '../core/queries.ts';
import { connectionWords } from '../words/screens.ts';
import { Chip } from './Chip.tsx';
import { connectionLine } from './connection-line.ts';

/** Whether the province's server is reached, and how much waits for it. */
export function ConnectionChip() {
  const connection = useConnection().data;
  if (!connection) {
    return (
      <Chip label={connectionWords.label} tone="quiet" icon="connected" title={connectionWords.checking} />
    );
  }
  const online = connection.status === 'online';
  return (
    <Chip
      label={connectionWords.label}
      tone={online ? 'good' : 'doubt'}
      icon={online ? 'connected' : 'disconnected'}
      {...connectionLine(connection)}
    />
  );
}
