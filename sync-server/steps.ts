/**
 * The steps of an edit from the socket to the disk and back, told as they are passed on a diagnostics channel: whoever loads
 * something beside the program can stop it, or time it, at any of them (`node --import`; the threads load it too). The
 * program itself neither listens nor knows who does, and without a listener a step costs one look.
 */
import { channel } from 'node:diagnostics_channel';

type Step =
  /** Main thread: a frame has come, an accepted update goes to the writer, a snapshot was made. */
  | 'received'
  | 'gated'
  | 'compacted'
  /** Main thread: what rooms appended goes to the journal, and is durable there. */
  | 'beforeJournal'
  | 'afterJournal'
  /** Main thread: a frame goes out (with its bytes). */
  | 'beforeSend'
  | 'afterSend'
  /** Writer thread, or who folds a journal: one row; writer thread: one snapshot, one commit of many of them, moving what is committed to its place. */
  | 'beforeWrite'
  | 'afterWrite'
  | 'beforeSwap'
  | 'afterSwap'
  | 'beforeCommit'
  | 'afterCommit'
  | 'beforeCheckpoint'
  | 'afterCheckpoint'
  /** Writer thread, at the start: one change of the tables, and all of them together. */
  | 'beforeMigration'
  | 'afterMigration'
  | 'beforeMigrated'
  | 'afterMigrated'
  /** A tool: the backup is whole and lacks its name, the copy to restore is ready, the old store is kept, the new one is in place. */
  | 'backedUp'
  | 'prepared'
  | 'keptAside'
  | 'restored';

const steps = channel('concord:step');

/** Tells whoever listens that a step is passed now. */
export function pass(step: Step, bytes?: Uint8Array): void {
  if (steps.hasSubscribers) steps.publish({ step, bytes });
}
