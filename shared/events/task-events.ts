/**
 * What people say about a plan's tasks in the work room, each under their own key. The task itself (problem, measure,
 * agencies, deadline) is in the body; an acceptance, an evidence or a closing in another's name is impossible here.
 */
import { z } from 'zod';

const words = z.string().trim().min(1).max(2000);
const ofTask = { taskId: z.string().min(1) };

export const taskEventSchema = z.discriminatedUnion('type', [
  z.object({ ...ofTask, type: z.literal('taskAccepted') }),
  z.object({ ...ofTask, type: z.literal('taskObjected'), reason: words }),
  z.object({ ...ofTask, type: z.literal('taskStarted') }),
  z.object({ ...ofTask, type: z.literal('taskBlocked'), reason: words }),
  z.object({
    ...ofTask,
    type: z.literal('taskProgress'),
    percent: z.int().min(0).max(100),
    note: z.string().max(2000),
  }),
  /** 销号依据: what shows that it is done, as labels of papers in the file. */
  z.object({ ...ofTask, type: z.literal('taskSubmitted'), evidence: z.array(words).min(1).max(50) }),
  z.object({ ...ofTask, type: z.literal('taskClosed'), note: z.string().max(2000).optional() }),
  z.object({ ...ofTask, type: z.literal('taskReturned'), reason: words }),
  z.object({ ...ofTask, type: z.literal('taskCancelled'), reason: words }),
  /** 回头看 found it not done after all. */
  z.object({ ...ofTask, type: z.literal('taskReopened'), reason: words }),
]);
export type TaskEvent = z.infer<typeof taskEventSchema>;
export type TaskEventType = TaskEvent['type'];
