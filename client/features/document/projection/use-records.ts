/** The records of a root map of a body, live, for a page that only reads. */
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { RecordsReading } from '../../../../shared/fields/records.ts';
import { createRecordsView } from '../../../../shared/fields/records-view.ts';
import type { RoomReplica } from '../../../replica/contract.ts';

export function useRecords(room: RoomReplica, root: string): RecordsReading {
  const view = useMemo(() => createRecordsView(room.doc.getMap(root)), [room, root]);
  useEffect(() => () => view.destroy(), [view]);
  return useSyncExternalStore(view.subscribe, view.read);
}
