/** The status of the whole device: what every page says that has none of its own. */
import type { PersonSession } from '../replica/contract.ts';
import { useObservable } from '../replica/hooks.ts';
import { SaveStatusChip } from '../ui/save-status.tsx';

export function DeviceStatus({ session }: { session: PersonSession }) {
  const status = useObservable(session.status);
  const waitingRequests = useObservable(session.outbox).filter((entry) => entry.state === 'waiting').length;
  return <SaveStatusChip status={status.kind === 'offline' ? { ...status, waitingRequests } : status} />;
}
