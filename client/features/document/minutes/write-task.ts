/**
 * Writes a task that was made of a decision into the action plan, a document of its own: its replica is opened for as long
 * as that takes, so it works without a network. The task's id follows from the decision, so whoever does it a second time
 * finds it there.
 */
import type * as Y from 'yjs';
import { type RecordLink, recordLinkToValue } from '../../../../shared/fields/record-link.ts';
import { createRecord, readRecords, restoreRecord, type WriteContext } from '../../../../shared/fields/records.ts';
import { cellText } from '../../../../shared/fields/text-cell.ts';
import { TASK_FIELDS } from '../../../../shared/kinds/action-plan.ts';
import { taskIdOf } from '../../../../shared/minutes/decisions.ts';
import { ORIGIN } from '../../../../shared/origins.ts';
import { BODY_ROOTS, textRoot } from '../../../../shared/rooms.ts';
import type { PersonSession } from '../../../replica/contract.ts';
import { whenLoaded } from '../../../replica/when-loaded.ts';

/** The long texts of a task that are written with it. */
const WRITTEN_FIELDS = [TASK_FIELDS.problem, TASK_FIELDS.measure] as const;

export interface NewTask {
  readonly problem: string;
  readonly measure: string;
  readonly lead: string | null;
  readonly supporting: readonly string[];
  readonly owner: string | null;
  /** `YYYY-MM-DD`. */
  readonly due: string | null;
}

export type WriteOutcome = 'done' | 'mayNotWrite' | 'notHere';

interface WriteTaskInput {
  readonly session: PersonSession;
  readonly planId: string;
  readonly decision: RecordLink;
  readonly task: NewTask;
  readonly environment: { readonly now: () => number; readonly uuid: () => string };
}

export async function writeTask(input: WriteTaskInput): Promise<WriteOutcome> {
  const { session, planId, decision, task, environment } = input;
  const replica = session.openDocument(planId);
  try {
    const { body } = replica.rooms;
    if (!(await whenLoaded(body))) return 'notHere';
    const { mayWrite, documentState, synced } = body.view.get();
    // Nothing of the plan is here: what may be done there and where the task would stand is not known.
    if (!synced && body.doc.store.clients.size === 0) return 'notHere';
    if (!mayWrite || documentState !== 'draft') return 'mayNotWrite';
    const context = { by: session.me.person.personId, atMs: environment.now(), newRev: environment.uuid };
    body.doc.transact(() => putTask(body.doc, taskIdOf(decision), decision, task, context), ORIGIN.model);
    return 'done';
  } finally {
    replica.release();
  }
}

/** Inside a transaction. What is there already stays as its people have it now. */
function putTask(doc: Y.Doc, taskId: string, decision: RecordLink, task: NewTask, context: WriteContext): void {
  const tasks = doc.getMap(BODY_ROOTS.tasks);
  const known = readRecords(tasks).records.get(taskId);
  if (known !== undefined) {
    if (known.isDeleted) restoreRecord(tasks, taskId, context);
    return;
  }
  createRecord(
    tasks,
    {
      recordId: taskId,
      values: {
        ...(task.lead !== null && { [TASK_FIELDS.leadAgency]: task.lead }),
        ...(task.supporting.length > 0 && { [TASK_FIELDS.supportingAgencies]: task.supporting }),
        ...(task.owner !== null && { [TASK_FIELDS.owner]: task.owner }),
        ...(task.due !== null && { [TASK_FIELDS.due]: task.due }),
        [TASK_FIELDS.source]: recordLinkToValue(decision),
      },
    },
    context,
  );
  for (const field of WRITTEN_FIELDS) {
    const text = doc.getText(textRoot(taskId, field));
    if (text.length === 0 && task[field] !== '') text.insert(0, task[field]);
  }
}

/**
 * Whether the words of a task stand there twice, because two people made it of one decision without seeing each other: each
 * wrote the same words into the same empty text.
 */
export function isWrittenTwice(doc: Y.Doc, taskId: string): boolean {
  return WRITTEN_FIELDS.some((field) => isDoubled(cellText(doc.getText(textRoot(taskId, field)))));
}

/** Takes the second copy away, from a text that still is two. Two who do it at once take the same words away. */
export async function keepOneCopy(session: PersonSession, { documentId, recordId }: RecordLink): Promise<void> {
  const replica = session.openDocument(documentId);
  try {
    const { body } = replica.rooms;
    if (!(await whenLoaded(body)) || !body.view.get().mayWrite) return;
    body.doc.transact(() => {
      for (const field of WRITTEN_FIELDS) {
        const text = body.doc.getText(textRoot(recordId, field));
        const half = text.length / 2;
        if (isDoubled(cellText(text))) text.delete(half, half);
      }
    }, ORIGIN.model);
  } finally {
    replica.release();
  }
}

/** Some words are like that by themselves (“谢谢”), sentences are not. */
function isDoubled(text: string): boolean {
  const half = text.length / 2;
  return text.length >= 8 && Number.isInteger(half) && text.slice(0, half) === text.slice(half);
}
