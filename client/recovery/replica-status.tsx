/** How far an open document is saved. By itself, so that no page is drawn anew whenever this changes while one types. */
import type { DocumentReplica } from '../replica/contract.ts';
import { useObservable } from '../replica/hooks.ts';
import { SaveStatusChip } from '../ui/save-status.tsx';

export function ReplicaStatus({ replica }: { replica: DocumentReplica }) {
  return <SaveStatusChip status={useObservable(replica.status)} />;
}
