/** Parts of a document's page that not every document needs: loaded when one is shown, or before that on a quiet moment. */
import { DateLine } from '../../fields/field-input.tsx';
import { later, onlyWhenFailed } from '../../ui/later.tsx';
import { ProseEditor } from './prose-section.tsx';

/** Around the prose of minutes: attendance, agenda, decisions. */
export const MinutesParts = later(async () => (await import('./minutes/minutes-parts.tsx')).MinutesParts);
/** The story of a task and what can be done with it. */
export const TaskDialog = later(async () => (await import('./tasks/task-dialog.tsx')).TaskDialog, onlyWhenFailed);

/** Fetches all of it, the editor too; rejects when something cannot be had now. */
export async function preloadParts(): Promise<void> {
  await Promise.all([ProseEditor, MinutesParts, TaskDialog, DateLine].map((part) => part.preload()));
}
